import { api } from "#server/http/api.ts";
import { resendAttempt } from "#server/integrations/outgoing/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: resendAttempt });
