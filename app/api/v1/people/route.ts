import { api } from "#server/http/api.ts";
import { listPeople } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listPeople });
