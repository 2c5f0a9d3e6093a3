import { api } from "#server/http/api.ts";
import { changeInstallation, readInstallation } from "#server/sources/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readInstallation,
  PATCH: changeInstallation,
});
