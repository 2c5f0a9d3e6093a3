import { api } from "#server/http/api.ts";
import { readResend, stopResend } from "#server/integrations/outgoing/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readResend,
  DELETE: stopResend,
});
