import { api } from "#server/http/api.ts";
import { reportPageError } from "#server/runtime/page-errors/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: reportPageError });
