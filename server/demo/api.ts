import { z } from "zod";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { isWhole } from "#domain/access/sight.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { sizeOf } from "#server/runtime/jobs/remove-sources.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { removing } from "./removal.ts";
import { type Demonstration, readDemonstration } from "./remove.ts";
import type { demonstration, removalUnderWay } from "./schema.ts";

export const removalShape = z.strictObject({ by: operatorName });

/** `GET /api/v1/demonstration`: how much invented data is stored, and how far its removal is. */
export async function getDemonstration(): Promise<Response> {
  const [found, removal] = await Promise.all([readDemonstration(database()), readRemoval()]);
  const answer: AnswerOf<typeof demonstration> = { ...demonstrationJson(found), removal };
  return Response.json(answer);
}

/** `GET /api/v1/demonstration/removal`: how far the removal is, without counting what is left. */
export async function getRemoval(): Promise<Response> {
  return Response.json(await underWay());
}

/** `DELETE /api/v1/demonstration`: begins to remove all of it. Does nothing where one runs, or none is stored. */
export async function deleteDemonstration(request: Request, asking: Requester): Promise<Response> {
  const { by } = await bodyOf(request, removalShape, badRemoval);
  const { log } = processContext();
  const found = await readDemonstration(database());
  if (found.sources.length > 0) {
    const { sources, ...counts } = found;
    const actor = actorOf(asking, by);
    log.info({ by: actor.label, ...counts }, "the demonstration is being removed");
    removing().begin(database(), actor, sizeOf(found), log);
  }
  return Response.json(await underWay(), { status: 202 });
}

async function underWay(): Promise<AnswerOf<typeof removalUnderWay>> {
  return { removal: await readRemoval() };
}

/** How far the removal of the demonstration is; `null` where none goes on. */
export async function readRemoval(): Promise<Removal | null> {
  // It is about the whole installation.
  if (!isWhole(sightNow())) return null;
  return removing().seen(database());
}

function demonstrationJson({ sources, scheduled, ...counts }: Demonstration) {
  return { sources, ...counts, scheduled_meetings: scheduled };
}

function badRemoval(why: string): ApiError {
  return new ApiError(400, "bad_removal", `Send nothing, or by, up to 100 characters: ${why}.`);
}
