import type { Ms } from "#domain/time/ms.ts";
import type { ClockFace } from "./clock-face.ts";
import { formatAgo } from "./duration.ts";

/** How long ago a moment of today was; a moment of another day is shown as a time, since hours over midnight say little. */
export function agoWords(at: Ms, now: Ms, clockFormat: ClockFace): string {
  return clockFormat.isSameDay(at, now) ? formatAgo(now - at) : clockFormat.on(now).minute(at);
}
