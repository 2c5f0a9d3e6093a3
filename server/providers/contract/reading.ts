import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import type { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { DeliveryReading } from "./contract.ts";

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
const BYTE_ORDER_MARK = "\uFEFF";

/** Thrown while a body is read, with a message that names the field. `readJson` makes it `unreadable`. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/** The text of a body; `null` where its bytes are not UTF-8. */
export function textOf(raw: Uint8Array): string | null {
  if (!isUtf8(raw)) return null;
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString();
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Where a body of JSON names its type and its room: these are reported even when the rest cannot be read. */
interface Named {
  type: string;
  /** The paths to the room's key. The first with a text that can be stored as one names the room. */
  room: readonly (readonly string[])[];
}

/** What a body that could be read says; `readJson` adds the room that an ignored one names. */
export type Translation =
  | Extract<DeliveryReading, { kind: "events" }>
  | Omit<Extract<DeliveryReading, { kind: "ignored" }>, "room">;

/** Reads a body by `translate`, which may throw `Unreadable` and nothing else. */
export function readJson(
  raw: Uint8Array,
  named: Named,
  translate: (body: unknown) => Translation,
): DeliveryReading {
  let body: unknown = null;
  try {
    body = parsed(raw);
    const read = translate(body);
    return read.kind === "events" ? read : { ...read, room: keyNamed(body, named.room) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { message: reason } = error;
    const type = typeNamed(body, named.type);
    return { kind: "unreadable", reason, type, room: keyNamed(body, named.room) };
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

function keyNamed(body: unknown, paths: Named["room"]): string | null {
  for (const path of paths) {
    const value = path.reduce(fieldOf, body);
    const key = typeof value === "string" ? storable(value) : "";
    if (key !== "") return isTooLong(key) ? null : key;
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
  return hash("sha256", data);
}

/** Whole milliseconds of a moment from 2000 up to 2100. Throws `Unreadable` for any other. */
export function moment(at: number, field: string): Ms {
  const rounded = Math.round(at);
  if (rounded >= EARLIEST && rounded < LATEST) return rounded;
  throw new Unreadable(`${field} is not a time between 2000 and 2100`);
}

const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

/**
 * An ISO 8601 or RFC 3339 time with its offset. Without one the moment could be hours off: then, and for any other
 * text, it throws `Unreadable`.
 */
export function instant(text: string, field: string): Ms {
  const [, day, time, fraction = "", offset] = INSTANT.exec(text) ?? [];
  const seconds = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(seconds)) throw new Unreadable(`${field} is not a time with an offset`);
  return moment(seconds + Number(`0.${fraction || "0"}`) * 1000, field);
}
