import type { Ms } from "#domain/time/ms.ts";
import type { ClockFace } from "./clock-face.ts";
import { formatAgo } from "./duration.ts";

/** How long ago something of today was; of another day it is said when, for nobody counts hours over midnight. */
export function agoWords(at: Ms, now: Ms, clockFormat: ClockFace): string {
  return clockFormat.isSameDay(at, now) ? formatAgo(now - at) : clockFormat.on(now).minute(at);
}
