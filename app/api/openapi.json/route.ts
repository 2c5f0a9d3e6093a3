import { api } from "#server/http/api.ts";
import { readOpenApi } from "#server/http/openapi/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readOpenApi });
