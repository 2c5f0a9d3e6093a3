import { type Interval, lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { attendedUntil, type PersonFigures } from "./people.ts";

/** Two people's stored visits in a meeting that both were at. */
export interface MetBoth {
  graceMs: Ms;
  one: Interval[];
  other: Interval[];
}

/** The figures if two people were joined into one. */
export interface JoiningPreview {
  meetings: number;
  /** Meetings that both were at: these count once. */
  both: number;
  /** How many of these had both in at the same time, and for how long: one human hardly is. */
  atOnce: number;
  atOnceMs: Ms;
  attendedMs: Ms;
}

type Summed = Pick<PersonFigures, "meetings" | "attendedMs" | "openCount" | "openSum">;

/**
 * The figures after joining two people: meetings = those of both less the common ones; attended = the sum
 * of both less, in a common meeting, what exceeds their union, short gaps closed.
 */
export function previewJoining(
  one: Summed,
  other: Summed,
  met: readonly MetBoth[],
  now: Ms,
): JoiningPreview {
  let [atOnce, atOnceMs, twiceMs] = [0, 0, 0];
  for (const meeting of met) {
    const inOneMs = lengthIn(meeting.one, 0, now);
    const inOtherMs = lengthIn(meeting.other, 0, now);
    const sameMs = inOneMs + inOtherMs - lengthIn([...meeting.one, ...meeting.other], 0, now);
    if (sameMs > 0) atOnce += 1;
    atOnceMs += sameMs;
    const { graceMs } = meeting;
    twiceMs +=
      lengthIn(meeting.one, graceMs, now) +
      lengthIn(meeting.other, graceMs, now) -
      lengthIn([...meeting.one, ...meeting.other], graceMs, now);
  }
  return {
    meetings: one.meetings + other.meetings - met.length,
    both: met.length,
    atOnce,
    atOnceMs,
    attendedMs: attendedUntil(one, now) + attendedUntil(other, now) - twiceMs,
  };
}

function lengthIn(visits: readonly Interval[], graceMs: Ms, now: Ms): Ms {
  return lengthMs(union(visits, graceMs), now);
}
