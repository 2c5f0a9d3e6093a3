import { api } from "#server/http/api.ts";
import { listLost } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listLost });
