import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Why a delivery was refused. Nothing of a refused delivery is stored. */
export type SignatureRefusal =
  | "signature_missing"
  | "signature_mismatch"
  | "timestamp_missing"
  | "timestamp_outside_tolerance";

export type Verification = { ok: true } | { ok: false; refusal: SignatureRefusal };

/** One webhook request before it is verified. `raw` are the exact bytes of the body. */
export interface Signed {
  raw: Uint8Array;
  header: (name: string) => string | null;
  /** Live secrets of the source, base64, newest first. Any of them may have signed. */
  secrets: readonly string[];
  /** When the request arrived. */
  now: Ms;
  /** How far the signed timestamp may be from `now`; `null` accepts any age. */
  toleranceMs: Ms | null;
}

/** The events of one delivery, and the room they happened in. */
export interface RoomEvents {
  /**
   * The room's key within the source: Daily's room name, Attendee's bot id.
   */
  room: string;
  /** The room's title from the provider or the user's own metadata; else `null`. */
  title: string | null;
  events: MeetingEvent[];
}

/**
 * What a verified body was read as.
 *
 * `id` names the delivery within its source: a second delivery with the same `id` is a repeat.
 * `occurrence` names what happened, which may arrive more than once through several subscriptions: a second
 * delivery with the same content is a repeat. It equals `id` where the provider gives nothing better.
 * `room` is the key of the room that a body without events names; `null` for none that can be stored.
 */
export type DeliveryReading =
  | { kind: "events"; id: string; occurrence: string; type: string; about: RoomEvents }
  | { kind: "ignored"; id: string; occurrence: string; type: string; room: string | null }
  | { kind: "unreadable"; reason: string; type: string | null; room: string | null };

/**
 * One provider of meeting webhooks. Everything Rollcall knows about it is in its folder.
 */
export interface Provider {
  name: ProviderName;
  /** A room is a series of meetings with an empty gap between them, or a single meeting. */
  meetings: "by_gap" | "one_per_room";
  /** Whether a user id names the same person in every meeting, or only inside one. */
  userIdsLast: boolean;
  /** After this long without any event the observer is taken to be gone; `null` where silence proves nothing. */
  silenceMs: Ms | null;
  /** After so many failed deliveries in a row the provider may stop sending; `null` where it goes on. */
  givesUpAfter: number | null;
  /** A body to be answered 200 unsigned and not stored (Daily's bare ping); compared before `verify`. */
  isPing(raw: Uint8Array): boolean;
  /** Over the raw bytes, in constant time; parses nothing it does not need for the signature. */
  verify(request: Signed): Verification;
  /** Never throws: what cannot be read is `unreadable`, with a reason an operator can act on. */
  read(raw: Uint8Array): DeliveryReading;
  /**
   * Signs a body as the provider would and returns the headers to send it with.
   * For the simulator, the tests and the benchmarks; `verify` accepts what this makes.
   */
  sign(body: string, secret: string, now: Ms): Record<string, string>;
}

/** The providers that send webhooks. */
export type WebhookProvider = "daily" | "attendee";
/** `import` stands for attendance files, line by line. */
export type ProviderName = WebhookProvider | "import";

/** One body as the provider sends it, and what it must be read as. Tests and the simulator share them. */
export interface Fixture {
  name: string;
  body: string;
  expected: DeliveryReading;
}
