import { actInMeeting } from "#server/desk/acts/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: actInMeeting });
