import type { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { periodIn } from "#server/http/period.ts";
import { fourWeeksIn, rangeIn, type TimeRange, timeZoneOf } from "#server/http/range.ts";
import { RANGE } from "#server/http/takes.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { installationTimeZone } from "#server/http/zone.ts";

/** The days of a list, and the zone in which they begin. */
export interface DaysAsked extends TimeRange {
  timeZone: string;
}

/** How the days of a list are asked for: by programs, and on its page. */
export interface ListDays<Days extends DaysAsked, PageDays extends Days> {
  takes: Readonly<Record<string, z.ZodType>>;
  /** Throws 400 for days that cannot be read. */
  strictly: (url: URL, now: Ms) => Days;
  leniently: (asked: AskedParams, now: Ms) => PageDays;
}

/** All days where a program names none; a page shows four weeks. */
export const ANY_DAYS: ListDays<DaysAsked, Period> = {
  takes: RANGE,
  strictly: (url) => ({ ...rangeIn(url), timeZone: timeZoneOf(url) }),
  leniently: (asked, now) => periodIn(asked, now, viewerZone()),
};

/** Four weeks where none are named. */
export const FOUR_WEEKS: ListDays<DaysAsked & { from: Ms; to: Ms }, Period> = {
  takes: RANGE,
  strictly: (url, now) => ({ ...fourWeeksIn(url, now), timeZone: timeZoneOf(url) }),
  leniently: (asked, now) => periodIn(asked, now, viewerZone()),
};

/** A list that has no days. */
export const NO_DAYS: ListDays<DaysAsked, DaysAsked> = {
  takes: {},
  strictly: () => ({ from: null, to: null, timeZone: installationTimeZone() }),
  leniently: () => ({ from: null, to: null, timeZone: viewerZone() }),
};
