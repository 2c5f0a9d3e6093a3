import { files } from "#server/http/files/file-routes.ts";
import { registerFile } from "#server/rooms/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({ register: registerFile });
