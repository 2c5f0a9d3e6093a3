import { readDemonstration, removeDemonstration } from "#server/demo/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readDemonstration,
  DELETE: removeDemonstration,
});
