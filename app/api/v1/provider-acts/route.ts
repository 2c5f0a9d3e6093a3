import { listProviderActs } from "#server/desk/acts/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listProviderActs });
