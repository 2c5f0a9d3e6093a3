import { api } from "#server/http/api.ts";
import { createLink } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: createLink });
