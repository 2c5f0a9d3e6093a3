import { api } from "#server/http/api.ts";
import { readScheduled, replaceScheduled, withdrawScheduled } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readScheduled,
  PUT: replaceScheduled,
  DELETE: withdrawScheduled,
});
