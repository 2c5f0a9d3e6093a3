import { TZDate } from "@date-fns/tz";
import type { Ms } from "#domain/time/ms.ts";
import { MINUTE } from "#server/demo/world/plot.ts";

export const HOUR: Ms = 60 * MINUTE;
export const DAY: Ms = 24 * HOUR;

/** A calendar day in any zone, named by its beginning in UTC. */
export interface Day {
  /** Epoch ms of its first moment in UTC. */
  utc: Ms;
  /** 1 (Monday) to 7. */
  weekday: number;
  /** 1 to 12, and 1 to 31. */
  month: number;
  date: number;
  /** Which one of its weekday in the month, from 1. */
  nth: number;
}

export function dayOf(utc: Ms): Day {
  const date = new Date(utc);
  return {
    utc,
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    nth: Math.ceil(date.getUTCDate() / 7),
  };
}

/** Monday to Friday, and not between the years. */
export function isWorkday({ weekday, month, date }: Day): boolean {
  const betweenTheYears = (month === 12 && date >= 23) || (month === 1 && date <= 2);
  return weekday <= 5 && !betweenTheYears;
}

/** The weeks in which classes are held: autumn, winter and spring term. */
export function isTerm({ month, date }: Day): boolean {
  const day = month * 100 + date;
  return (day >= 908 && day <= 1214) || (day >= 111 && day <= 405) || (day >= 422 && day <= 712);
}

/** The zones of sites. They differ in office hours and in daylight saving time. */
export const ZONES = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Africa/Nairobi",
] as const;
export type Zone = (typeof ZONES)[number];

const offsets = new Map<string, Ms>();

/** The moment at which clocks of the zone show so many minutes after midnight of the day, by day at least. */
export function clockAt({ utc }: Day, zone: Zone, minutes: number): Ms {
  const name = `${utc} ${zone}`;
  let offset = offsets.get(name);
  if (offset === undefined) {
    offset = -new TZDate(utc + DAY / 2, zone).getTimezoneOffset() * MINUTE;
    offsets.set(name, offset);
  }
  return utc + Math.round(minutes * MINUTE) - offset;
}
