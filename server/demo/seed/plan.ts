import type { Ms } from "#domain/time/ms.ts";
import { toldOf } from "#server/demo/world/told.ts";
import { type Days, type OpenSeries, openHistory } from "./history.ts";
import { DAY, dayOf } from "./kinds/calendar.ts";

/** The part of a seed's history that has a wanted number of events. */
export interface SeedPlan {
  /** How many series it has. */
  series: number;
  days: Days;
  /** How many events that is, counted or estimated. */
  expected: number;
}

/** About how many events a series has in a week. */
const EVENTS_A_WEEK = 134;
const LEAST_SERIES = 5;
const WEEKS = { least: 1, most: 104 };
/** At most this many days of series are counted, and the rest is estimated from them. */
const COUNTED = 25_000;
/** Far enough back for any number of events. */
const FURTHEST: Ms = 5 * 365 * DAY;

/**
 * The part of a seed's history that has about `events` until the end of `lastDay`: more events mean more series
 * and, up to two years, more weeks. A small one is counted, a large one estimated to a percent or two.
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
 * The least sufficient number of 1, 5, 11, 13 and so on: without a factor of the week or of the order of the
 * series, so that every weekday of every kind is counted equally often.
 */
function strideOf(atLeast: number): number {
  let stride = 1;
  while (stride < atLeast || [2, 3, 7].some((factor) => stride % factor === 0)) stride += 1;
  return stride;
}

/** The events of every `stride`-th series on a day, with an offset that moves on every day. */
function eventsOn(open: readonly OpenSeries[], utc: Ms, stride: number): number {
  const day = dayOf(utc);
  let events = 0;
  for (let index = (utc / DAY) % stride; index < open.length; index += stride) {
    for (const gathering of open[index]?.diary(day) ?? []) events += toldOf(gathering).length;
  }
  return events;
}
