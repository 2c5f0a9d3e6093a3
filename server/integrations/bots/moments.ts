import type { Ms } from "#domain/time/ms.ts";
import { BotRefusal } from "./answer.ts";

const MINUTE = 60_000;

/** The times that Attendee accepts: a date, or a date and time; without an offset it is UTC. */
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d*)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * A time in a query as epoch ms, with its microseconds; `null` where it is absent or empty. Of several the last counts.
 * Throws 400.
 */
export function momentIn(url: URL, name: string): Ms | null {
  const text = lastIn(url, name);
  if (text === null || text === "") return null;
  const at = momentOf(text);
  if (at === null) {
    throw new BotRefusal(400, {
      error: `Invalid ${name} format. Use ISO 8601 format (e.g., 2024-01-18T12:34:56Z)`,
    });
  }
  return at;
}

/** A parameter as Attendee reads it: of several the last; `null` where it is absent. */
export function lastIn(url: URL, name: string): string | null {
  return url.searchParams.getAll(name).at(-1) ?? null;
}

function momentOf(text: string): Ms | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const clock = new Date(0);
  clock.setUTCFullYear(year, month - 1, day);
  const isDay = clock.getUTCMonth() === month - 1 && clock.getUTCDate() === day;
  if (year === 0 || !isDay || hour > 23 || minute > 59 || second > 59) return null;
  const offset = offsetOf(match[8] ?? "Z");
  if (offset === null) return null;
  const fraction = Number(`0.${match[7] ?? 0}`) * 1000;
  return clock.setUTCHours(hour, minute, second) + fraction - offset;
}

function offsetOf(text: string): Ms | null {
  if (text === "Z") return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  const length = (hours * 60 + (text.length > 3 ? minutes : 0)) * MINUTE;
  if (hours > 23 || (text.length > 3 && minutes > 59)) return null;
  return text.startsWith("-") ? -length : length;
}
