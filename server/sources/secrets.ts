import { z } from "zod";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { provider } from "#server/providers/providers.ts";
import { managing, secretFor, secretGiven } from "./adding.ts";
import { readOpened } from "./json.ts";
import { retireOlder, rotateSecret, setPause } from "./managing.ts";
import { sourceNamed, sourceOfWebhooks } from "./named.ts";
import type { rotatedSource } from "./schema.ts";

const moment = z.iso.datetime({ offset: true });

export const rotationShape = z.strictObject({
  secret: secretGiven,
  /** Until then the older secrets are accepted. */
  until: moment.nullish(),
});

export const retirementShape = z.strictObject({ at: moment.nullish() });

/** `POST /api/v1/sources/{id}/rotate`: a new secret, answered this once. The older ones are accepted too. */
export async function postRotation(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const given = await bodyOf(request, rotationShape, badSecret);
  const source = await sourceOfWebhooks(id);
  if (provider(source.provider)?.connect?.secretMadeBy === "provider" && !given.secret) {
    throw badSecret("secret: its provider makes it, and shows it there");
  }
  const until = given.until == null ? null : momentToCome(given.until);
  const secret = secretFor(source.provider, given.secret);
  const usedAt = await rotateSecret(managing(asking), source, secret, until);
  const answer: AnswerOf<typeof rotatedSource> = {
    id,
    secret,
    previous_last_used_at: toWireTime(usedAt),
  };
  return Response.json(answer);
}

/**
 * `POST /api/v1/sources/{id}/retire`: the older secrets are refused: at once, at a moment to come, or with `null` not
 * until somebody says when.
 */
export async function postRetirement(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { at } = await bodyOf(request, retirementShape, badSecret);
  const source = await sourceOfWebhooks(id);
  const when = typeof at === "string" ? momentToCome(at) : at === null ? null : "now";
  await retireOlder(managing(asking), source, when);
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

/** `POST /api/v1/sources/{id}/pause` and `…/resume`. */
export async function postPause(
  id: string,
  isPaused: boolean,
  asking: Requester,
): Promise<Response> {
  const source = await sourceOfWebhooks(id);
  const pausedAt = isPaused ? (source.pausedAt ?? Date.now()) : null;
  await setPause(managing(asking), source, pausedAt);
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

function momentToCome(given: string): number {
  const at = Date.parse(given);
  if (at <= Date.now()) throw badSecret("the moment has to be one to come");
  return at;
}

function badSecret(why: string): ApiError {
  return new ApiError(
    400,
    "bad_secret",
    `Send secret, where it is not to be made, and until or at as a moment: ${why}.`,
  );
}
