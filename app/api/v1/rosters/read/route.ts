import { api } from "#server/http/api.ts";
import { readRoster } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: readRoster });
