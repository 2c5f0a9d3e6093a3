import { api } from "#server/http/api.ts";
import { readImport, undoImport } from "#server/sources/imports/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readImport,
  DELETE: undoImport,
});
