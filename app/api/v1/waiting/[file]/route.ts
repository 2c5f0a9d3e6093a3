import { files } from "#server/files/file-routes.ts";
import { lostFile } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ lost: lostFile });
