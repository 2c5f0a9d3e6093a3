import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import type { Caller } from "#server/gate/caller.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName, signed } from "#server/http/operator.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { removing } from "./removal.ts";
import { type Demonstration, readDemonstration, sizeOf } from "./remove.ts";

const asked = z.strictObject({ by: operatorName });

/** `GET /api/v1/demonstration`: what there is that nobody in it is real, and how far its removal is. */
export async function getDemonstration(): Promise<Response> {
  const [there, removal] = await Promise.all([readDemonstration(database()), readRemoval()]);
  return Response.json({ ...demonstrationJson(there), removal });
}

/** `GET /api/v1/demonstration/removal`: how far it is, without counting what is left. */
export async function getRemoval(): Promise<Response> {
  return Response.json({ removal: await readRemoval() });
}

/** `DELETE /api/v1/demonstration`: begins to take it away whole. Asked again meanwhile, or of none, it does nothing. */
export async function deleteDemonstration(request: Request, caller: Caller): Promise<Response> {
  const { by } = await bodyOf(request, asked, badRemoval);
  const { log } = processContext();
  const there = await readDemonstration(database());
  if (there.sources.length > 0) {
    const { sources, ...counts } = there;
    log.info({ by: signed(caller, by), ...counts }, "the demonstration is being removed");
    removing().begin(database(), sizeOf(there), log);
  }
  return Response.json({ removal: await readRemoval() }, { status: 202 });
}

/** How far the removal of the demonstration is; `null` where none goes on. */
export function readRemoval(): Promise<Removal | null> {
  return removing().seen(database());
}

function demonstrationJson({ sources, scheduled, ...counts }: Demonstration) {
  return { sources, ...counts, scheduled_meetings: scheduled };
}

function badRemoval(why: string): ApiError {
  return new ApiError(400, "bad_removal", `Send nothing, or by, up to 100 characters: ${why}.`);
}
