import type { Ms } from "#domain/time/ms.ts";

/** From how long on a wait is amber, red and urgent; none is before the one in front of it. */
export interface WaitLimits {
  amberMs: Ms;
  redMs: Ms;
  urgentMs: Ms;
}

/** How urgent a wait is. `closed`: somebody waits outside the opening hours, when nobody is expected to look after them. */
export const WAIT_URGENCIES = ["closed", "fresh", "amber", "red", "urgent"] as const;
export type WaitUrgency = (typeof WAIT_URGENCIES)[number];

/** Where none are set: amber from the target on that waits are measured by, red at 2½ times of it, urgent at five times. */
const RED_TIMES = 2.5;
const URGENT_TIMES = 5;

export function usualLimits(targetMs: Ms): WaitLimits {
  return { amberMs: targetMs, redMs: targetMs * RED_TIMES, urgentMs: targetMs * URGENT_TIMES };
}

/** How urgent a wait of this length is within the opening hours. */
export function urgencyOf(waitedMs: Ms, { amberMs, redMs, urgentMs }: WaitLimits): WaitUrgency {
  if (waitedMs >= urgentMs) return "urgent";
  if (waitedMs >= redMs) return "red";
  return waitedMs >= amberMs ? "amber" : "fresh";
}

const LEAST_LIMIT_MS: Ms = 1_000;
const MOST_LIMIT_MS: Ms = 86_400_000;

/** Why limits cannot be used; `null` where they can. */
export function faultOfLimits({ amberMs, redMs, urgentMs }: WaitLimits): string | null {
  if ([amberMs, redMs, urgentMs].some((ms) => ms < LEAST_LIMIT_MS || ms > MOST_LIMIT_MS)) {
    return "amber, red and urgent are from a second to a day";
  }
  return amberMs <= redMs && redMs <= urgentMs ? null : "amber, red and urgent go up in this order";
}
