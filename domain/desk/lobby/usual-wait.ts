import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";

/** A wait of the past that ended with an admission. */
export interface PastWait {
  startedAt: Ms;
  lastedMs: Ms;
}

/** How long people usually wait, in whole minutes; `atThisHour` where it is of waits at this time of the day alone. */
export interface UsualWait {
  fromMinutes: number;
  toMinutes: number;
  atThisHour: boolean;
}

/** Of fewer waits nothing is said: at this hour, and of the whole day. */
export const ENOUGH_AT_THIS_HOUR = 12;
export const ENOUGH = 20;
/** Waits that began so near to the present time of the day are of this hour. */
const NEAR_MS: Ms = 3_600_000;
const DAY_MS: Ms = 86_400_000;
const MINUTE_MS: Ms = 60_000;
/** Of ten waits the shortest two and the longest two are left out. */
const LEFT_OUT = 0.2;

/** The range in which most of those waits lie, outward to whole minutes; `null` where too little is known. */
export function usualWait(
  waits: readonly PastWait[],
  now: Ms,
  offsetAt: OffsetAt,
): UsualWait | null {
  const timeOfDay = (at: Ms) => (at + offsetAt(at)) % DAY_MS;
  const near = waits.filter(({ startedAt }) => {
    const apart = Math.abs(timeOfDay(startedAt) - timeOfDay(now));
    return Math.min(apart, DAY_MS - apart) <= NEAR_MS;
  });
  if (near.length >= ENOUGH_AT_THIS_HOUR) return { ...rangeOf(near), atThisHour: true };
  return waits.length >= ENOUGH ? { ...rangeOf(waits), atThisHour: false } : null;
}

function rangeOf(waits: readonly PastWait[]) {
  const lengths = waits.map(({ lastedMs }) => lastedMs).toSorted((a, b) => a - b);
  const last = lengths.length - 1;
  const [from = 0, to = 0] = [
    lengths[Math.floor(last * LEFT_OUT)],
    lengths[Math.ceil(last * (1 - LEFT_OUT))],
  ];
  const fromMinutes = Math.floor(from / MINUTE_MS);
  return { fromMinutes, toMinutes: Math.max(fromMinutes + 1, Math.ceil(to / MINUTE_MS)) };
}
