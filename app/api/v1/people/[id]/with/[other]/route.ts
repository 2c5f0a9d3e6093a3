import { api } from "#server/http/api.ts";
import { previewLink } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: previewLink });
