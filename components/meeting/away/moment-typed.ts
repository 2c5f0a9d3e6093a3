import type { ClockFormat } from "#components/words/clock-format.ts";
import type { Ms } from "#domain/time/ms.ts";

const DAY_MS = 86_400_000;

/**
 * The latest moment before `now` (epoch ms) at which a clock with this offset shows the typed `10:41`; `null` where the
 * text is no clock time.
 */
export function momentTyped(
  text: string,
  now: Ms,
  { offsetMs }: { offsetMs: ClockFormat["offsetMs"] },
): Ms | null {
  const match = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (match === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const local = now + offsetMs(now);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const projectedCount = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const wanted = projectedCount > local ? projectedCount - DAY_MS : projectedCount;
  return wanted - offsetMs(wanted - offsetMs(now));
}
