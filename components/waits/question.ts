import type { WaitingPage } from "#domain/waits/waiting-page.ts";

/** Every filter of the list of waits as parameters, so that a file has the same rows. */
export function listParams(page: WaitingPage): Record<string, string | null> {
  const { shown, targetMs, weekHour } = page.lens;
  return {
    ...scopeOf(page),
    show: shown === "lost" ? null : shown,
    target_ms: shown === "late" ? String(targetMs) : null,
    week_hour: weekHour === null ? null : String(weekHour),
  };
}

/** The chosen days, zone, source and room as parameters. */
export function scopeOf({ period, narrowed }: WaitingPage): Record<string, string | null> {
  return {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    source: narrowed.source,
    room: narrowed.room,
  };
}
