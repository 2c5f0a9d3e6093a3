import { z } from "zod";
import { expected } from "#server/providers/contract/reading.ts";
import { PARTS } from "./languages/language.ts";
import { COLUMN_ROLES } from "./languages/roles.ts";

const text = z.string({ error: expected("text") });
const label = z.string().nullish().catch(null);

/** The kinds of rows in a file. */
export const KINDS = [
  /** The meeting itself: when it began and ended. */
  "meeting",
  /** One stay. */
  "visit",
  /** All stays of a person in one row: the first and last moment, and the length in all. */
  "person",
  /** A join or a leave. */
  "action",
  /** A stay as logged when it ended: its end and its length. */
  "endpoint",
  /** The end of a list of joins and leaves; of people who had not left nothing more is known. */
  "list",
] as const;
export type LineKind = (typeof KINDS)[number];

/** One line of an attendance file, with what is needed of the rest of the file to read it. */
export const Line = z.object(
  {
    file: text,
    line: z.int({ error: expected("a whole number") }).nonnegative(),
    /** The IANA name of the zone of the file's times. */
    zone: text.refine(isZone, "is not a time zone"),
    dates: z.enum(["month_first", "day_first"], { error: expected("an order of dates") }),
    /** The day of times without a date, `YYYY-MM-DD`. */
    day: label,
    room: text,
    /** Whether the file itself names the room; else its name or an operator did. */
    room_said: z.boolean({ error: expected("true or false") }),
    title: label,
    /** The host's address, where the head names one. */
    host: label,
    row: z.array(z.tuple([text, text]), { error: expected("a list of columns and cells") }),
    /**
     * The meanings of the row's columns, `null` for those that were not read. Older lines, stored without this
     * field, are read by the names of their columns, as they were then.
     */
    columns: z.array(z.enum(COLUMN_ROLES).nullable()).nullish(),
    /** The part of the file that the row is in. */
    part: z.enum(PARTS).nullish(),
    /** The address that another row of the file has for this name. */
    email: label,
    /** Whether no person with that name joined before in this meeting. */
    alone: z.boolean().nullish(),
  },
  { error: expected("an object") },
);

export const ImportEnvelope = z.object(
  { type: text, data: z.unknown().optional() },
  { error: expected("an object") },
);

export type Line = z.infer<typeof Line>;
export type ImportEnvelope = z.infer<typeof ImportEnvelope>;

/** Checking a zone costs more than the rest of a line, and a file has a single one. */
const zones = new Map<string, boolean>();
const MOST_ZONES = 1_000;

function isZone(name: string): boolean {
  const cached = zones.get(name);
  if (cached !== undefined) return cached;
  if (zones.size >= MOST_ZONES) zones.clear();
  const found = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name) && isSupported(name);
  zones.set(name, found);
  return found;
}

function isSupported(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
