import { removeDevice } from "#server/desk/alerts/devices/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: removeDevice });
