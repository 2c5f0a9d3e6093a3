import type { WaitScope, WaitSelection } from "#db/reading/history/wait-filter.ts";
import type { Ms } from "#domain/event.ts";
import type { OffsetAt } from "#domain/history/period.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/history/waiting.ts";
import {
  DEFAULT_TARGET_MS,
  HEATS,
  MOST_TARGET_MS,
  ROOM_SORTS,
  SHOWN,
  type WaitingLens,
  type Yardstick,
} from "#domain/history/waiting-page.ts";
import { HOURS_A_WEEK, type Stretch, stretchesOf } from "#domain/history/week-hours.ts";
import { OUTCOMES } from "#domain/wait.ts";
import { ApiError } from "#server/api/answer.ts";
import { oneOf, textIn, wholeNumberIn } from "#server/api/query.ts";
import { leniently } from "./address.ts";
import { offsetIn } from "./period.ts";
import { fourWeeksIn, rangeIn, timeZoneOf } from "./range.ts";

const DEFAULT_GOAL = 90;
const QUARTER_MS: Ms = 900_000;
const DAY_MS: Ms = 86_400_000;
/** Nothing was heard before, in any zone. */
const FIRST_MS: Ms = -DAY_MS;

/** How the waits of an address are looked at; what cannot be read is as if it were not there. */
export function waitingLensIn(url: URL): WaitingLens {
  return {
    ...yardstickIn(url, leniently),
    goal: leniently(() => between(url, "goal", 1, 100)) ?? DEFAULT_GOAL,
    heat: leniently(() => oneOf(url, "heat", HEATS)) ?? "left",
    shown: leniently(() => oneOf(url, "show", SHOWN)) ?? "lost",
    weekHour: leniently(() => wholeNumberIn(url, "week_hour", HOURS_A_WEEK - 1)),
    sort: leniently(() => oneOf(url, "sort", ROOM_SORTS)) ?? "waits",
    order: leniently(() => oneOf(url, "order", ["asc", "desc"] as const)) ?? "desc",
  };
}

/** How a program wants waits to be measured. Throws 400 for what cannot be read. */
export function yardstickOf(url: URL): Yardstick {
  return yardstickIn(url, strictly);
}

function yardstickIn(url: URL, read: <T>(field: () => T | null) => T | null): Yardstick {
  return {
    targetMs: read(() => between(url, "target_ms", 1, MOST_TARGET_MS)) ?? DEFAULT_TARGET_MS,
    mode: read(() => oneOf(url, "level", LEVEL_MODES)) ?? "neutral",
    short: read(() => oneOf(url, "short", SHORT_LEAVES)) ?? "apart",
  };
}

/** The waits that a program asks for. Throws 400 for what cannot be read. */
export function waitSelectionIn(url: URL): WaitSelection {
  const range = rangeIn(url);
  const hour = wholeNumberIn(url, "week_hour", HOURS_A_WEEK - 1);
  return {
    source: textIn(url, "source"),
    room: textIn(url, "room"),
    ...range,
    shown: oneOf(url, "show", SHOWN) ?? "all",
    outcome: oneOf(url, "outcome", OUTCOMES),
    targetMs: yardstickOf(url).targetMs,
    weekHour:
      hour === null ? null : { hour, stretches: stretchesIn(range, timeZoneOf(url), Date.now()) },
  };
}

/** The waits that a program wants to be measured: of four weeks, where it does not say. */
export function waitScopeIn(url: URL, now: Ms): WaitScope & { from: Ms; to: Ms } {
  return { source: textIn(url, "source"), room: textIn(url, "room"), ...fourWeeksIn(url, now) };
}

/** The stretches of one offset each of a zone in a range, from a whole quarter of an hour on. */
export function stretchesIn(
  { from, to }: { from: Ms | null; to: Ms | null },
  timeZone: string,
  now: Ms,
): Stretch[] {
  const offsetAt: OffsetAt = offsetIn(timeZone);
  const since = Math.max(from ?? FIRST_MS, FIRST_MS);
  // Clocks of providers are not ours, but nothing was heard tomorrow.
  const until = Math.min(to ?? now + DAY_MS, now + DAY_MS);
  return stretchesOf(Math.floor(since / QUARTER_MS) * QUARTER_MS, until, offsetAt);
}

function between(url: URL, name: string, least: number, most: number): number | null {
  const value = wholeNumberIn(url, name, most);
  if (value !== null && value < least) {
    throw new ApiError(400, `bad_${name}`, `${name} must be from ${least} to ${most}.`);
  }
  return value;
}

function strictly<T>(read: () => T | null): T | null {
  return read();
}
