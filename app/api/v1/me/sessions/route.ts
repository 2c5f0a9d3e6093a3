import { endOthers, listSessions } from "#server/access/member-routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listSessions,
  DELETE: endOthers,
});
