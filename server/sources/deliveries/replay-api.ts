import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { countStored, countUnreadable } from "#db/sources/deliveries/projecting-again.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { DeliveryReplay } from "#domain/sources/deliveries/delivery-replay.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { numberOf } from "./api.ts";
import { MOST_IDS } from "./list.ts";
import { type ReplayedDeliveries, replays } from "./replays.ts";
import type * as answers from "./schema.ts";

export const replayShape = z.union([
  z.strictObject({ ids: z.array(z.string()).min(1).max(MOST_IDS) }),
  z.strictObject({ which: z.literal("unreadable") }),
]);

/** `POST /api/v1/deliveries/replays`: begins to read and project deliveries again. */
export async function postReplay(request: Request, asking: Requester): Promise<Response> {
  const body = await bodyOf(request, replayShape, badReplay);
  const which = await replayedOf(body);
  // Whole rooms are projected, by who sees all of them.
  const whole = seeing(WHOLE_SIGHT, database);
  const job = await replays().begin(whole, which, processContext().log);
  if (job === null) {
    const message = "Deliveries are being projected again already: wait for that, or stop it.";
    throw new ApiError(409, "replay_under_way", message);
  }
  const { deliveries } = job;
  await auditRead(actorOf(asking), {
    action: "deliveries.replayed",
    about: null,
    details: { deliveries, ...("ids" in which ? {} : { which: "unreadable" }) },
  });
  return Response.json(jobJson(job), { status: 202 });
}

async function replayedOf(body: z.output<typeof replayShape>): Promise<ReplayedDeliveries> {
  const { orm } = database();
  if ("which" in body) return { unreadable: await countUnreadable(orm), reader: orm };
  const ids = [...new Set(body.ids.map(numberOf))];
  // Whoever writes about something has to see it first.
  if ((await countStored(orm, ids)) < ids.length) throw notFound("delivery");
  return { ids };
}

/** `GET /api/v1/deliveries/replays/{id}`: how far it is. */
export async function getReplay(id: string): Promise<Response> {
  const job = await replays().seen(seeing(WHOLE_SIGHT, database), id);
  if (job === null) throw notFound("replay");
  return Response.json(jobJson(job));
}

/** `DELETE /api/v1/deliveries/replays/{id}`: stops it; what it has done stays. */
export async function deleteReplay(id: string): Promise<Response> {
  const job = await replays().cancel(seeing(WHOLE_SIGHT, database), id);
  if (job === null) throw notFound("replay");
  return Response.json(jobJson(job));
}

function jobJson(job: DeliveryReplay): AnswerOf<typeof answers.replayJob> {
  return { ...job };
}

function badReplay(why: string): ApiError {
  const message = `Send ids, up to ${MOST_IDS} of deliveries, or which: "unreadable": ${why}.`;
  return new ApiError(400, "bad_replay", message);
}
