import { files } from "#server/http/files/file-routes.ts";
import { lostFile } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ lost: lostFile });
