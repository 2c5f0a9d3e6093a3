import { notFound } from "#server/http/answer.ts";
import { filesUnderWay } from "./progress.ts";

/** `GET /api/v1/downloads/{id}`: how far a file is that was asked for with `download={id}`. */
export async function getDownload(id: string): Promise<Response> {
  const seen = filesUnderWay().seen(id);
  if (seen === null) throw notFound("download");
  return Response.json({ ...seen }, { headers: { "cache-control": "no-store" } });
}

/** `DELETE /api/v1/downloads/{id}`: the file is not wanted any more. */
export async function deleteDownload(id: string): Promise<Response> {
  if (!filesUnderWay().stop(id)) throw notFound("download under way");
  return Response.json({ stopped: true });
}
