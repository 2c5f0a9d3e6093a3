import { setCodeDemand } from "#server/access/member-routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: setCodeDemand });
