import { atLocal } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, dayAt, isDay, type OffsetAt, startOfDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { ApiError } from "./answer.ts";
import { DEFAULT_DAYS, offsetIn } from "./period.ts";
import { textIn } from "./query.ts";
import { installationTimeZone } from "./zone.ts";

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** A range of moments, `to` not part of it; `null` leaves an end open. */
export interface TimeRange {
  from: Ms | null;
  to: Ms | null;
}

/** The zone that a program names as `tz`; `null` where it names none. Throws 400 for a name that is no zone. */
export function zoneIn(url: URL): string | null {
  const timeZone = textIn(url, "tz");
  if (timeZone !== null && !isTimeZone(timeZone)) {
    throw new ApiError(400, "bad_tz", "tz must be the name of a time zone such as Europe/Berlin.");
  }
  return timeZone;
}

/** The zone of the days and hours in an answer to a program. Throws 400 where `tz` is no zone. */
export function timeZoneOf(url: URL): string {
  return zoneIn(url) ?? installationTimeZone();
}

/**
 * `from` and `to` of a program, the same in every list: a date is that whole day in `tz`, so that `to` is part
 * of the range; a date with a time is that moment, by the clocks of `tz` where it has no offset. Throws 400
 * for any other text.
 */
export function rangeIn(url: URL): TimeRange {
  const offsetAt = offsetIn(timeZoneOf(url));
  return { from: endIn(url, "from", offsetAt), to: endIn(url, "to", offsetAt) };
}

/** The same, with four weeks where an end is open: up to the end of today, or back from `to`. */
export function fourWeeksIn(url: URL, now: Ms): { from: Ms; to: Ms } {
  const { from, to } = rangeIn(url);
  const offsetAt = offsetIn(timeZoneOf(url));
  const until = to ?? startOfDay(addDays(dayAt(now, offsetAt), 1), offsetAt);
  const since = from ?? startOfDay(addDays(dayAt(until - 1, offsetAt), 1 - DEFAULT_DAYS), offsetAt);
  return { from: since, to: until };
}

function endIn(url: URL, name: "from" | "to", offsetAt: OffsetAt): Ms | null {
  const text = textIn(url, name);
  if (text === null) return null;
  if (isDay(text)) return startOfDay(name === "to" ? addDays(text, 1) : text, offsetAt);
  const at = momentOf(text, offsetAt);
  if (at !== null) return at;
  throw new ApiError(
    400,
    "bad_time",
    `${name} must be a day such as 2026-11-20, or a moment such as 2026-11-20T10:02:11Z.`,
  );
}

function momentOf(text: string, offsetAt: OffsetAt): Ms | null {
  const [, day = "", time = "", rest = "", offset = null] = MOMENT.exec(text) ?? [];
  if (!isDay(day)) return null;
  const seconds = rest === "" ? 0 : Number(rest.slice(1)) * 1000;
  if (offset !== null) {
    const at = Date.parse(`${day}T${time}${rest}${offset.toUpperCase()}`);
    return Number.isNaN(at) ? null : at;
  }
  if (seconds >= 60_000) return null;
  const local = atLocal(day, time, offsetAt);
  // A local time that occurs twice, or never, is no moment.
  return local?.kind === "once" ? local.at + Math.round(seconds) : null;
}
