import { api } from "#server/http/api.ts";
import { readStatement } from "#server/people/statements/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readStatement });
