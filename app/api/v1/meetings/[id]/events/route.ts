import { api } from "#server/http/api.ts";
import { listMeetingEvents } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listMeetingEvents });
