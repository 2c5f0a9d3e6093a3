import { readSharedLink } from "#server/access/shares/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readSharedLink });
