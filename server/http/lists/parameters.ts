import { z } from "zod";
import type { Narrowed } from "#domain/lists/narrowing.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { ORDERS, text, unreadable, upTo, word } from "#server/http/query.ts";

/**
 * The parameters of a list: each stands once, and is what parses it. From them follow what an address takes, how it
 * is read for a program, and how for a page.
 */
export type ParameterShape = Readonly<
  Record<string, z.ZodType<unknown, string | string[] | null | undefined>>
>;
export type ValuesOf<Shape extends ParameterShape> = z.output<z.ZodObject<Shape>>;

const LONGEST_MS = 999_999_999_999;
const FOR_PAGES = z.registry<{ instead: string | (() => string) }>();
const FOR_PROGRAMS = z.registry();

/** A parameter that may be unreadable; `instead` says what a page shows then. */
export function noticed<Kind extends z.ZodType>(
  kind: Kind,
  instead: string | (() => string),
): Kind {
  FOR_PAGES.add(kind, { instead });
  return kind;
}

/** Whether it is a parameter that a page names where it cannot read it. */
export function isNoticed(kind: z.ZodType): boolean {
  return FOR_PAGES.has(kind) && !FOR_PROGRAMS.has(kind);
}

/** The same parameter, which this list's page does not take. */
export function forPrograms<Kind extends z.ZodType>(kind: Kind): Kind {
  const own = kind.clone();
  FOR_PROGRAMS.add(own);
  return own;
}

/** What every list over the past can be narrowed by. */
export const NARROWING = {
  source: text.default(null).describe("The id of a source"),
  room: text.default(null).describe("A room by its key, as the provider names it"),
  q: text.default(null).describe("Words in a room, a title or a name"),
  min_duration_ms: noticed(
    upTo(LONGEST_MS)
      .transform((ms) => (ms === 0 ? null : ms))
      .default(null)
      .describe("Meetings of at least this length; one in progress counts up to now"),
    "Meetings of any length count.",
  ),
};

/** The column and the direction by which a list can be sorted; `null` for the usual one. */
export function sortedBy<Sort extends string>(sorts: readonly Sort[]) {
  return {
    sort: noticed(
      word(sorts).default(null).describe("What the list is sorted by"),
      "The usual order is shown.",
    ),
    order: noticed(
      word(ORDERS).default(null).describe("In which direction"),
      "The usual direction is shown.",
    ),
  };
}

/** The values that a program asks for, those that `repeats` names as arrays. Throws 400 for one that cannot be read. */
export function strictly<Shape extends ParameterShape>(
  query: z.ZodObject<Shape>,
  { searchParams }: URL,
  repeats: readonly string[] = [],
): ValuesOf<Shape> {
  const several = repeats.flatMap((name) =>
    searchParams.has(name) ? [[name, searchParams.getAll(name)]] : [],
  );
  const read = query.safeParse(Object.fromEntries([...searchParams, ...several]));
  if (read.success) return read.data;
  throw unreadable(String(read.error.issues[0]?.path[0]), read.error);
}

/** The values that a page is asked for. One that cannot be read counts as absent, and is named above the page. */
export function leniently<Shape extends ParameterShape>(
  query: z.ZodObject<Shape>,
  asked: AskedParams,
): ValuesOf<Shape> {
  const shape: ParameterShape = query.shape;
  const given: Record<string, string> = {};
  for (const [name, kind] of Object.entries(shape)) {
    const value = FOR_PROGRAMS.has(kind) ? null : asked.text(name);
    if (value !== null) given[name] = value;
  }
  const read = query.safeParse(given);
  if (read.success) return read.data;
  for (const { path } of read.error.issues) {
    const name = String(path[0]);
    const kind = shape[name];
    const { instead = "It changes nothing." } = (kind && FOR_PAGES.get(kind)) ?? {};
    asked.passOver(name, typeof instead === "string" ? instead : instead());
    delete given[name];
  }
  return query.parse(given);
}

/** What a page's list is narrowed to besides its days; `null` for what its list does not take. */
export function narrowedOf(values: {
  source?: string | null;
  room?: string | null;
  q?: string | null;
  min_duration_ms?: Ms | null;
}): Narrowed {
  const { source = null, room = null, q = null, min_duration_ms: minDurationMs = null } = values;
  return { source, room, q, minDurationMs };
}

/** The condition on the length of meetings, up to `now` where they go on. */
export function longerThan(ms: Ms | null, now: Ms): { ms: Ms; now: Ms } | null {
  return ms === null ? null : { ms, now };
}
