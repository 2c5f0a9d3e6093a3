import { api } from "#server/http/api.ts";
import { readExport } from "#server/privacy/made-up/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readExport });
