import type { Ms } from "./ms.ts";

/*
 * The Gregorian calendar in UTC, by arithmetic: this folder may not read a clock, and the platform's date
 * object can. Valid for years 0000 to 9999.
 */

/** Days from 1970-01-01 to a civil date (months 1 to 12). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** RFC 3339 in UTC with milliseconds: `2026-11-20T10:02:11.000Z`. */
export function formatUtc(at: Ms): string {
  const days = Math.floor(at / 86_400_000);
  const rest = at - days * 86_400_000;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp + (mp < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Math.floor(rest / 1000) % 60;
  return `${date}T${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(rest % 1000, 3)}Z`;
}

/** Reads exactly what `formatUtc` writes; `null` for anything else. */
export function parseUtc(text: string): Ms | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(text);
  if (!match) return null;
  const part = (index: number) => Number(match[index]);
  const seconds = (part(4) * 60 + part(5)) * 60 + part(6);
  return daysFromCivil(part(1), part(2), part(3)) * 86_400_000 + seconds * 1000 + part(7);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
