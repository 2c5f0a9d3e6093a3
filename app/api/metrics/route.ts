import { api } from "#server/http/api.ts";
import { readMetrics } from "#server/runtime/metrics/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readMetrics });
