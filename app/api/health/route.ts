import { api } from "#server/http/api.ts";
import { health } from "#server/live/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: health });
