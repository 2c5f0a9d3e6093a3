import { api } from "#server/http/api.ts";
import { readErasure } from "#server/privacy/erasure/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readErasure });
