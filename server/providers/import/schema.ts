import { z } from "zod";
import { expected } from "#server/providers/contract/provider.ts";
import { PARTS } from "./languages/language.ts";
import { COLUMN_ROLES } from "./languages/roles.ts";

const text = z.string({ error: expected("text") });
const label = z.string().nullish().catch(null);

/** What a row of a file says, by what kind of row it is. */
export const KINDS = [
  /** The meeting itself: when it began and ended. */
  "meeting",
  /** One stay. */
  "visit",
  /** All of somebody's stays in one row: from the first, until the last, and how long in all. */
  "person",
  /** Somebody came, or went. */
  "action",
  /** A stay as it was filed when it ended: when that was, and how long it had been. */
  "endpoint",
  /** A list of comings and goings ends: of whoever had not gone nothing more is known. */
  "list",
] as const;
export type LineKind = (typeof KINDS)[number];

/** One line of an attendance file, with what of the rest of the file is needed to understand it. */
export const Line = z.object(
  {
    file: text,
    line: z.int({ error: expected("a whole number") }).nonnegative(),
    /** The IANA name of the zone in which the file's clocks stood. */
    zone: text.refine(isZone, "is not a time zone"),
    dates: z.enum(["month_first", "day_first"], { error: expected("an order of dates") }),
    /** The day of times without a date, `YYYY-MM-DD`. */
    day: label,
    room: text,
    /** The file itself says which room: else its name or somebody did. */
    room_said: z.boolean({ error: expected("true or false") }),
    title: label,
    /** The host's address, where the head names one. */
    host: label,
    row: z.array(z.tuple([text, text]), { error: expected("a list of columns and cells") }),
    /**
     * What the columns of the row were understood as, `null` for those that were not read. Lines that were
     * kept before this was said are read by the names of their columns, as they were then.
     */
    columns: z.array(z.enum(COLUMN_ROLES).nullable()).nullish(),
    /** What the part of the file holds in which the row stands. */
    part: z.enum(PARTS).nullish(),
    /** Another row of the file says whose address that name has. */
    email: label,
    /** Nobody of that name came before, in this meeting. */
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

/** To ask for a zone costs more than all the rest of a line, and a file has one. */
const zones = new Map<string, boolean>();
const ZONES_KEPT = 1_000;

function isZone(name: string): boolean {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (zones.size >= ZONES_KEPT) zones.clear();
  const found = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name) && isFound(name);
  zones.set(name, found);
  return found;
}

function isFound(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
