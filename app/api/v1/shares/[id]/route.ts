import { api } from "#server/http/api.ts";
import { revokeSharedLink } from "#server/shares/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: revokeSharedLink });
