import { api } from "#server/http/api.ts";
import { replaceRoster } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: replaceRoster });
