import { revokeKey } from "#server/access/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: revokeKey });
