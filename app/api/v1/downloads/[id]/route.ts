import { api } from "#server/http/api.ts";
import { readDownload, stopDownload } from "#server/http/files/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readDownload,
  DELETE: stopDownload,
});
