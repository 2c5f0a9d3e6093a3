import { api } from "#server/http/api.ts";
import { assignClassList } from "#server/scheduled/routes-class-lists.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ PUT: assignClassList });
