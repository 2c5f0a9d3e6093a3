import { api } from "#server/http/api.ts";
import { readExpiry } from "#server/sources/source-routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readExpiry });
