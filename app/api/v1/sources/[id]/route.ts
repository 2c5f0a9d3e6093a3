import { api } from "#server/http/api.ts";
import { changeSource } from "#server/sources/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PATCH: changeSource });
