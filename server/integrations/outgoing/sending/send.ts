import type { Database } from "#db/connection/client.ts";
import {
  changeEndpoint,
  pauseEndpoint,
  type StoredEndpoint,
} from "#db/integrations/outgoing/endpoints.ts";
import {
  type AttemptMade,
  noteAttempt,
  type StoredMessage,
} from "#db/integrations/outgoing/messages.ts";
import { type PauseReason, TEST } from "#domain/integrations/outgoing/endpoint.ts";
import {
  asksForPatience,
  GONE,
  isTaken,
  PAUSED_AFTER_MS,
  triedAgainAt,
} from "#domain/integrations/outgoing/pace.ts";
import type { Ms } from "#domain/time/ms.ts";
import { retryAfterMs } from "#server/providers/contract/retry-after.ts";
import { audit, ROLLCALL } from "#server/runtime/audit.ts";
import { DecryptionError, decrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import type { Resolve } from "./address.ts";
import { aboutEndpoint } from "./noted.ts";
import { post, type WebhookAnswer } from "./post.ts";
import { signatureHeaders } from "./signing.ts";

/** What sending needs besides the message. */
export interface SendingContext {
  database: Database;
  /** Key for secrets at rest. */
  secret: string;
  allowed: Networks;
  now: () => Ms;
  chance: () => number;
  /** How long a receiver has to answer. */
  withinMs?: Ms;
  resolve?: Resolve;
}

/** A receiver that takes 10 s is slow, and no fault. */
const WITHIN_MS: Ms = 20_000;

/** What came of sending a message once. */
export interface Sent extends AttemptMade {
  attemptId: string;
  state: StoredMessage["state"];
  /** The endpoint was paused with it. */
  paused: PauseReason | null;
}

/**
 * Sends a message once, and notes what came of it. Rejects where `signal` was aborted meanwhile: then nothing is noted,
 * and it is sent again under the same name.
 */
export async function sendOnce(
  sending: SendingContext,
  endpoint: StoredEndpoint,
  message: StoredMessage,
  signal: AbortSignal,
): Promise<Sent> {
  const { database, now, allowed, withinMs = WITHIN_MS, resolve } = sending;
  const at = now();
  const headers = headersOf(sending, endpoint, message, at);
  const answer =
    headers === null
      ? UNSIGNABLE
      : await post(endpoint.url, {
          ...{ headers, body: message.body ?? "" },
          ...{ allowed, withinMs, signal, ...(resolve && { resolve }) },
        });
  const end = now();
  const { status, failure, excerpt } = answer;
  const made = { at, tookMs: Math.max(0, end - at), status, failure, excerpt };
  const after = afterAttempt(message, answer, { at, now: end, chance: sending.chance() });
  const { attemptId, paused } = await database.orm.transaction(async (tx) => {
    const noted = await noteAttempt(tx, message, made, after);
    const rests = restsUntil(answer, end);
    if (rests !== null) await changeEndpoint(tx, endpoint.id, { restsUntil: rests });
    const pause = isTaken(status) ? null : pauseFor(endpoint, status, { at, now: end });
    const isNew = pause !== null && (await pauseEndpoint(tx, endpoint.id, pause, end));
    if (isNew) {
      await audit(tx, ROLLCALL, {
        action: "endpoint.paused",
        about: aboutEndpoint(endpoint),
        details: { for: pause },
      });
    }
    return { attemptId: noted, paused: isNew ? pause : null };
  });
  return { ...made, attemptId, state: after.state, paused };
}

/** What is true of a message after that answer. */
function afterAttempt(
  { trigger, attempts, firstTriedAt, nextAt }: StoredMessage,
  { status, retryAfter }: WebhookAnswer,
  { at, now, chance }: { at: Ms; now: Ms; chance: number },
): { state: StoredMessage["state"]; nextAt: Ms } {
  if (isTaken(status)) return { state: "taken", nextAt };
  if (trigger === TEST) return { state: "failed", nextAt };
  const again = triedAgainAt(
    { attempts: attempts + 1, firstTriedAt: firstTriedAt ?? at },
    { now, chance, retryAfterMs: retryAfterMs(retryAfter, now) },
  );
  return again === null ? { state: "failed", nextAt } : { state: "pending", nextAt: again };
}

/** Until when an endpoint that asks for patience is left alone with everything. */
function restsUntil({ status, retryAfter }: WebhookAnswer, now: Ms): Ms | null {
  const patience = asksForPatience(status) ? retryAfterMs(retryAfter, now) : null;
  return patience === null ? null : now + patience;
}

function pauseFor(
  { failingSince }: StoredEndpoint,
  status: number | null,
  { at, now }: { at: Ms; now: Ms },
): PauseReason | null {
  if (status === GONE) return "gone";
  return now - (failingSince ?? at) >= PAUSED_AFTER_MS ? "failing" : null;
}

const UNSIGNABLE: WebhookAnswer = {
  ...{ status: null, excerpt: null, retryAfter: null },
  failure: "nothing was sent: its secret does not open with this ROLLCALL_SECRET",
};

/** `null` where its secrets cannot be read. */
function headersOf(
  { secret: key }: SendingContext,
  { signing, secrets }: StoredEndpoint,
  { id, trigger, corrects, body }: StoredMessage,
  at: Ms,
): Record<string, string> | null {
  const open = opened(secrets, key);
  if (open === null) return null;
  return {
    ...signatureHeaders(signing, open, { id, body: body ?? "", at }),
    "rollcall-message": id,
    "rollcall-trigger": trigger,
    ...(corrects !== null && { "rollcall-corrects": corrects }),
  };
}

function opened(secrets: StoredEndpoint["secrets"], key: string): string[] | null {
  try {
    return secrets.map(({ sealed }) => decrypt(sealed, key));
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}
