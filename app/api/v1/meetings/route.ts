import { api } from "#server/http/api.ts";
import { listMeetings } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listMeetings });
