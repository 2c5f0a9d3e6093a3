import type { WaitingPage } from "#domain/waits/waiting-page.ts";

/** The whole question of the list of waits, so that a file answers the same. */
export function questionOf(page: WaitingPage): Record<string, string | null> {
  const { shown, targetMs, weekHour } = page.lens;
  return {
    ...scopeOf(page),
    show: shown === "lost" ? null : shown,
    target_ms: shown === "late" ? String(targetMs) : null,
    week_hour: weekHour === null ? null : String(weekHour),
  };
}

/** The days and places that are looked at. */
export function scopeOf({ period, narrowed }: WaitingPage): Record<string, string | null> {
  return {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    source: narrowed.source,
    room: narrowed.room,
  };
}
