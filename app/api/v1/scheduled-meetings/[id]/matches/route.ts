import { api } from "#server/http/api.ts";
import { addMatch, removeMatch } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  PUT: addMatch,
  DELETE: removeMatch,
});
