import { api } from "#server/http/api.ts";
import { undoCorrection } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: undoCorrection });
