import { api } from "#server/http/api.ts";
import { forgetApiKey, keepApiKey } from "#server/sources/source-routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  PUT: keepApiKey,
  DELETE: forgetApiKey,
});
