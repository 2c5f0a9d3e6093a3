import { api } from "#server/http/api.ts";
import { claimWait, releaseWait } from "#server/waits/routes-handling.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST: claimWait,
  DELETE: releaseWait,
});
