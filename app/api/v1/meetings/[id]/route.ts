import { api } from "#server/http/api.ts";
import { readMeeting } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readMeeting });
