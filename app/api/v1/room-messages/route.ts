import { tellRoom } from "#server/desk/lobby/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: tellRoom });
