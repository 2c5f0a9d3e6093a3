import { api } from "#server/http/api.ts";
import { changeSource } from "#server/sources/routes.ts";
import { readSource, removeSource } from "#server/sources/source-routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readSource,
  PATCH: changeSource,
  DELETE: removeSource,
});
