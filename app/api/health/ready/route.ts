import { api } from "#server/http/api.ts";
import { readiness } from "#server/live/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readiness });
