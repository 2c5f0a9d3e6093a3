import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { erasing } from "./erasing.ts";
import { isTyped, previewErasure } from "./preview.ts";
import type { erasurePreview, erasureUnderWay } from "./schema.ts";

export const erasureShape = z.strictObject({ name: z.string().max(1_000), by: operatorName });

/** `GET /api/v1/people/{id}/erasure`: what an erasure would take. */
export async function getErasurePreview(id: string): Promise<Response> {
  const found = await previewErasure(database().orm, id);
  if (found === null) throw notFound("person");
  const { rosterLines, auditEntries, ...counts } = found;
  const answer: AnswerOf<typeof erasurePreview> = {
    ...{ ...counts, roster_lines: rosterLines, audit_entries: auditEntries },
  };
  return Response.json(answer);
}

/** `POST /api/v1/people/{id}/erasure`: begins to erase the person whose name was typed. */
export async function postErasure(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { name, by } = await bodyOf(request, erasureShape, badErasure);
  const found = await previewErasure(database().orm, id);
  if (found === null) throw notFound("person");
  if (!isTyped(name, found.name)) {
    throw new ApiError(
      409,
      "name_differs",
      "That is not the person's name as their page shows it: nothing was erased.",
    );
  }
  const { env, log } = processContext();
  const asked = { id, meetings: found.meetings, by: actorOf(asking, by) };
  if (!erasing().begin(database(), env.secret, asked, log)) {
    throw new ApiError(
      409,
      "erasure_going_on",
      "Somebody is being erased: wait until that is done.",
    );
  }
  return Response.json(await underWay(), { status: 202 });
}

/** `GET /api/v1/erasure`: how far the erasure is that goes on. */
export async function getErasure(): Promise<Response> {
  return Response.json(await underWay());
}

async function underWay(): Promise<AnswerOf<typeof erasureUnderWay>> {
  return { erasure: await erasing().seen(database()) };
}

function badErasure(why: string): ApiError {
  return new ApiError(400, "bad_erasure", `Send name, the person's name: ${why}.`);
}
