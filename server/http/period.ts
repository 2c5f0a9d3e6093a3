import { tzOffset } from "@date-fns/tz";
import type { Ms } from "#domain/time/ms.ts";
import {
  addDays,
  dayAt,
  isDay,
  type OffsetAt,
  type Period,
  periodOf,
} from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { AskedParams } from "./asked.ts";

/** The days shown where no range is given: four weeks, today included. */
export const DEFAULT_DAYS = 28;
const MINUTE_MS: Ms = 60_000;

/** How far local time of a zone (IANA name) is ahead of UTC, by moment. */
export function offsetIn(timeZone: string): OffsetAt {
  return (at) => Math.round(tzOffset(timeZone, new Date(at)) * MINUTE_MS);
}

/** The zone that a query names as `tz`, or else `zone`. */
export function timeZoneIn(asked: AskedParams, zone: string): string {
  const parse = (text: string) => (isTimeZone(text) ? text : null);
  return asked.read("tz", parse, `Times are those of ${zone}.`) ?? zone;
}

/**
 * The days that a query names: `from` and `to` as `YYYY-MM-DD`, both included, in the zone `tz` (else
 * `zone`). No `to` means until today, no `from` the four weeks up to `to`. A value that cannot be read counts as
 * absent, and days given the wrong way round are turned.
 */
export function periodIn(params: URLSearchParams, now: Ms, zone: string): Period {
  const asked = AskedParams.of(params);
  const timeZone = timeZoneIn(asked, zone);
  const offsetAt = offsetIn(timeZone);
  const last = asked.read("to", dayOf, "The days end today.") ?? dayAt(now, offsetAt);
  const first =
    asked.read("from", dayOf, `The ${DEFAULT_DAYS} days up to the last one are shown.`) ??
    addDays(last, 1 - DEFAULT_DAYS);
  return periodOf(first, last, timeZone, offsetAt);
}

function dayOf(text: string): string | null {
  return isDay(text) ? text : null;
}
