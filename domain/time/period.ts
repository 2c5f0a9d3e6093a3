import type { Ms } from "./ms.ts";
import { formatUtc, parseUtc } from "./time.ts";

/** Whole calendar days of one time zone: `[from, to)` in epoch ms, from its first day to its last. */
export interface Period {
  from: Ms;
  to: Ms;
  /** IANA name. */
  timeZone: string;
  /** `YYYY-MM-DD`; the last day is part of it. */
  firstDay: string;
  lastDay: string;
}

/** How far the local time of a zone is ahead of UTC at a moment. */
export type OffsetAt = (at: Ms) => Ms;

const DAY_MS: Ms = 86_400_000;

/** The last day that can be requested: the days after it have four digits for their year too, in every zone. */
const LAST_DAY = "9999-12-29";

/** Whether a text is a day of the calendar, from the year 1970 to nearly the last of 9999, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const at = midnightUtc(text);
  return at !== null && at >= 0 && text <= LAST_DAY && formatUtc(at).slice(0, 10) === text;
}

/** The day `count` days later, or earlier where negative. Throws for a text that is no day. */
export function addDays(day: string, count: number): string {
  return formatUtc(dayMs(day) + count * DAY_MS).slice(0, 10);
}

/** Which day it is in a zone at a moment. */
export function dayAt(at: Ms, offsetAt: OffsetAt): string {
  return formatUtc(at + offsetAt(at)).slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. Throws for a text that is no day. */
export function weekdayOf(day: string): number {
  // The first of January 1970 was a Thursday.
  return ((dayMs(day) / DAY_MS + 3) % 7) + 1;
}

/** How many days from the first to the last, both counted. */
export function daysIn({ firstDay, lastDay }: Pick<Period, "firstDay" | "lastDay">): number {
  return (dayMs(lastDay) - dayMs(firstDay)) / DAY_MS + 1;
}

/**
 * The first moment of a day in a zone. Where clocks skip midnight it is the moment they skip to; where
 * midnight comes twice, the first; a day that a zone left out begins when the next does.
 */
export function startOfDay(day: string, offsetAt: OffsetAt): Ms {
  const local = dayMs(day);
  // No zone is a day ahead or behind, and none changes twice in two days.
  const before = offsetAt(local - DAY_MS);
  const after = offsetAt(local + DAY_MS);
  const candidates = [local - Math.max(before, after), local - Math.min(before, after)];
  const exact = candidates.find((at) => at + offsetAt(at) === local);
  return exact ?? firstAtOrAfter(local, candidates, offsetAt);
}

/** The days from one to another, whichever comes first, in a zone. */
export function periodOf(one: string, other: string, timeZone: string, offsetAt: OffsetAt): Period {
  const [firstDay, lastDay] = one <= other ? [one, other] : [other, one];
  const from = startOfDay(firstDay, offsetAt);
  return { from, to: startOfDay(addDays(lastDay, 1), offsetAt), timeZone, firstDay, lastDay };
}

/** The moment at which clocks skip over a local time: the first at which they show it or later. */
function firstAtOrAfter(local: Ms, [low = 0, high = 0]: Ms[], offsetAt: OffsetAt): Ms {
  let [before, at] = [low - 1, high];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (middle + offsetAt(middle) >= local) at = middle;
    else before = middle;
  }
  return at;
}

function dayMs(day: string): Ms {
  const at = midnightUtc(day);
  if (at === null) throw new RangeError(`${day} is no day`);
  return at;
}

function midnightUtc(day: string): Ms | null {
  return parseUtc(`${day}T00:00:00.000Z`);
}
