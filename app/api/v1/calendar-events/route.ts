import { api } from "#server/http/api.ts";
import { listCalendarEvents } from "#server/scheduled/calendar/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listCalendarEvents });
