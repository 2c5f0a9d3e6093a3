import type { MeetingEvent, Ms } from "#domain/event.ts";

/** Why a delivery was refused at the door. Nothing of a refused delivery is stored. */
export type Refusal =
  | "signature_missing"
  | "signature_mismatch"
  | "timestamp_missing"
  | "timestamp_outside_tolerance";

export type Verdict = { ok: true } | { ok: false; refusal: Refusal };

/** One webhook request before anything in it is believed. `raw` are the exact bytes of the body. */
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
export interface Occurrence {
  /**
   * The room's key within the source: Daily's room name, Attendee's bot id.
   */
  room: string;
  /** What to call the room where the provider or the user's own metadata says; else `null`. */
  title: string | null;
  events: MeetingEvent[];
}

/**
 * What a verified body says.
 *
 * `id` names the delivery within its source: a second delivery with the same `id` is a repeat.
 * `occurrence` names what happened, however often and through however many subscriptions it is told;
 * it equals `id` where the provider gives nothing better.
 */
export type Reading =
  | { kind: "events"; id: string; occurrence: string; type: string; about: Occurrence }
  | { kind: "ignored"; id: string; occurrence: string; type: string }
  | { kind: "unreadable"; reason: string; type: string | null };

/**
 * One provider of meeting webhooks. Everything Rollcall knows about it is in its folder.
 */
export interface Provider {
  name: ProviderName;
  /** One room is a series of meetings told apart by an empty gap, or is a single meeting. */
  meetings: "by_gap" | "one_per_room";
  /** After this long without any event the observer is taken to be gone; `null` where silence proves nothing. */
  silenceMs: Ms | null;
  /** A body to be answered 200 unsigned and not stored (Daily's bare ping); compared before `verify`. */
  isPing(raw: Uint8Array): boolean;
  /** Over the raw bytes, in constant time; parses nothing it does not need for the signature. */
  verify(request: Signed): Verdict;
  /** Never throws: what cannot be read is `unreadable`, with a reason an operator can act on. */
  read(raw: Uint8Array): Reading;
  /**
   * Signs a body as the provider would and returns the headers to send it with.
   * For the simulator, the tests and the benchmarks; `verify` accepts what this makes.
   */
  sign(body: string, secret: string, now: Ms): Record<string, string>;
}

export type ProviderName = "daily" | "attendee";
