import { api } from "#server/http/api.ts";
import {
  changeEndpoint,
  readEndpoint,
  removeEndpoint,
} from "#server/integrations/outgoing/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readEndpoint,
  PATCH: changeEndpoint,
  DELETE: removeEndpoint,
});
