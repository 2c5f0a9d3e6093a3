import { tzOffset } from "@date-fns/tz";
import type { Ms } from "#domain/time/ms.ts";
import { either, monthCalled } from "./lexicon.ts";

/** Which of the first two numbers of a date such as 03/04/2026 is the month. */
export type DateOrder = "month_first" | "day_first";

/** What a wall clock showed, as if it were in UTC. `offsetMs` is set where the text names its own zone. */
export interface WallClock {
  shown: Ms;
  offsetMs: Ms | null;
  /** The text had no date of its own. */
  isUndated: boolean;
  /** The text has no seconds. */
  isCoarse: boolean;
}

/** What the clocks of the zone did with a written time: they skipped it, or showed it twice. */
export type Remark = "skipped" | "twice";

const MINUTE: Ms = 60_000;
const HOUR: Ms = 60 * MINUTE;
export const DAY: Ms = 24 * HOUR;

const TIME =
  /(?:^|[ T])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)? ?(?:\(?(z|utc|gmt|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?)\)?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const MONTH_NAMED = /^(?:\p{L}+, )?(\p{L}{3,12})\.? (\d{1,2}),? (\d{4})$/iu;
const DAY_NAMED =
  /^(?:\p{L}+,? )?(\d{1,2})(?:\.|º|er)? (?:de )?(\p{L}{3,12})\.?,?(?: de)? (\d{4})$/iu;
/** A longer text is no time. */
const LONGEST = 80;

const HALVES = `${either(({ am }) => am)}|${either(({ pm }) => pm)}`;
const PM = new RegExp(`^(?:${either(({ pm }) => pm)})$`, "i");
const HALF_BEFORE = new RegExp(`(${HALVES}) ?(\\d{1,2}:\\d{2}(?::\\d{2})?)$`, "i");
const HALF_AFTER = new RegExp(`(\\d) ?(${HALVES})$`, "i");
const AT = new RegExp(` (?:${either(({ at }) => at)}) (?=\\d{1,2}:\\d{2})`, "i");
const YEAR_MONTH_DAY =
  /^(\d{4}) ?(?:[年년]|\.(?= )) ?(\d{1,2}) ?(?:[月월]|\.(?= )) ?(\d{1,2}) ?(?:[日일]|\.(?= |$))/;

/** A time without the words of a language: `午後 8:42` becomes `8:42 pm`, `13/10/2026 à 9:01` loses its `à`. */
function inDigits(text: string): string {
  const half = (word: string) => (PM.test(word) ? "pm" : "am");
  return text
    .replace(YEAR_MONTH_DAY, "$1-$2-$3")
    .replace(HALF_BEFORE, (_, word: string, time: string) => `${time} ${half(word)}`)
    .replace(HALF_AFTER, (_, digit: string, word: string) => `${digit} ${half(word)}`)
    .replace(AT, " ");
}

/** The order that the date of a text shows: `null` where both orders give the same day, or neither gives one. */
export function orderShownBy(text: string): DateOrder | "either" | null {
  if (text.length > LONGEST) return null;
  const [, one, separator, two] = YEAR_LAST.exec(dateIn(inDigits(text))) ?? [];
  if (one === undefined || separator === "." || one === two) return null;
  const [isDayFirst, isMonthFirst] = [Number(one) > 12, Number(two) > 12];
  // An impossible date is no evidence for the others.
  if (isDayFirst && isMonthFirst) return null;
  if (isDayFirst) return "day_first";
  return isMonthFirst ? "month_first" : "either";
}

/** Reads a date with its time, or, given its `day` (`YYYY-MM-DD`), a time alone. `null` for anything else. */
export function clockIn(text: string, order: DateOrder, day: string | null): WallClock | null {
  if (text.length > LONGEST) return null;
  const digits = inDigits(text);
  const time = TIME.exec(digits);
  if (time === null) return null;
  const date = dateIn(digits);
  const isUndated = date === "";
  const midnight = dateOf(isUndated ? (day ?? "") : date, order);
  const sinceMidnight = timeOf(time);
  if (midnight === null || sinceMidnight === null) return null;
  const isCoarse = time[3] === undefined;
  return { shown: midnight + sinceMidnight, offsetMs: offsetOf(time[5]), isUndated, isCoarse };
}

/** The day of a text with a date, with or without a time, as `YYYY-MM-DD`; `null` where there is none. */
export function dayIn(text: string, order: DateOrder): string | null {
  if (text.length > LONGEST) return null;
  const midnight = dateOf(dateIn(inDigits(text)), order);
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
  if (monthNamed) return midnightOf(monthNamed[3], monthIn(monthNamed[1]), monthNamed[2]);
  const dayNamed = DAY_NAMED.exec(date);
  return dayNamed ? midnightOf(dayNamed[3], monthIn(dayNamed[2]), dayNamed[1]) : null;
}

function monthIn(name = ""): number {
  return monthCalled(name) ?? 0;
}

type Part = string | number | undefined;

/** The midnight at which a day begins in UTC; `null` for an impossible date. */
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
 * The moment at which a clock of the zone showed that. A time shown twice is the first, unless that is before
 * `notBefore`; a skipped time counts on from the beginning of the skip.
 */
export function momentShown(
  { shown, offsetMs }: WallClock,
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
