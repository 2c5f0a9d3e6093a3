import { api } from "#server/http/api.ts";
import { readWaiting } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readWaiting });
