import { api } from "#server/http/api.ts";
import { undoLink } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: undoLink });
