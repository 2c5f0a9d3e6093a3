import { api } from "#server/http/api.ts";
import { readSharedLink } from "#server/shares/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readSharedLink });
