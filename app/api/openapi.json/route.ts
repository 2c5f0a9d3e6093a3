import { api } from "#server/http/api.ts";
import { readOpenApi } from "#server/openapi/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readOpenApi });
