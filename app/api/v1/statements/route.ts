import { api } from "#server/http/api.ts";
import { issueStatement } from "#server/people/statements/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: issueStatement });
