import { api } from "#server/http/api.ts";
import { readRegister } from "#server/rooms/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readRegister });
