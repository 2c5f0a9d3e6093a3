import { listRoomGroups, makeRoomGroup } from "#server/desk/groups/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listRoomGroups,
  POST: makeRoomGroup,
});
