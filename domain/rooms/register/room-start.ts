import { atLocal } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, dayAt, type OffsetAt } from "#domain/time/period.ts";
import { parseUtc } from "#domain/time/time.ts";
import { WEEKDAYS, type Weekday } from "#domain/time/weekday.ts";

/** When the meetings of a room begin, as it was set: `HH:MM` in a zone's local time. */
export interface RoomStart {
  /** IANA name. */
  timeZone: string;
  /** On every day that has no time of its own; `null` where only those days count that have one. */
  everyDay: string | null;
  weekdays: Partial<Record<Weekday, string>>;
}

const DAY_MS: Ms = 86_400_000;
/** The first person comes no later than this after the set time; else it was another meeting. */
const LATEST_AFTER_MS: Ms = 3_600_000;

/**
 * The time set for a room at which a meeting was to begin: one at which it went on, or at most an hour
 * before its first event; of several the nearest. `null` where it is none of those meetings.
 */
export function roomStartAt(
  { from, to }: { from: Ms; to: Ms },
  start: RoomStart,
  offsetAt: OffsetAt,
): Ms | null {
  const day = dayAt(from, offsetAt);
  let nearest: Ms | null = null;
  for (const one of [addDays(day, -1), day, addDays(day, 1)]) {
    const at = startOn(one, start, offsetAt);
    if (at === null || at < from - LATEST_AFTER_MS || at > to) continue;
    if (nearest === null || Math.abs(at - from) < Math.abs(nearest - from)) nearest = at;
  }
  return nearest;
}

/** The moment on a day. Where clocks skip it, the moment they skip to; where it comes twice, the first. */
function startOn(day: string, { everyDay, weekdays }: RoomStart, offsetAt: OffsetAt): Ms | null {
  const time = weekdays[weekdayOf(day)] ?? everyDay;
  const local = time === null ? null : atLocal(day, time, offsetAt);
  switch (local?.kind) {
    case "once":
      return local.at;
    case "twice":
      return local.first;
    case "never":
      return momentOf(day, local.to, offsetAt);
    case undefined:
      return null;
    default:
      return local satisfies never;
  }
}

function momentOf(day: string, time: string, offsetAt: OffsetAt): Ms | null {
  const local = atLocal(day, time, offsetAt);
  return local?.kind === "once" ? local.at : null;
}

function weekdayOf(day: string): Weekday {
  // 1 January 1970 was a Thursday.
  const days = Math.floor((parseUtc(`${day}T00:00:00.000Z`) ?? 0) / DAY_MS);
  return WEEKDAYS[(days + 3) % 7] ?? "mon";
}
