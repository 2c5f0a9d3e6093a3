import { notFound } from "#server/http/answer.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { filesUnderWay } from "./progress.ts";
import type { fileStopped, fileUnderWay } from "./schema.ts";

/** `GET /api/v1/downloads/{id}`: the progress of a file that was asked for with `download={id}`. */
export async function getDownload(id: string): Promise<Response> {
  const progress = await filesUnderWay().seen(id);
  if (progress === null) throw notFound("download");
  const answer: AnswerOf<typeof fileUnderWay> = progress;
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}

/** `DELETE /api/v1/downloads/{id}`: stops the making of the file. */
export async function deleteDownload(id: string): Promise<Response> {
  if (!(await filesUnderWay().stop(id))) throw notFound("download under way");
  const answer: AnswerOf<typeof fileStopped> = { stopped: true };
  return Response.json(answer);
}
