import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import type { WaitCount } from "./wait-count.ts";

const HOUR_MS: Ms = 3_600_000;
const DAY_MS: Ms = 24 * HOUR_MS;
/** No zone changes its offset and back within so short a time. */
const STEP_MS: Ms = 7 * DAY_MS;
/** The first of January 1970 was a Thursday, three days after a Monday. */
const FIRST_HOUR = 3 * 24;

export const HOURS_A_WEEK = 168;

/** `[from, to)` with one constant offset of local time to UTC. */
export interface OffsetPeriod {
  from: Ms;
  to: Ms;
  offsetMs: Ms;
}

/** The periods of constant offset in a time span, in order and without holes; none of an empty span. */
export function offsetPeriodsOf(from: Ms, to: Ms, offsetAt: OffsetAt): OffsetPeriod[] {
  const periods: OffsetPeriod[] = [];
  let start = from;
  let offsetMs = offsetAt(from);
  for (let at = from; at < to; ) {
    const next = Math.min(at + STEP_MS, to);
    const offsetThen = offsetAt(next);
    if (offsetThen !== offsetMs) {
      const change = changeBetween(at, next, offsetAt);
      periods.push({ from: start, to: change, offsetMs });
      start = change;
      offsetMs = offsetThen;
    }
    at = next;
  }
  if (start < to) periods.push({ from: start, to, offsetMs });
  return periods;
}

/** The first moment after `from` at which the offset is that of `to`. */
function changeBetween(from: Ms, to: Ms, offsetAt: OffsetAt): Ms {
  const after = offsetAt(to);
  let [before, at] = [from, to];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (offsetAt(middle) === after) at = middle;
    else before = middle;
  }
  return at;
}

/** Which hour of the local week a moment is in, from 0 for Monday 0:00–1:00. */
export function weekHourOf(at: Ms, offsetMs: Ms): number {
  return (Math.floor((at + offsetMs) / HOUR_MS) + FIRST_HOUR) % HOURS_A_WEEK;
}

/** The waits that began in one hour of the week. */
export interface WeekHour {
  /** 0 to 167, see `weekHourOf`. */
  hour: number;
  count: WaitCount;
}

/** 1 for Monday to 7 for Sunday, and 0 to 23. */
export function dayAndHour(weekHour: number): { weekday: number; hour: number } {
  return { weekday: Math.floor(weekHour / 24) + 1, hour: weekHour % 24 };
}

/** The first to the last hour of the day in which any wait began; office hours where none did. */
export function hoursShown(hours: readonly WeekHour[]): number[] {
  const used = hours.map(({ hour }) => hour % 24);
  const first = Math.min(8, ...used);
  const last = Math.max(17, ...used);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
