import { api } from "#server/http/api.ts";
import { addEndpoint, listEndpoints } from "#server/integrations/outgoing/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listEndpoints,
  POST: addEndpoint,
});
