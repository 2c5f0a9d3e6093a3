import type { Ms } from "#domain/event.ts";
import type { RefusalReason } from "#domain/recording.ts";
import type { WireSource } from "#domain/wire.ts";
import type { Reading, Signed } from "#server/providers/provider.ts";
import type { Refusals } from "#server/recording/refusals.ts";
import { SealBroken } from "#server/seal.ts";
import { type Batcher, Overloaded, Stopping } from "./batch.ts";
import { BodyCut, BodyTooLarge, BodyTooSlow, readBody, TooMuchAtOnce } from "./body.ts";
import { identityOf } from "./identity.ts";
import type { Keeping } from "./keeping.ts";
import type { KnownSource } from "./known-sources.ts";
import { patienceOf } from "./patience.ts";
import type { Arrival, Receipt } from "./record.ts";

/** How soon whoever sends to a paused source may ask again. */
const PAUSED_SECONDS = 60;

export interface Door {
  findSource: (provider: string, id: string, now: Ms) => Promise<KnownSource | null>;
  batcher: Batcher<Arrival, Receipt>;
  /** Hears which secret signed something. */
  noteUse: (secretId: string, now: Ms) => void;
  keeping: Keeping;
  /** Hears what was refused of sources there are, and that one was taken again. */
  refusals: Refusals;
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
 * signed, read or not; 401, 404 and 413 store nothing; 503 asks the provider to come again, as it does of a
 * source that is paused.
 */
export async function receive(
  door: Door,
  request: Request,
  params: { provider: string; source: string },
): Promise<Response> {
  const now = door.now();
  const { provider, source: id } = params;
  const patience = patienceOf(door.answerWithinMs);
  let source: KnownSource | null = null;
  try {
    source = await patience.wait(door.findSource(provider, id, now));
    if (source === null) {
      return refusal(
        404,
        "unknown_source",
        "No such webhook: check the path that `source list` prints.",
      );
    }
    const raw = await readBody(request);
    const signed = {
      raw,
      header: (name: string) => request.headers.get(name),
      now,
      toleranceMs: door.toleranceMs,
    };
    const secrets = source.secrets.map(({ plain }) => plain);
    const verdict = source.provider.verify({ ...signed, secrets });
    if (source.provider.isPing(raw)) {
      // It is answered whoever sends it; that the webhook works again only the provider can say.
      if (verdict.ok && !source.isPaused) door.refusals.taken(source.id, now);
      return answer("ignored");
    }
    if (!verdict.ok) {
      door.refusals.refused(named(source), verdict.refusal, now);
      door.log.warn({ source: source.id, refusal: verdict.refusal }, "webhook refused");
      return refusal(
        401,
        verdict.refusal,
        `The webhook's signature was refused: ${verdict.refusal}.`,
      );
    }
    const signer = signerOf(source, signed);
    if (signer !== null) door.noteUse(signer, now);
    if (source.isPaused) {
      door.refusals.refused(named(source), "paused", now);
      door.log.warn({ source: source.id, refusal: "paused" }, "webhook refused");
      return later("source_paused", "This source is paused: come again later.", PAUSED_SECONDS);
    }
    const arrival = arrivalOf(source, raw, source.provider.read(raw), now);
    const receipt = await patience.wait(door.batcher.add(arrival));
    door.refusals.taken(source.id, now);
    return answer(receipt);
  } catch (error) {
    const { reason, response } = failureAt(door, error);
    // While the database is away nobody can be looked up, and yet it matters to whom this happens.
    const about = source === null ? door.refusals.sourceNamed(provider, id) : named(source);
    if (about !== null) door.refusals.refused(about, reason, now);
    return response;
  }
}

function named({ id, name, provider }: KnownSource): WireSource {
  return { id, name, provider: provider.name };
}

function failureAt(door: Door, error: unknown): { reason: RefusalReason; response: Response } {
  if (error instanceof BodyTooLarge) {
    const response = refusal(413, "body_too_large", "A webhook may have at most 1 MiB.");
    return { reason: "too_large", response };
  }
  if (error instanceof BodyTooSlow) {
    const response = refusal(408, "body_too_slow", "The body of the webhook took too long.");
    return { reason: "unfinished", response };
  }
  if (error instanceof BodyCut) {
    const response = refusal(400, "body_cut", "The body of the webhook was not sent to its end.");
    return { reason: "unfinished", response };
  }
  if (error instanceof Overloaded || error instanceof Stopping || error instanceof TooMuchAtOnce) {
    const message = "More webhooks are waiting than can be kept safely.";
    return { reason: "overloaded", response: later("overloaded", message) };
  }
  door.log.error({ err: error }, "webhook not kept");
  if (error instanceof SealBroken) {
    const response = later("secret_unreadable", "No secret of this source can be opened.");
    return { reason: "secret_unreadable", response };
  }
  return { reason: "not_stored", response: later("not_stored", "The database does not answer.") };
}

/** Which live secret signed what was found to be signed. Where there are several, each is asked alone. */
function signerOf(
  { provider, secrets }: KnownSource,
  signed: Omit<Signed, "secrets">,
): string | null {
  if (secrets.length === 1) return secrets[0]?.id ?? null;
  const signer = secrets.find(({ plain }) => provider.verify({ ...signed, secrets: [plain] }).ok);
  return signer?.id ?? null;
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

function later(code: string, message: string, afterSeconds = 1): Response {
  return new Response(JSON.stringify({ error: { code, message } }), {
    status: 503,
    headers: { ...JSON_TYPE, "retry-after": String(afterSeconds) },
  });
}
