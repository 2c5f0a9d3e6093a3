import { turnBetween } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  addDays,
  dayAt,
  isDay,
  type OffsetAt,
  startOfDay,
  weekdayOf,
} from "#domain/time/period.ts";
import { formatUtc, parseUtc } from "#domain/time/time.ts";
import { WEEKDAYS, type Weekday } from "#domain/time/weekday.ts";

/**
 * From one time of the day to another, as `HH:MM`, or `24:00` for its end. What ends before it begins ends on the next
 * day.
 */
export interface OpenSpan {
  from: string;
  to: string;
}

/** When somebody is there for who waits: by the clocks of a zone, on each day of the week. */
export interface OpeningHours {
  /** IANA name. */
  timeZone: string;
  /** A day without any is closed. */
  weekdays: Partial<Record<Weekday, readonly OpenSpan[]>>;
  /** Days on which it is closed all the same, `YYYY-MM-DD`. */
  closedOn: readonly string[];
}

export const MOST_SPANS = 6;
export const MOST_CLOSED_DAYS = 400;

/** Hours that change at all do so within a week, unless days are closed; further ahead is not looked. */
const DAYS_AHEAD = 15;
const DAY_MS: Ms = 86_400_000;

/** Whether a text is a time of the day at which hours may begin, or end. */
export function isOpeningTime(text: string, isEnd: boolean): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || (isEnd && text === "24:00");
}

/** Whether it is open at a moment: it is what the clocks of the zone show that counts, also where they are changed. */
export function isOpen(hours: OpeningHours, at: Ms, offsetAt: OffsetAt): boolean {
  const day = dayAt(at, offsetAt);
  const time = formatUtc(at + offsetAt(at)).slice(11, 16);
  return (
    spansOn(hours, day).some(({ from, to }) => from <= time && (to <= from || time < to)) ||
    spansOn(hours, addDays(day, -1)).some(({ from, to }) => to <= from && time < to)
  );
}

/** The first moment after `at` at which it closes or opens; `null` where that is not within two weeks. */
export function hoursChangeAfter(hours: OpeningHours, at: Ms, offsetAt: OffsetAt): Ms | null {
  return changesAfter(hours, at, at + DAYS_AHEAD * DAY_MS, offsetAt)[0] ?? null;
}

/** Since when it has been open or closed as it is at a moment; `null` where that is for longer than two weeks. */
export function hoursChangedBefore(hours: OpeningHours, at: Ms, offsetAt: OffsetAt): Ms | null {
  return changesAfter(hours, at - DAYS_AHEAD * DAY_MS, at + 1, offsetAt).at(-1) ?? null;
}

/** The times from one moment to another in which it is closed, in order; each `[from, to)`. */
export function closedWithin(
  hours: OpeningHours,
  from: Ms,
  to: Ms,
  offsetAt: OffsetAt,
): { from: Ms; to: Ms }[] {
  const changes = [from, ...changesAfter(hours, from, to, offsetAt), to];
  return changes.flatMap((begin, index) => {
    const end = changes[index + 1];
    const isSpan = end !== undefined && begin < end;
    return isSpan && !isOpen(hours, begin, offsetAt) ? [{ from: begin, to: end }] : [];
  });
}

/** The moments after `from` and before `to` at which it opens or closes. */
function changesAfter(hours: OpeningHours, from: Ms, to: Ms, offsetAt: OffsetAt): Ms[] {
  const last = dayAt(to, offsetAt);
  const moments = new Set<Ms>();
  for (let day = addDays(dayAt(from, offsetAt), -1); day <= last; day = addDays(day, 1)) {
    for (const at of momentsOn(hours, day, offsetAt)) moments.add(at);
  }
  const inOrder = [...moments].filter((at) => from < at && at < to).toSorted((a, b) => a - b);
  let open = isOpen(hours, from, offsetAt);
  return inOrder.filter((at) => {
    const before = open;
    open = isOpen(hours, at, offsetAt);
    return open !== before;
  });
}

/** The moments of a day at which it may open or close: at the times of its hours, and where clocks are changed. */
function momentsOn(hours: OpeningHours, day: string, offsetAt: OffsetAt): Ms[] {
  const [begin, end] = [startOfDay(day, offsetAt), startOfDay(addDays(day, 1), offsetAt)];
  const turn = offsetAt(begin) === offsetAt(end) ? [] : [turnBetween(begin, end, offsetAt)];
  const offsets = new Set([begin, end].map(offsetAt));
  const times = [day, addDays(day, -1)].flatMap((one) =>
    spansOn(hours, one).flatMap(({ from, to }) => [from, to]),
  );
  const local = parseUtc(`${day}T00:00:00.000Z`) ?? begin;
  return [
    ...[begin, ...turn],
    ...times.flatMap((time) =>
      [...offsets].map((offset) => local + minutesOf(time) * 60_000 - offset),
    ),
  ];
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function spansOn({ weekdays, closedOn }: OpeningHours, day: string): readonly OpenSpan[] {
  if (closedOn.includes(day) || !isDay(day)) return [];
  const weekday = WEEKDAYS[weekdayOf(day) - 1];
  return (weekday && weekdays[weekday]) ?? [];
}
