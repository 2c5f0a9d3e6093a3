import { api } from "#server/http/api.ts";
import { readPerson } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readPerson });
