import { api } from "#server/http/api.ts";
import { readNeighbours } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readNeighbours });
