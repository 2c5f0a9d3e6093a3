import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import {
  DEFAULT_GOAL,
  DEFAULT_TARGET_MS,
  HEATS,
  MOST_TARGET_MS,
  WAITING_ROOM_SORTS,
  type WaitingLens,
  type WaitMeasure,
} from "#domain/waits/waiting-page.ts";
import { type OffsetPeriod, offsetPeriodsOf } from "#domain/waits/week-hours.ts";
import type { AskedParams } from "#server/http/asked.ts";
import {
  leniently,
  NARROWING,
  noticed,
  sortedBy,
  type ValuesOf,
} from "#server/http/lists/parameters.ts";
import { offsetIn } from "#server/http/period.ts";
import { upTo, word } from "#server/http/query.ts";
import { viewer } from "#server/http/viewer.ts";

const QUARTER_MS: Ms = 900_000;
const DAY_MS: Ms = 86_400_000;
/** No event is older than this, in any zone. */
const FIRST_MS: Ms = -DAY_MS;

/** What waits are measured by. */
export const MEASURE = {
  target_ms: noticed(
    upTo(MOST_TARGET_MS, 1)
      .default(DEFAULT_TARGET_MS)
      .describe(`The target of the service level; the default is ${DEFAULT_TARGET_MS}`),
    "The usual target counts.",
  ),
  level: noticed(
    word(LEVEL_MODES)
      .default(null)
      .describe("How the service level is counted; the default is neutral"),
    "The service level is the usual one.",
  ),
  short: noticed(
    word(SHORT_LEAVES)
      .default(null)
      .describe("Whether a wait left within 10 s is kept apart; the default is apart"),
    "Short leaves are counted apart.",
  ),
};

/** What the metrics can be asked with, besides their days. */
export const METRICS = z.object({
  source: NARROWING.source,
  room: NARROWING.room,
  ...MEASURE,
  ...sortedBy(WAITING_ROOM_SORTS),
});

/** What only the page can be asked with. */
const LENS = z.object({
  ...sortedBy(WAITING_ROOM_SORTS),
  goal: noticed(
    upTo(100, 1).default(DEFAULT_GOAL),
    () => `The goal is ${viewer().manner.percent.replace("{}", String(DEFAULT_GOAL))}.`,
  ),
  ...MEASURE,
  heat: noticed(word(HEATS).default(null), "Hours are coloured as usual."),
});

/** The lens of the page, besides what it lists. */
export function waitingLensIn(asked: AskedParams): Omit<WaitingLens, "shown" | "weekHour"> {
  const { goal, heat, ...values } = leniently(LENS, asked);
  return { ...measureOf(values), goal, heat: heat ?? "left", ...waitingOrderOf(values) };
}

export function measureOf({ target_ms, level, short }: ValuesOf<typeof MEASURE>): WaitMeasure {
  return { targetMs: target_ms, mode: level ?? "neutral", short: short ?? "apart" };
}

/** How the rooms of the metrics are sorted. */
export function waitingOrderOf({ sort, order }: Pick<z.output<typeof METRICS>, "sort" | "order">) {
  return { sort: sort ?? ("waits" as const), order: order ?? ("desc" as const) };
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
