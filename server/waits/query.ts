import type { WaitScope, WaitSelection } from "#db/waits/wait-filter.ts";
import { OUTCOMES } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import {
  DEFAULT_TARGET_MS,
  HEATS,
  MOST_TARGET_MS,
  WAITING_ROOM_SORTS,
  WAITING_TABS,
  type WaitingLens,
  type WaitMeasure,
} from "#domain/waits/waiting-page.ts";
import { HOURS_A_WEEK, type OffsetPeriod, offsetPeriodsOf } from "#domain/waits/week-hours.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { sortedIn } from "#server/http/narrowing.ts";
import { offsetIn } from "#server/http/period.ts";
import { oneOf, textIn, wholeNumberIn } from "#server/http/query.ts";
import { fourWeeksIn, rangeIn, timeZoneOf } from "#server/http/range.ts";
import { viewer } from "#server/http/viewer.ts";

const DEFAULT_GOAL = 90;
const QUARTER_MS: Ms = 900_000;
const DAY_MS: Ms = 86_400_000;
/** No event is older than this, in any zone. */
const FIRST_MS: Ms = -DAY_MS;

/** The lens that an address names. A parameter that cannot be read counts as absent. */
export function waitingLensIn(asked: AskedParams, url: URL): WaitingLens {
  const [sort, order] = sortedIn(asked, WAITING_ROOM_SORTS);
  const goal = asked.read(
    "goal",
    () => between(url, "goal", 1, 100),
    `The goal is ${viewer().manner.percent.replace("{}", String(DEFAULT_GOAL))}.`,
  );
  const hour = () => wholeNumberIn(url, "week_hour", HOURS_A_WEEK - 1);
  return {
    ...measureIn(url, (name, field, instead) => asked.read(name, field, instead)),
    goal: goal ?? DEFAULT_GOAL,
    heat: asked.oneOf("heat", HEATS, "Hours are coloured as usual.") ?? "left",
    shown: asked.oneOf("show", WAITING_TABS, "Whoever was lost is listed.") ?? "lost",
    weekHour: asked.read("week_hour", hour, "Waits of any hour are listed."),
    sort: sort ?? "waits",
    order: order ?? "desc",
  };
}

/** The measure that a program asks for. Throws 400 for a parameter that cannot be read. */
export function measureOf(url: URL): WaitMeasure {
  return measureIn(url, strictly);
}

/** Reads one field; `instead` is the notice shown where it cannot be read. */
type Read = <T>(name: string, field: () => T | null, instead: string) => T | null;

function measureIn(url: URL, read: Read): WaitMeasure {
  const target = () => between(url, "target_ms", 1, MOST_TARGET_MS);
  const level = () => oneOf(url, "level", LEVEL_MODES);
  const short = () => oneOf(url, "short", SHORT_LEAVES);
  return {
    targetMs: read("target_ms", target, "The usual target counts.") ?? DEFAULT_TARGET_MS,
    mode: read("level", level, "The service level is the usual one.") ?? "neutral",
    short: read("short", short, "Short leaves are counted apart.") ?? "apart",
  };
}

/** The waits that a program asks for. Throws 400 for a parameter that cannot be read. */
export function waitSelectionIn(url: URL): WaitSelection {
  const range = rangeIn(url);
  const hour = wholeNumberIn(url, "week_hour", HOURS_A_WEEK - 1);
  return {
    source: textIn(url, "source"),
    room: textIn(url, "room"),
    ...range,
    shown: oneOf(url, "show", WAITING_TABS) ?? "all",
    outcome: oneOf(url, "outcome", OUTCOMES),
    targetMs: measureOf(url).targetMs,
    weekHour:
      hour === null
        ? null
        : { hour, stretches: offsetPeriodsIn(range, timeZoneOf(url), Date.now()) },
  };
}

/** The waits whose metrics a program asks for; of the last four weeks where it names no days. */
export function waitScopeIn(url: URL, now: Ms): WaitScope & { from: Ms; to: Ms } {
  return { source: textIn(url, "source"), room: textIn(url, "room"), ...fourWeeksIn(url, now) };
}

/** A range cut into periods in which the zone has one offset. The first starts at a whole quarter of an hour. */
export function offsetPeriodsIn(
  { from, to }: { from: Ms | null; to: Ms | null },
  timeZone: string,
  now: Ms,
): OffsetPeriod[] {
  const offsetAt: OffsetAt = offsetIn(timeZone);
  const since = Math.max(from ?? FIRST_MS, FIRST_MS);
  // A provider's clock may run ahead of ours, but not by more than a day.
  const until = Math.min(to ?? now + DAY_MS, now + DAY_MS);
  return offsetPeriodsOf(Math.floor(since / QUARTER_MS) * QUARTER_MS, until, offsetAt);
}

function between(url: URL, name: string, least: number, most: number): number | null {
  const value = wholeNumberIn(url, name, most);
  if (value !== null && value < least) {
    throw new ApiError(400, `bad_${name}`, `${name} must be from ${least} to ${most}.`);
  }
  return value;
}

function strictly<T>(_: string, field: () => T | null): T | null {
  return field();
}
