import { files } from "#server/files/file-routes.ts";
import { attendanceFile } from "#server/meetings/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ attendance: attendanceFile });
