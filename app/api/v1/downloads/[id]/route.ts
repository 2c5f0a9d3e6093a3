import { readDownload, stopDownload } from "#server/files/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readDownload,
  DELETE: stopDownload,
});
