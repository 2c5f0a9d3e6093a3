import { notFound } from "#server/http/answer.ts";
import { filesUnderWay } from "./progress.ts";

/** `GET /api/v1/downloads/{id}`: the progress of a file that was asked for with `download={id}`. */
export async function getDownload(id: string): Promise<Response> {
  const progress = filesUnderWay().seen(id);
  if (progress === null) throw notFound("download");
  return Response.json({ ...progress }, { headers: { "cache-control": "no-store" } });
}

/** `DELETE /api/v1/downloads/{id}`: stops the making of the file. */
export async function deleteDownload(id: string): Promise<Response> {
  if (!filesUnderWay().stop(id)) throw notFound("download under way");
  return Response.json({ stopped: true });
}
