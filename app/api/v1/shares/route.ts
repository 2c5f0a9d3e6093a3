import { api } from "#server/http/api.ts";
import { listSharedLinks, makeSharedLink } from "#server/shares/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listSharedLinks,
  POST: makeSharedLink,
});
