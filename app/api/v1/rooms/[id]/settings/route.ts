import { api } from "#server/http/api.ts";
import { changeRoomSettings, readRoomSettings } from "#server/rooms/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readRoomSettings,
  PATCH: changeRoomSettings,
});
