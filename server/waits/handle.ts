import { z } from "zod";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { AlreadyClaimed, handleWait, type WaitToHandle, waitById } from "#db/waits/handle-wait.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import {
  claimOf,
  type DeskActor,
  type DeskDeed,
  FOLLOW_UPS,
  type Handling,
  handlingAt,
  isToBeClaimed,
  isToBeFollowedUp,
  LONGEST_DESK_NOTE,
} from "#domain/waits/handling.ts";
import { wireHandling } from "#domain/waits/handling-wire.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import type { waitHandling } from "./schema.ts";

export const claimShape = z.strictObject({ by: operatorName });
export const noteShape = z.strictObject({
  text: z
    .string()
    .trim()
    .max(LONGEST_DESK_NOTE)
    .nullable()
    .transform((text) => text || null),
  by: operatorName,
});
export const followUpShape = z.strictObject({
  outcome: z.enum(FOLLOW_UPS).nullable(),
  by: operatorName,
});

interface Handled {
  request: Request;
  id: string;
  asking: Requester;
}

/** `POST /api/v1/waits/{id}/claim`: somebody looks after a wait, for as long as they do something about it. */
export async function postClaim({ request, id, asking }: Handled): Promise<Response> {
  const { by } = await bodyOf(request, claimShape, badHandling);
  const wait = await waitNamed(id);
  if (!isToBeClaimed(wait))
    throw notToBeHandled("They were admitted, so nobody has to look after them.");
  return handle(wait, { kind: "claim" }, actorOf(asking, by));
}

/** `DELETE /api/v1/waits/{id}/claim`: nobody looks after it any more, whoever did. */
export async function deleteClaim({ request, id, asking }: Handled): Promise<Response> {
  const { by } = await bodyOf(request, claimShape, badHandling);
  const wait = await waitNamed(id);
  if (claimOf(wait.handlings, wait, Date.now()) === null) throw notFound("claim in force");
  return handle(wait, { kind: "release" }, actorOf(asking, by));
}

/** `PUT /api/v1/waits/{id}/note`: writes a note about a wait, or takes it back. */
export async function putNote({ request, id, asking }: Handled): Promise<Response> {
  const { text, by } = await bodyOf(request, noteShape, badHandling);
  const wait = await waitNamed(id);
  mustReadNote(wait);
  return handle(wait, { kind: "note", text }, actorOf(asking, by));
}

/** `PUT /api/v1/waits/{id}/follow-up`: what came of following up on somebody who left; null takes it back. */
export async function putFollowUp({ request, id, asking }: Handled): Promise<Response> {
  const { outcome, by } = await bodyOf(request, followUpShape, badHandling);
  const wait = await waitNamed(id);
  if (outcome !== null && !isToBeFollowedUp(wait)) {
    const why = wait.outcome === "waiting" ? "They still wait." : "They were admitted.";
    throw notToBeHandled(`${why} Only somebody who left is followed up.`);
  }
  return handle(wait, { kind: "follow_up", outcome }, actorOf(asking, by));
}

/** The wait with this id, among those that are seen. */
export async function waitNamed(id: string): Promise<WaitToHandle> {
  const wait = isUuid(id) ? await waitById(database().orm, id.toLowerCase()) : null;
  if (wait === null) throw notFound("wait");
  return wait;
}

/** Nobody replaces a note that they cannot read: see `docs/decisions/0046-what-is-changed-by-who-sees-a-part.md`. */
function mustReadNote({ handlings, endedAt }: WaitToHandle): void {
  if (!sightNow().masked || handlingAt(handlings, { endedAt }, Date.now()).deskNote === null)
    return;
  throw new ApiError(
    403,
    "forbidden",
    "You see initials in place of names, so you cannot read the note there is, nor replace it: somebody who sees names can.",
  );
}

async function handle(wait: WaitToHandle, deed: DeskDeed, by: AuditActor): Promise<Response> {
  const now = Date.now();
  try {
    const handlings = await audited(
      database(),
      by,
      (client) => handleWait(client, wait, deed, deskActorOf(by), now),
      () => entryOf(wait, deed, now),
    );
    return Response.json(handlingJson(wait, handlings, now));
  } catch (cause) {
    if (!(cause instanceof AlreadyClaimed)) throw cause;
    const { name, since } = cause.claim;
    const message = `${name} has looked after this wait since ${toWireTime(since)}.`;
    throw Object.assign(new ApiError(409, "already_claimed", message), { cause });
  }
}

function handlingJson(
  wait: WaitToHandle,
  handlings: readonly Handling[],
  now: number,
): AnswerOf<typeof waitHandling> {
  return { id: wait.waitId, ...wireHandling(handlings, wait, now) };
}

/** A key and a member are known by their id, and somebody at this machine by the name that they give. */
function deskActorOf({ kind, id, label }: AuditActor): DeskActor {
  return { id: `${kind} ${id ?? label}`, name: label };
}

function entryOf(wait: WaitToHandle, deed: DeskDeed, now: number): AuditEntry {
  const about = { kind: "wait", id: wait.waitId, label: wait.name } as const;
  switch (deed.kind) {
    case "claim":
      return { action: "wait.claimed", about, details: {} };
    case "release": {
      const of = claimOf(wait.handlings, wait, now)?.name ?? "";
      return { action: "wait.released", about, details: { of } };
    }
    case "note":
      return { action: "wait.noted", about, details: { removed: deed.text === null } };
    case "follow_up":
      return { action: "wait.followed_up", about, details: { outcome: deed.outcome ?? "" } };
    default:
      return deed satisfies never;
  }
}

function notToBeHandled(why: string): ApiError {
  return new ApiError(409, "not_to_be_handled", why);
}

function badHandling(why: string): ApiError {
  return new ApiError(
    400,
    "bad_handling",
    `Send {} for a claim, {"text": …} for a note, or {"outcome": ${FOLLOW_UPS.map((one) => `"${one}"`).join(" | ")} | null}: ${why}.`,
  );
}
