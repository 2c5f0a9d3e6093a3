import { deleteRoomGroup, replaceRoomGroup } from "#server/desk/groups/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  PUT: replaceRoomGroup,
  DELETE: deleteRoomGroup,
});
