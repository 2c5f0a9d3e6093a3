import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { countSources, onlySource, type SourceCounts } from "#db/removal/source-removal.ts";
import { changeSource, type StoredSource } from "#db/sources/sources.ts";
import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { sourceDeletions } from "#server/runtime/jobs/deleting-sources.ts";
import { sourceRebuilds } from "#server/runtime/jobs/rebuilding-sources.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { managing } from "./adding.ts";
import { readSettings } from "./json.ts";
import { aboutSource, type Managing } from "./managing.ts";
import { mustStay, sourceNamed } from "./named.ts";
import type { sourceContents } from "./schema.ts";

export const deletionShape = z.strictObject({ name: z.string() });

/** `GET /api/v1/sources/{id}/contents`: what is stored of a source, and would go with it. */
export async function getContents(id: string): Promise<Response> {
  const source = await sourceNamed(id);
  return Response.json(contentsJson(await countSources(database().orm, onlySource(source.id))));
}

function contentsJson({ scheduled, ...counts }: SourceCounts): AnswerOf<typeof sourceContents> {
  return { ...counts, scheduled_meetings: scheduled };
}

/** `DELETE /api/v1/sources/{id}`: begins to delete a source whole. Its name has to be sent. */
export async function deleteSource(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { name } = await bodyOf(request, deletionShape, badDeletion);
  const source = await sourceNamed(id);
  if (name.trim() !== source.name) {
    const why =
      "Send name exactly as the source is called: everything that came from it goes with it.";
    throw new ApiError(409, "other_name", why);
  }
  if (source.deletingSince === null) await markDeleted(managing(asking), source);
  sourceDeletions().startInBackground(database(), processContext().log);
  return Response.json(await readSettings(await sourceNamed(id)), { status: 202 });
}

/** Marks a source as being deleted, with what goes: from now on it takes nothing, and any process may delete it. */
export async function markDeleted(
  { database: client, by }: Pick<Managing, "database" | "by">,
  source: StoredSource,
): Promise<void> {
  const now = Date.now();
  await audited(
    client,
    by,
    async ({ orm }) => {
      const { meetings, people, deliveries } = await countSources(orm, onlySource(source.id));
      await changeSource(orm, source.id, { deletingSince: now, pausedAt: source.pausedAt ?? now });
      return { meetings, people, deliveries };
    },
    (details) => ({ action: "source.deleted", about: aboutSource(source), details }),
  );
}

/** `POST` and `DELETE /api/v1/sources/{id}/rebuild`: the rebuilding of the past goes on, or is stopped. */
export async function setRebuild(
  id: string,
  isStopped: boolean,
  asking: Requester,
): Promise<Response> {
  const source = await sourceNamed(id);
  mustStay(source);
  const { database: client, by } = managing(asking);
  const isSo = source.untoldSince === null || (source.rebuildStoppedAt !== null) === isStopped;
  await audited(
    client,
    by,
    async ({ orm }) => {
      const rebuildStoppedAt = isStopped ? Date.now() : null;
      if (!isSo) await changeSource(orm, id, { rebuildStoppedAt });
    },
    () =>
      isSo
        ? null
        : {
            action: "source.changed",
            about: aboutSource(source),
            details: { changed: [isStopped ? "rebuild stopped" : "rebuild resumed"] },
          },
  );
  if (!isStopped) sourceRebuilds().startInBackground(database(), processContext().log);
  return Response.json(await readSettings(await sourceNamed(id)));
}

function badDeletion(why: string): ApiError {
  return new ApiError(400, "bad_removal", `Send name, as the source is called: ${why}.`);
}
