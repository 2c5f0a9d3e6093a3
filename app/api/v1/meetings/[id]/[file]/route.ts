import { files } from "#server/http/files/file-routes.ts";
import { attendanceFile } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ attendance: attendanceFile });
