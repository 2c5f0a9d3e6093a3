import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Times } from "./scheduled.ts";
import type { SeenPerson } from "./seen.ts";

/**
 * The standing of an expected person at a moment:
 * - `present`: in; `waiting`: in the waiting room;
 * - `left`: was in and is not; `not_admitted`: waited, was never let in, and is gone;
 * - never seen: `expected` until the limit for being late, `late` until the end, `absent` (a no-show)
 * after.
 */
export const STANDINGS = [
  "present",
  "waiting",
  "late",
  "expected",
  "left",
  "not_admitted",
  "absent",
] as const;
export type RosterStanding = (typeof STANDINGS)[number];

/** The fields of a seen person that decide their standing. */
export type StaysOfPerson = Pick<SeenPerson, "presence" | "waits">;

export function standingOf(stays: StaysOfPerson | null, times: Times, at: Ms): RosterStanding {
  if (stays !== null) {
    if (stays.presence.some((stay) => covers(stay, at))) return "present";
    if (stays.waits.some((wait) => covers(wait, at))) return "waiting";
    if (stays.presence.some(({ from }) => from <= at)) return "left";
    if (stays.waits.some(({ from }) => from <= at)) return "not_admitted";
  }
  if (at >= times.endsAt) return "absent";
  return at > times.startsAt + times.lateAfterMs ? "late" : "expected";
}

/** How long after the start a late person came in: first join > start + limit; else `null`. */
export function cameLateBy(stays: StaysOfPerson | null, times: Times, at: Ms): Ms | null {
  const first = stays?.presence[0]?.from ?? null;
  if (first === null || first > at) return null;
  return first > times.startsAt + times.lateAfterMs ? first - times.startsAt : null;
}

/** Half open: a person who comes at the moment is there, one who goes at it is not. */
export function covers({ from, to }: Interval, at: Ms): boolean {
  return from <= at && (to === null || at < to);
}
