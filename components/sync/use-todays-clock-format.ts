"use client";

import { ClockFormat } from "#components/words/clock-format.ts";
import type { Ms } from "#domain/time/ms.ts";
import { usePageTime } from "./page-time.ts";
import { useServerTime } from "./use-now.ts";

const DAY_MS: Ms = 86_400_000;

/**
 * The clock format of this page for today: a time of another day is written with its day. Rendered again at midnight
 * in the zone. Without `zone`, in the zone of the screen.
 */
export function useTodaysClockFormat(zone?: string): ClockFormat {
  const { timeZone } = usePageTime();
  const clockFormat = ClockFormat.in(zone ?? timeZone);
  // Its noon stands for a day: clocks are set forward and back at night.
  const noon = useServerTime((now) => {
    const offset = clockFormat.offsetMs(now);
    return (Math.floor((now + offset) / DAY_MS) + 0.5) * DAY_MS - offset;
  });
  return clockFormat.on(noon);
}
