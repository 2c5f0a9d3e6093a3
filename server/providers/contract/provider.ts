import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from "node:crypto";
import type { z } from "zod";
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
 */
export type DeliveryReading =
  | { kind: "events"; id: string; occurrence: string; type: string; about: RoomEvents }
  | { kind: "ignored"; id: string; occurrence: string; type: string }
  | { kind: "unreadable"; reason: string; type: string | null };

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
  /** The key of the room that a body names, readable or not; `null` where it names none that can be stored. */
  roomIn(raw: Uint8Array): string | null;
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

// The limits of every provider, so that what `read` returns can be stored and indexed as it is.

/** In UTF-8. A row of an index in PostgreSQL holds at most 2,704 bytes, and a key shares it with others. */
const KEY_BYTES = 1_000;
const NAME_LENGTH = 500;
const TYPE_LENGTH = 200;
const EARLIEST: Ms = Date.UTC(2000, 0, 1);
const LATEST: Ms = Date.UTC(2100, 0, 1);

/** UTF-16 units. One visible character is rarely longer than the emoji of a family of four. */
const LONGEST_GRAPHEME = 64;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Thrown while a body is read, with a message that names the field. `readJson` makes it `unreadable`. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/** The text of a body; `null` where its bytes are not UTF-8. */
export function textOf(raw: Uint8Array): string | null {
  try {
    return utf8.decode(raw);
  } catch {
    return null;
  }
}

/**
 * Reads a body by `translate`, which may throw `Unreadable` and nothing else.
 * `typeField` is the field with the type of a body: it is reported even when the rest cannot be read.
 */
export function readJson(
  raw: Uint8Array,
  typeField: string,
  translate: (body: unknown) => DeliveryReading,
): DeliveryReading {
  let body: unknown = null;
  try {
    body = parsed(raw);
    return translate(body);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: "unreadable", reason: error.message, type: typeNamed(body, typeField) };
  }
}

function parsed(raw: Uint8Array): unknown {
  const text = textOf(raw);
  if (text === null) throw new Unreadable("body is not UTF-8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreadable("body is not JSON", { cause });
  }
}

function typeNamed(body: unknown, field: string): string | null {
  const type = fieldOf(body, field);
  return typeof type === "string" ? typeName(type) : null;
}

function fieldOf(body: unknown, field: string): unknown {
  if (typeof body !== "object" || body === null) return undefined;
  return Object.getOwnPropertyDescriptor(body, field)?.value;
}

/** The first text among the fields at `paths` of a body that can be stored as a key; `null` for none. */
export function keyNamed(raw: Uint8Array, paths: readonly (readonly string[])[]): string | null {
  try {
    const body = parsed(raw);
    for (const path of paths) {
      const value = path.reduce(fieldOf, body);
      const key = typeof value === "string" ? optionalKey(value, path.join(".")) : null;
      if (key !== null) return key;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return null;
}

/** `value` parsed by `schema`. Throws `Unreadable` with the first issue; `field` begins its path. */
export function shaped<T>(schema: z.ZodType<T>, value: unknown, field: string | null): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [...(field === null ? [] : [field]), ...(issue?.path ?? [])].join(".");
  throw new Unreadable(`${path || "body"} ${issue?.message ?? "is not what was expected"}`);
}

/** The message for an issue in a schema: that a value is missing, or what it should be. */
export function expected(what: string): (issue: { input?: unknown }) => string {
  return ({ input }) => (input === undefined || input === null ? "is missing" : `is not ${what}`);
}

/** Text that PostgreSQL can store: without NUL, and with every lone surrogate replaced by U+FFFD. */
function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** The first `length` code points, without splitting a visible character such as a flag or an accented letter. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const all = [...text.slice(0, 2 * length + LONGEST_GRAPHEME)];
  const shortened = all.slice(0, length).join("");
  const last = graphemes.segment(all.join("")).containing(shortened.length);
  const begins = last?.index ?? shortened.length;
  // Real text has fewer marks on a letter; a name made of marks alone is cut at `length`.
  const isWhole = begins === 0 || shortened.length - begins > LONGEST_GRAPHEME;
  return isWhole ? shortened : shortened.slice(0, begins);
}

/**
 * A name to show, cut at `length` characters after leading spaces; `null` where nothing of it is visible.
 */
export function nameOf(value: string | null | undefined, length = NAME_LENGTH): string | null {
  const name = storable(value ?? "");
  if (name.trim() === "") return null;
  return name.length <= length ? name : cut(name.trim(), length).trimEnd();
}

/** A type to show to an operator, at most 200 characters. */
export function typeName(type: string): string {
  return cut(storable(type), TYPE_LENGTH);
}

function isTooLong(key: string): boolean {
  // A UTF-16 unit takes at most three bytes: an ordinary key needs no counting.
  return key.length * 3 > KEY_BYTES && Buffer.byteLength(key) > KEY_BYTES;
}

/** An id that may be absent or empty. Throws `Unreadable` above 1,000 bytes. */
export function optionalKey(value: string | null | undefined, field: string): string | null {
  const key = storable(value ?? "");
  if (key === "") return null;
  if (isTooLong(key)) throw new Unreadable(`${field} is longer than ${KEY_BYTES} bytes`);
  return key;
}

/** An id that must be there. Throws `Unreadable` when it is missing, empty or above 1,000 bytes. */
export function requiredKey(value: string | null | undefined, field: string): string {
  const key = optionalKey(value, field);
  if (key === null) throw new Unreadable(`${field} is missing`);
  return key;
}

/** `parts` as one key. A key that is too long to index is replaced by its SHA-256. */
export function naturalKey(...parts: readonly (string | number | null)[]): string {
  const key = parts.map((part) => part ?? "").join("|");
  return isTooLong(key) ? `sha256|${sha256(key)}` : key;
}

/** The SHA-256 of a body or a text, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Whole milliseconds of a moment from 2000 up to 2100. Throws `Unreadable` for any other. */
export function moment(at: number, field: string): Ms {
  const rounded = Math.round(at);
  if (rounded >= EARLIEST && rounded < LATEST) return rounded;
  throw new Unreadable(`${field} is not a time between 2000 and 2100`);
}

/** Making a key costs five times what signing with it does. Only live secrets of sources get here. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 1_000;

function keyFrom(secret: string): KeyObject | null {
  const existing = keys.get(secret);
  if (existing) return existing;
  const bytes = Buffer.from(secret, "base64");
  if (bytes.length === 0) return null;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createSecretKey(bytes);
  keys.set(secret, key);
  return key;
}

/**
 * HMAC-SHA256 of `lead` followed by `message`, in base64, under a secret in base64.
 * `null` for a secret that decodes to no bytes: anyone can sign with an empty key.
 */
export function signatureOf(
  secret: string,
  lead: string,
  message: string | Uint8Array,
): string | null {
  const key = keyFrom(secret);
  return key && createHmac("sha256", key).update(lead).update(message).digest("base64");
}

/** Whether any of `secrets` gives `signature`; compared in constant time. */
export function isSignedBy(
  secrets: readonly string[],
  signature: string,
  lead: string,
  message: string | Uint8Array,
): boolean {
  const given = Buffer.from(signature);
  return secrets.some((secret) => {
    const right = Buffer.from(signatureOf(secret, lead, message) ?? "");
    return right.length > 0 && right.length === given.length && timingSafeEqual(right, given);
  });
}
