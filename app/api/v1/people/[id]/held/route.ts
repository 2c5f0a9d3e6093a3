import { api } from "#server/http/api.ts";
import { readHeld } from "#server/privacy/held/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readHeld });
