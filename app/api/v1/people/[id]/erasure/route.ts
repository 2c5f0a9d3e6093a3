import { api } from "#server/http/api.ts";
import { createErasure, readErasurePreview } from "#server/privacy/erasure/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readErasurePreview,
  POST: createErasure,
});
