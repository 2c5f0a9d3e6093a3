import { files } from "#server/http/files/file-routes.ts";
import { scheduledFile } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ attendance: scheduledFile });
