import type { Ms } from "#domain/time/ms.ts";
import type { ClockFormat } from "./clock-format.ts";
import { formatAgo } from "./duration.ts";

/** How long ago a moment of today was; for a moment of another day its time, as readers do not count over midnight. */
export function agoWords(at: Ms, now: Ms, clockFormat: ClockFormat): string {
  return clockFormat.isSameDay(at, now) ? formatAgo(now - at) : clockFormat.on(now).minute(at);
}
