import { tzOffset } from "@date-fns/tz";
import type { Ms } from "#domain/event.ts";

/** Which of the first two numbers of a date such as 03/04/2026 is the month. */
export type DateOrder = "month_first" | "day_first";

/** What a clock on a wall showed: as if it stood in UTC. `offsetMs` where the text names its own zone. */
export interface Clock {
  shown: Ms;
  offsetMs: Ms | null;
  /** The text had no date of its own. */
  isUndated: boolean;
}

/** What clocks did there: they skipped what is written, or showed it twice. */
export type Remark = "skipped" | "twice";

const MINUTE: Ms = 60_000;
const HOUR: Ms = 60 * MINUTE;
export const DAY: Ms = 24 * HOUR;

const TIME =
  /(?:^|[ T])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)? ?(?:\(?(z|utc|gmt|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?)\)?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const MONTH_NAMED = /^(?:[a-z]+, )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i;
const DAY_NAMED = /^(?:[a-z]+,? )?(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** What a text says of the order of its date: `null` where any order gives the same, or none does. */
export function orderShownBy(text: string): DateOrder | "either" | null {
  const [, one, separator, two] = YEAR_LAST.exec(dateIn(text)) ?? [];
  if (one === undefined || separator === "." || one === two) return null;
  const [isDayFirst, isMonthFirst] = [Number(one) > 12, Number(two) > 12];
  // A date that never was says nothing of the others.
  if (isDayFirst && isMonthFirst) return null;
  if (isDayFirst) return "day_first";
  return isMonthFirst ? "month_first" : "either";
}

/** Whether a time is told with AM and PM. */
export function isTwelveHours(text: string): boolean {
  return TIME.exec(text)?.[4] !== undefined;
}

/** Reads a date with its time, or, with the day it was (`YYYY-MM-DD`), a time alone. `null` for anything else. */
export function clockIn(text: string, order: DateOrder, day: string | null): Clock | null {
  const time = TIME.exec(text);
  if (time === null) return null;
  const date = dateIn(text);
  const isUndated = date === "";
  const midnight = dateOf(isUndated ? (day ?? "") : date, order);
  const sinceMidnight = timeOf(time);
  if (midnight === null || sinceMidnight === null) return null;
  return { shown: midnight + sinceMidnight, offsetMs: offsetOf(time[5]), isUndated };
}

/** The day of a text with a date, with or without a time, as `YYYY-MM-DD`; `null` where there is none. */
export function dayIn(text: string, order: DateOrder): string | null {
  const midnight = dateOf(dateIn(text), order);
  return midnight === null ? null : new Date(midnight).toISOString().slice(0, 10);
}

function dateIn(text: string): string {
  return text
    .replace(TIME, "")
    .replace(/(?:,| at)$/i, "")
    .trim();
}

function timeOf([, hours, minutes, seconds, half]: RegExpExecArray): Ms | null {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds ?? 0)];
  if (m > 59 || s > 59) return null;
  if (half === undefined) return h > 23 ? null : (h * 60 + m) * MINUTE + s * 1000;
  if (h < 1 || h > 12) return null;
  const hour = (h % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return (hour * 60 + m) * MINUTE + s * 1000;
}

function dateOf(date: string, order: DateOrder): Ms | null {
  const yearFirst = YEAR_FIRST.exec(date);
  if (yearFirst) return midnightOf(yearFirst[1], yearFirst[3], yearFirst[4]);
  const yearLast = YEAR_LAST.exec(date);
  if (yearLast) {
    const [, one, separator, two, end = ""] = yearLast;
    const year = end.length === 2 ? `20${end}` : end;
    const isDayFirst = separator === "." || order === "day_first";
    return isDayFirst ? midnightOf(year, two, one) : midnightOf(year, one, two);
  }
  const monthNamed = MONTH_NAMED.exec(date);
  if (monthNamed) return midnightOf(monthNamed[3], monthCalled(monthNamed[1]), monthNamed[2]);
  const dayNamed = DAY_NAMED.exec(date);
  return dayNamed ? midnightOf(dayNamed[3], monthCalled(dayNamed[2]), dayNamed[1]) : null;
}

function monthCalled(name = ""): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

type Part = string | number | undefined;

/** The midnight with which a day of the calendar begins in UTC; `null` for one that never was. */
function midnightOf(year: Part, month: Part, day: Part): Ms | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const at = Date.UTC(y, m - 1, d);
  const date = new Date(at);
  const isDay = date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  return isDay ? at : null;
}

function offsetOf(named: string | undefined): Ms | null {
  if (named === undefined) return null;
  const [, sign, hours, minutes] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(named) ?? [];
  if (hours === undefined) return 0;
  const ahead = Number(hours) * HOUR + Number(minutes ?? 0) * MINUTE;
  return sign === "-" ? -ahead : ahead;
}

/**
 * When a clock of a zone showed that. What clocks showed twice is the first time, unless that was before
 * `notBefore`; what they skipped is as long after the skip as it is written after its beginning.
 */
export function momentShown(
  { shown, offsetMs }: Clock,
  zone: string,
  notBefore: Ms | null,
): { at: Ms; remark: Remark | null } {
  if (offsetMs !== null) return { at: shown - offsetMs, remark: null };
  // No zone is a day ahead or behind, and none changes twice in two days.
  const [before, after] = [offsetAt(zone, shown - DAY), offsetAt(zone, shown + DAY)];
  const candidates = [shown - Math.max(before, after), shown - Math.min(before, after)];
  const exact = candidates.filter((at) => at + offsetAt(zone, at) === shown);
  const [first, last] = [exact[0], exact.at(-1)];
  if (first === undefined || last === undefined) return { at: shown - before, remark: "skipped" };
  if (first === last) return { at: first, remark: null };
  return { at: notBefore !== null && first < notBefore ? last : first, remark: "twice" };
}

function offsetAt(zone: string, at: Ms): Ms {
  return Math.round(tzOffset(zone, new Date(at)) * MINUTE);
}

const UNITS: readonly (readonly [RegExp, Ms])[] = [
  [/^(?:d|day|days|tag|tage)$/, DAY],
  [/^(?:h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|godz|ora|ore|u|uur)$/, HOUR],
  [/^(?:m|min|mins|minute|minutes|minuten|minuto|minutos|minuti)$/, MINUTE],
  [/^(?:s|sec|secs|second|seconds|sek|sekunden|seg|segundos|seconde|secondes|secondi)$/, 1000],
];

/**
 * How long `1h 2m 3s`, `58 min`, `1 Std. 5 Min.`, `0:14:55` or `62` is; a number alone counts `unit`.
 * `exactMs` is how coarse the text tells it. `null` for anything else.
 */
export function lengthIn(text: string, unit: Ms): { ms: Ms; exactMs: Ms } | null {
  if (/^\d+(?:\.\d+)?$/.test(text)) return { ms: Number(text) * unit, exactMs: unit };
  const [, hours, minutes, seconds] = /^(?:(\d+):)?(\d{1,3}):(\d{2})$/.exec(text) ?? [];
  if (seconds !== undefined) {
    const ms = Number(hours ?? 0) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
    return { ms, exactMs: 1000 };
  }
  const parts = [...text.toLowerCase().matchAll(/(\d+)\s*(\p{L}+)\.?,?\s*/gu)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text.toLowerCase())
    return null;
  let [ms, exactMs] = [0, DAY];
  for (const [, count, name = ""] of parts) {
    const size = UNITS.find(([names]) => names.test(name))?.[1];
    if (size === undefined) return null;
    ms += Number(count) * size;
    exactMs = Math.min(exactMs, size);
  }
  return { ms, exactMs };
}
