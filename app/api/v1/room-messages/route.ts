import { api } from "#server/http/api.ts";
import { tellRoom } from "#server/lobby/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: tellRoom });
