import { files } from "#server/http/files/file-routes.ts";
import { recordFile } from "#server/people/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ record: recordFile });
