import { api } from "#server/http/api.ts";
import { createImport, listImports } from "#server/sources/imports/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listImports,
  POST: createImport,
});
