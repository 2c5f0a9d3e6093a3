import { api } from "#server/http/api.ts";
import { createScheduled, listScheduled } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listScheduled,
  POST: createScheduled,
});
