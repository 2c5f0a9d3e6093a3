import type { Ms } from "#domain/event.ts";
import type { Reading } from "#server/providers/provider.ts";
import { SealBroken } from "#server/seal.ts";
import { type Batcher, Overloaded, Stopping } from "./batch.ts";
import { BodyCut, BodyTooLarge, BodyTooSlow, readBody, TooMuchAtOnce } from "./body.ts";
import { identityOf } from "./identity.ts";
import type { KnownSource } from "./known-sources.ts";
import { patienceOf } from "./patience.ts";
import type { Arrival, Receipt } from "./record.ts";

export interface Door {
  findSource: (provider: string, id: string, now: Ms) => Promise<KnownSource | null>;
  batcher: Batcher<Arrival, Receipt>;
  toleranceMs: Ms | null;
  /** How long the database may take, over all, until the provider is asked to come again; no body counts. */
  answerWithinMs: Ms;
  now: () => Ms;
  log: {
    warn: (about: object, message: string) => void;
    error: (about: object, message: string) => void;
  };
}

/**
 * One webhook, from the request to the answer. 200 only after the commit, and for everything correctly
 * signed, read or not; 401, 404 and 413 store nothing; 503 asks the provider to come again.
 */
export async function receive(
  door: Door,
  request: Request,
  params: { provider: string; source: string },
): Promise<Response> {
  const now = door.now();
  const patience = patienceOf(door.answerWithinMs);
  try {
    const source = await patience.wait(door.findSource(params.provider, params.source, now));
    if (source === null) {
      return refusal(
        404,
        "unknown_source",
        "No such webhook: check the path that `source list` prints.",
      );
    }
    const raw = await readBody(request);
    if (source.provider.isPing(raw)) return answer("ignored");
    const verdict = source.provider.verify({
      raw,
      header: (name) => request.headers.get(name),
      secrets: source.secrets,
      now,
      toleranceMs: door.toleranceMs,
    });
    if (!verdict.ok) {
      door.log.warn({ source: source.id, refusal: verdict.refusal }, "webhook refused");
      return refusal(
        401,
        verdict.refusal,
        `The webhook's signature was refused: ${verdict.refusal}.`,
      );
    }
    const arrival = arrivalOf(source, raw, source.provider.read(raw), now);
    return answer(await patience.wait(door.batcher.add(arrival)));
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      return refusal(413, "body_too_large", "A webhook may have at most 1 MiB.");
    }
    if (error instanceof BodyTooSlow) {
      return refusal(408, "body_too_slow", "The body of the webhook took too long.");
    }
    if (error instanceof BodyCut) {
      return refusal(400, "body_cut", "The body of the webhook was not sent to its end.");
    }
    if (
      error instanceof Overloaded ||
      error instanceof Stopping ||
      error instanceof TooMuchAtOnce
    ) {
      return later("overloaded", "More webhooks are waiting than can be kept safely.");
    }
    door.log.error({ err: error }, "webhook not kept");
    if (error instanceof SealBroken) {
      return later("secret_unreadable", "No secret of this source can be opened.");
    }
    return later("not_stored", "The database does not answer.");
  }
}

function arrivalOf(source: KnownSource, raw: Uint8Array, reading: Reading, now: Ms): Arrival {
  const { rules } = source;
  const { key, occurrence, status, room } = identityOf(source.provider, raw, reading);
  const reason = reading.kind === "unreadable" ? reading.reason : null;
  const { type } = reading;
  return {
    delivery: {
      sourceId: source.id,
      key,
      occurrence,
      room,
      receivedAt: now,
      status,
      type,
      reason,
      body: raw,
    },
    rules,
    about: reading.kind === "events" ? reading.about : null,
  };
}

const JSON_TYPE = { "content-type": "application/json" };

function answer(status: Receipt): Response {
  return new Response(`{"status":"${status}"}`, { status: 200, headers: JSON_TYPE });
}

/** What is left of the body is not waited for. */
const UNFINISHED = new Set([400, 408, 413]);

function refusal(status: number, code: string, message: string): Response {
  const headers = UNFINISHED.has(status) ? { ...JSON_TYPE, connection: "close" } : JSON_TYPE;
  return new Response(JSON.stringify({ error: { code, message } }), { status, headers });
}

function later(code: string, message: string): Response {
  return new Response(JSON.stringify({ error: { code, message } }), {
    status: 503,
    headers: { ...JSON_TYPE, "retry-after": "1" },
  });
}
