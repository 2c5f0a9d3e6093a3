import { api } from "#server/http/api.ts";
import { checkStatement } from "#server/people/statements/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: checkStatement });
