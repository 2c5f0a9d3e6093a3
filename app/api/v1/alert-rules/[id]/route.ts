import { changeRule, removeRule } from "#server/desk/alerts/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  PATCH: changeRule,
  DELETE: removeRule,
});
