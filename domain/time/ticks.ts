import type { Ms } from "./ms.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps people read without counting. */
export const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  DAY,
];

/** How far local time is ahead of UTC at a moment; it changes where the clocks do. */
export type ZoneOffset = (at: Ms) => Ms;

/** No zone changes its clocks more often than this. */
const PROBE_MS = 12 * HOUR;

/** The time between ticks so that there are at most `most` of them. */
export function stepOf({ from, to }: { from: Ms; to: Ms }, most: number): Ms {
  const length = to - from;
  const step = STEPS.find((candidate) => length / candidate <= most);
  return step ?? Math.ceil(length / most / DAY) * DAY;
}

/**
 * The moments of an axis, both ends included, at which clocks of the zone show a round time. Where clocks go
 * back a round time comes twice, where they go forward some are left out; a day begins at its first moment,
 * even where that is not midnight.
 */
export function ticksOf(
  { from, to }: { from: Ms; to: Ms },
  stepMs: Ms,
  offsetAt: ZoneOffset,
): Ms[] {
  const ticks: Ms[] = [];
  let before: Ms | null = null;
  for (const { since, until, offset } of periodsOf(from, to, offsetAt)) {
    const first = Math.ceil((since + offset) / stepMs) * stepMs - offset;
    const skipped =
      before !== null && Math.ceil((since + before) / stepMs) * stepMs - offset < since;
    if (stepMs >= DAY && skipped && first > since) ticks.push(since);
    for (let at = first; at < until || (at === to && until === to); at += stepMs) ticks.push(at);
    before = offset;
  }
  return ticks;
}

/** The parts of a period without a change of clocks. */
function periodsOf(from: Ms, to: Ms, offsetAt: ZoneOffset): { since: Ms; until: Ms; offset: Ms }[] {
  const intervals: { since: Ms; until: Ms; offset: Ms }[] = [];
  let since = from;
  let offset = offsetAt(from);
  for (let probe = from; probe < to; ) {
    const next = Math.min(probe + PROBE_MS, to);
    const then = offsetAt(next);
    if (then !== offset) {
      const change = firstWith(then, probe, next, offsetAt);
      intervals.push({ since, until: change, offset });
      since = change;
      offset = then;
    }
    probe = next;
  }
  intervals.push({ since, until: to, offset });
  return intervals;
}

/** The first moment, to the second, after `low` at which the offset is that of `high`. */
function firstWith(offset: Ms, low: Ms, high: Ms, offsetAt: ZoneOffset): Ms {
  let before = Math.floor(low / SECOND);
  let after = Math.ceil(high / SECOND);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * SECOND) === offset) after = middle;
    else before = middle;
  }
  return after * SECOND;
}
