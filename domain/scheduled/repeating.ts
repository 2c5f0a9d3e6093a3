import { atLocal } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, type OffsetAt } from "#domain/time/period.ts";
import { parseUtc } from "#domain/time/time.ts";

/** On which days of the week, and at which local time, a meeting takes place. */
export interface Weekly {
  /** 1 for Monday to 7 for Sunday. */
  weekdays: readonly number[];
  /** `HH:MM`; an end not after the start is on the day after. */
  fromTime: string;
  toTime: string;
  /** `YYYY-MM-DD`, both part of it; `null` for no end. */
  firstDay: string;
  lastDay: string | null;
}

/** One of the times it takes place. */
export interface WeeklyOccurrence {
  day: string;
  startsAt: Ms;
  endsAt: Ms;
}

const DAY_MS: Ms = 86_400_000;

/** 1 for Monday to 7 for Sunday. Throws for a text that is no day. */
export function weekdayOf(day: string): number {
  return ((Math.floor(middayOf(day) / DAY_MS) + 3) % 7) + 1;
}

/**
 * The occurrences from one day to another, both included, by local time: ten is ten in summer and in
 * winter. A time that comes twice is the first; one that clocks skip is as long after midnight as on other
 * days.
 */
export function occurrencesIn(
  weekly: Weekly,
  fromDay: string,
  toDay: string,
  offsetAt: OffsetAt,
): WeeklyOccurrence[] {
  const { weekdays, fromTime, toTime, firstDay, lastDay } = weekly;
  const last = lastDay !== null && lastDay < toDay ? lastDay : toDay;
  const found: WeeklyOccurrence[] = [];
  for (let day = fromDay > firstDay ? fromDay : firstDay; day <= last; day = addDays(day, 1)) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const startsAt = momentOf(day, fromTime, offsetAt);
    const endDay = toTime <= fromTime ? addDays(day, 1) : day;
    const endsAt = momentOf(endDay, toTime, offsetAt);
    found.push({ day, startsAt, endsAt: endsAt > startsAt ? endsAt : startsAt + lengthOf(weekly) });
  }
  return found;
}

/** Its length on a day without a change of clocks. */
function lengthOf({ fromTime, toTime }: Weekly): Ms {
  const at = (time: string) => (parseUtc(`1970-01-01T${time}:00.000Z`) ?? 0) % DAY_MS;
  return at(toTime) - at(fromTime) + (toTime <= fromTime ? DAY_MS : 0);
}

function momentOf(day: string, time: string, offsetAt: OffsetAt): Ms {
  const localTime = atLocal(day, time, offsetAt);
  switch (localTime?.kind) {
    case "once":
      return localTime.at;
    case "twice":
      return localTime.first;
    case "never":
    case undefined: {
      const local = parseUtc(`${day}T${time}:00.000Z`) ?? middayOf(day);
      return local - offsetAt(local - DAY_MS);
    }
    default:
      return localTime satisfies never;
  }
}

function middayOf(day: string): Ms {
  const at = parseUtc(`${day}T12:00:00.000Z`);
  if (at === null) throw new RangeError(`${day} is no day`);
  return at;
}
