import { api } from "#server/http/api.ts";
import { readWallboardLink } from "#server/shares/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readWallboardLink });
