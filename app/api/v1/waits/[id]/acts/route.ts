import { api } from "#server/http/api.ts";
import { actOnWait } from "#server/waits/routes-handling.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: actOnWait });
