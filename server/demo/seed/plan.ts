import type { Ms } from "#domain/time/ms.ts";
import { factsOf } from "./facts.ts";
import { type Days, type OpenSeries, openHistory } from "./history.ts";
import { DAY, dayOf } from "./plot/calendar.ts";

/** Which part of a seed's history has so many events. */
export interface SeedPlan {
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
/** So many days of series are counted at most, and the rest is estimated from them. */
const COUNTED = 25_000;
/** Far enough back to find whatever number there is to find. */
const FURTHEST: Ms = 5 * 365 * DAY;

/**
 * The part of a seed's history that has about so many events until the end of a day: more events are more
 * series and, up to two years, more weeks. A small one is counted, a large one estimated to a percent or two.
 */
export function planHistory(seed: number, events: number, lastDay: Ms): SeedPlan {
  const wanted = events / EVENTS_A_WEEK;
  const weeks = Math.min(Math.max(Math.sqrt(wanted), WEEKS.least), WEEKS.most);
  const series = Math.max(LEAST_SERIES, Math.round(wanted / weeks));
  const open = openHistory(seed, series);
  const stride = strideOf((7 * weeks * series) / COUNTED);
  let expected = 0;
  let first = lastDay;
  for (; lastDay - first < FURTHEST; first -= DAY) {
    expected += eventsOn(open, first, stride) * stride;
    if (expected >= events) break;
  }
  return { series, days: { first, last: lastDay }, expected };
}

/**
 * The least that is enough of 1, 5, 11, 13 and so on: with no factor of a week or of the order of the series,
 * so that every weekday of every kind is counted as often as another.
 */
function strideOf(atLeast: number): number {
  let stride = 1;
  while (stride < atLeast || [2, 3, 7].some((factor) => stride % factor === 0)) stride += 1;
  return stride;
}

/** The events on a day of one in so many series, on the next day of the next ones. */
function eventsOn(open: readonly OpenSeries[], utc: Ms, stride: number): number {
  const day = dayOf(utc);
  let events = 0;
  for (let index = (utc / DAY) % stride; index < open.length; index += stride) {
    for (const gathering of open[index]?.diary(day) ?? []) events += factsOf(gathering).length;
  }
  return events;
}
