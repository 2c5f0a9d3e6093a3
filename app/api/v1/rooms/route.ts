import { api } from "#server/http/api.ts";
import { listRooms } from "#server/rooms/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listRooms });
