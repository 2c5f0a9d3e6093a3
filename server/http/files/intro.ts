import type { Ms } from "#domain/time/ms.ts";
import { dayAt, type OffsetAt } from "#domain/time/period.ts";
import type { TimeRange } from "#server/http/range.ts";
import { clockTime, DAYS, type FileIntro } from "./readable.ts";

/** The intro of a file for people: its days, its other filters, and the moment it is as of. */
export function introOf(
  title: string,
  { range, narrowed = [], asOf }: { range: TimeRange | null; narrowed?: NarrowedWords; asOf: Ms },
  offsetAt: OffsetAt,
): FileIntro {
  return {
    title,
    lines: [
      ...(range === null ? [] : [[DAYS, daysWords(range, offsetAt)] as const]),
      ...narrowed.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const])),
      ["As of", clockTime(asOf, offsetAt)],
    ],
  };
}

/** The filters of a list, in words. */
export function narrowedWords(filter: {
  q?: string | null;
  room?: string | null;
  longerThan?: { ms: Ms } | null;
}): NarrowedWords {
  return [
    ["Text looked for", filter.q ?? null],
    ["Room", filter.room ?? null],
    ["Meetings of at least", filter.longerThan ? `${filter.longerThan.ms / 60_000} min` : null],
  ];
}

/** Filters; `null` for one that was not set. */
export type NarrowedWords = readonly (readonly [label: string, text: string | null])[];

/** A range as days: `2026-10-24 to 2026-11-20`, both included. */
function daysWords({ from, to }: TimeRange, offsetAt: OffsetAt): string {
  const [first, last] = [
    from === null ? null : dayAt(from, offsetAt),
    to === null ? null : dayAt(to - 1, offsetAt),
  ];
  if (first === null) return last === null ? "all" : `until ${last}`;
  return last === null ? `from ${first}` : `${first} to ${last}`;
}
