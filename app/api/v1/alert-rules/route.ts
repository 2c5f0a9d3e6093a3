import { listRules, makeRule } from "#server/desk/alerts/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listRules, POST: makeRule });
