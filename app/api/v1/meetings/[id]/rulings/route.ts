import { api } from "#server/http/api.ts";
import { createCorrection } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: createCorrection });
