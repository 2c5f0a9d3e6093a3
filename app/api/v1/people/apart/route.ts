import { api } from "#server/http/api.ts";
import { createApart, listApart } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listApart,
  POST: createApart,
});
