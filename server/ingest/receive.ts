import type { WireSource } from "#domain/event/recorded.ts";
import type { RefusalReason } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clientOf } from "#server/http/gate/client.ts";
import {
  BodyCut,
  BodyTooLarge,
  BodyTooSlow,
  readBody,
  TooMuchAtOnce,
} from "#server/http/request-body.ts";
import type { DeliveryReading, WebhookRequest } from "#server/providers/contract/contract.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { deadlineOf } from "#server/runtime/deadline.ts";
import { DecryptionError } from "#server/runtime/encryption.ts";
import { Overloaded, Stopping } from "./batch.ts";
import { deliveryIdentityOf } from "./identity.ts";
import type { Intake } from "./intake.ts";
import type { Arrival, KeptDelivery } from "./keep.ts";
import type { KeepingHealth } from "./keeping.ts";
import type { KnownSource } from "./known-sources.ts";
import { readingOf } from "./reading.ts";
import type { Refusals } from "./refusals.ts";
import { searchIn, type WebhookAddress, webhookAddressIn } from "./webhook-address.ts";

/** How soon a provider may send again to a paused source. */
const PAUSED_SECONDS = 60;

export interface WebhookDoor {
  findSource: (provider: string, id: string, now: Ms) => Promise<KnownSource | null>;
  intake: Intake;
  /** Notes which secret signed a webhook. */
  noteUse: (secretId: string, now: Ms) => void;
  /** Notes that the provider of a source asked whether somebody listens. */
  notePing: (sourceId: string, now: Ms) => void;
  keeping: KeepingHealth;
  /** Counts what was refused of existing sources, and notes that one was taken again. */
  refusals: Refusals;
  toleranceMs: Ms | null;
  /** How long the database may take in all until the provider is asked to send again; reading the body is extra. */
  answerWithinMs: Ms;
  now: () => Ms;
  log: {
    warn: (about: object, message: string) => void;
    error: (about: object, message: string) => void;
  };
}

/** A webhook as it arrives, from Node.js or from the platform's `Request`. */
export interface Incoming {
  header(name: string): string | null;
  /** The query of its address, such as `?a=b`; empty without one. */
  search: string;
  /** The exact bytes of its body. Throws as `readBody` does. */
  body(): Promise<Uint8Array>;
}

/** The answer to its sender. */
export interface DoorAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** As `takeAt`, for a `Request` of the platform. */
export async function receiveAt(door: WebhookDoor, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return responseOf(await takeAt(door, headAndBody(request), `${pathname}${search}`));
}

/** As `take`, for a `Request` of the platform. */
export async function receive(
  door: WebhookDoor,
  request: Request,
  address: WebhookAddress,
): Promise<Response> {
  const { search } = new URL(request.url);
  return responseOf(await take(door, { ...headAndBody(request), search }, address));
}

function headAndBody(request: Request): Omit<Incoming, "search"> {
  return { header: (name) => request.headers.get(name), body: () => readBody(request) };
}

function responseOf({ status, headers, body }: DoorAnswer): Response {
  return new Response(body, { status, headers });
}

/** Handles one webhook that was sent to `target`, the path and query of its request. */
export async function takeAt(
  door: WebhookDoor,
  incoming: Omit<Incoming, "search">,
  target: string,
): Promise<DoorAnswer> {
  const address = webhookAddressIn(target);
  if (address === null) return UNKNOWN_PATH;
  return take(door, { ...incoming, search: searchIn(target) }, address);
}

/**
 * Handles one webhook, from the request to the answer. 200 only after the commit, and for everything correctly
 * signed, whether it could be read or not; 401, 404 and 413 store nothing; 503 asks the provider to send again,
 * also to a paused source.
 */
async function take(
  door: WebhookDoor,
  incoming: Incoming,
  { provider, source: id, more: path = "" }: WebhookAddress,
): Promise<DoorAnswer> {
  const now = door.now();
  const beganAt = performance.now();
  const deadline = deadlineOf(door.answerWithinMs);
  const { header } = incoming;
  let source: KnownSource | null = null;
  const address = () => clientOf(header).address;
  try {
    source = await deadline.wait(door.findSource(provider, id, now));
    if (path !== "" && !source?.provider.paths.includes(path)) return UNKNOWN_PATH;
    if (source === null) {
      noteStranger(door, now, address());
      return refusal(
        404,
        "unknown_source",
        "No such webhook: check the path that `source list` prints.",
      );
    }
    const raw = await incoming.body();
    const { search } = incoming;
    const query = (name: string) => new URLSearchParams(search).get(name);
    const signed = { raw, header, query, path, now, toleranceMs: door.toleranceMs };
    const request = { ...signed, secrets: source.secrets.map(({ plain }) => plain) };
    const check = source.provider.verify(request);
    const challenged = source.provider.challenge(request, check);
    if (challenged !== null) {
      // A challenge may be unsigned; only a signed one shows that the webhook works again.
      if (check.ok && !source.isPaused) door.refusals.taken(source.id, now);
      door.notePing(source.id, now);
      const { contentType, body } = challenged;
      return { status: 200, headers: { "content-type": contentType }, body };
    }
    if (!check.ok) {
      noteRefused(door, named(source), check.refusal, { now, client: address() });
      return refusal(401, check.refusal, `The webhook's signature was refused: ${check.refusal}.`);
    }
    const signer = signerOf(source, signed);
    if (signer !== null) door.noteUse(signer, now);
    if (source.isPaused) {
      noteRefused(door, named(source), "paused", { now, client: address() });
      return later("source_paused", "This source is paused: come again later.", PAUSED_SECONDS);
    }
    const arrival = arrivalOf(source, raw, readingOf(source.provider, raw), now);
    const { status } = await deadline.wait(door.intake.keep(arrival));
    door.refusals.taken(source.id, now);
    processCounts().door.answerSeconds.note((performance.now() - beganAt) / 1_000);
    return answer(status);
  } catch (error) {
    const { reason, response } = failureAt(door, error);
    // While the database is away no source can be looked up, but the refusal is still counted for it.
    const about = source === null ? door.refusals.sourceNamed(provider, id) : named(source);
    if (about !== null) noteRefused(door, about, reason, { now, client: address() });
    return response;
  }
}

/** Counts a refused webhook of a source, and logs it; the log counts what is repeated. */
function noteRefused(
  { refusals, log }: WebhookDoor,
  source: WireSource,
  refused: RefusalReason,
  { now, client }: { now: Ms; client: string | null },
): void {
  refusals.refused(source, refused, now, client);
  log.warn({ source: source.id, refusal: refused, client }, "webhook refused");
}

/** The same of a webhook to an address where there is no source, as of one that was deleted. */
function noteStranger({ refusals, log }: WebhookDoor, now: Ms, client: string | null): void {
  refusals.unknown(now, client);
  log.warn({ refusal: "unknown_source", client }, "webhook refused");
}

function named({ id, name, provider }: KnownSource): WireSource {
  return { id, name, provider: provider.name };
}

function failureAt(
  door: WebhookDoor,
  error: unknown,
): { reason: RefusalReason; response: DoorAnswer } {
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
  if (error instanceof DecryptionError) {
    const response = later("secret_unreadable", "No secret of this source can be opened.");
    return { reason: "secret_unreadable", response };
  }
  return { reason: "not_stored", response: later("not_stored", "The database does not answer.") };
}

/** Which live secret signed a webhook that is signed. Where there are several, each is tried alone. */
function signerOf(
  { provider, secrets }: KnownSource,
  signed: Omit<WebhookRequest, "secrets">,
): string | null {
  if (secrets.length === 1) return secrets[0]?.id ?? null;
  const signer = secrets.find(({ plain }) => provider.verify({ ...signed, secrets: [plain] }).ok);
  return signer?.id ?? null;
}

/** A delivery of a source as it is stored, with its room and events. */
export function arrivalOf(
  source: Pick<KnownSource, "id" | "provider">,
  raw: Uint8Array,
  reading: DeliveryReading,
  now: Ms,
): Arrival {
  const { key, occurrence, status, room } = deliveryIdentityOf(raw, reading);
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
    about: reading.kind === "events" ? reading.about : null,
  };
}

const JSON_TYPE = { "content-type": "application/json" };

function answer(status: KeptDelivery["status"]): DoorAnswer {
  return { status: 200, headers: JSON_TYPE, body: `{"status":"${status}"}` };
}

/** The answer where no webhook can be sent to. */
const UNKNOWN_PATH: DoorAnswer = {
  status: 404,
  headers: JSON_TYPE,
  body: JSON.stringify({
    error: {
      code: "not_found",
      message: "A webhook path is /api/webhooks/{provider}/{source}.",
    },
  }),
};

/** After these answers the connection is closed: the rest of the body is not waited for. */
const UNFINISHED = new Set([400, 408, 413]);

function refusal(status: number, code: string, message: string): DoorAnswer {
  const headers = UNFINISHED.has(status) ? { ...JSON_TYPE, connection: "close" } : JSON_TYPE;
  return { status, headers, body: JSON.stringify({ error: { code, message } }) };
}

function later(code: string, message: string, afterSeconds = 1): DoorAnswer {
  return {
    status: 503,
    headers: { ...JSON_TYPE, "retry-after": String(afterSeconds) },
    body: JSON.stringify({ error: { code, message } }),
  };
}
