import type { Ms } from "#domain/event.ts";
import { factsOf } from "./facts.ts";
import { type Days, type OpenSeries, openHistory } from "./history.ts";
import { DAY, dayOf } from "./plot/calendar.ts";

/** Which part of a seed's history has so many events. */
export interface Plan {
  /** How many series it has. */
  series: number;
  days: Days;
  /** How many events that is, as far as it was counted. */
  expected: number;
}

/** About what a series tells in a week. */
const EVENTS_A_WEEK = 134;
const LEAST_SERIES = 5;
const WEEKS = { least: 1, most: 104 };
/** So many days of series are counted at most, before the rest is estimated from them. */
const COUNTED = 20_000;
/** Far enough back to find whatever number there is to find. */
const FURTHEST: Ms = 5 * 365 * DAY;

/**
 * The part of a seed's history that has about so many events until the end of a day: more events are more
 * series and, up to two years, more weeks. A small one is counted, a large one estimated to a percent or two.
 */
export function planHistory(seed: number, events: number, lastDay: Ms): Plan {
  const wanted = events / EVENTS_A_WEEK;
  const weeks = Math.min(Math.max(Math.sqrt(wanted), WEEKS.least), WEEKS.most);
  const series = Math.max(LEAST_SERIES, Math.round(wanted / weeks));
  const open = openHistory(seed, series);
  // Every so many days, never a multiple of seven, so that each weekday is counted as often.
  const stride = oddOf((7 * weeks * series) / COUNTED);
  let expected = 0;
  let first = lastDay;
  while (lastDay - first < FURTHEST) {
    expected += eventsOn(open, first) * stride;
    if (expected >= events) break;
    first -= stride * DAY;
  }
  return { series, days: { first, last: lastDay }, expected };
}

/** The least of 1, 3, 5, 9, 11, 13, 15 … that is enough. */
function oddOf(atLeast: number): number {
  let odd = 1;
  while (odd < atLeast || odd % 7 === 0) odd += 2;
  return odd;
}

function eventsOn(open: readonly OpenSeries[], utc: Ms): number {
  const day = dayOf(utc);
  let events = 0;
  for (const { diary } of open) {
    for (const gathering of diary(day)) events += factsOf(gathering).length;
  }
  return events;
}
