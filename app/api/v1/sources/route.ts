import { api } from "#server/http/api.ts";
import { listSources } from "#server/sources/routes.ts";
import { addSource } from "#server/sources/source-routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listSources,
  POST: addSource,
});
