import { api } from "#server/http/api.ts";
import { changeRoomTitle } from "#server/rooms/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: changeRoomTitle });
