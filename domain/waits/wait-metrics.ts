import type { Ms } from "#domain/time/ms.ts";
import type { WaitCount } from "./wait-count.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  averageUntilLeavingMs,
  entered,
  leftBeforeAdmitted,
  reallyLost,
  type ServiceLevel,
  serviceLevel,
} from "./waiting.ts";
import type { WaitMeasure } from "./waiting-page.ts";

/**
 * The metrics of waits, under their names in the API and on the socket; the formulas are in `waiting.ts`.
 * Shares go from 0 to 1, lengths are whole ms, both `null` without any wait.
 */
export interface WaitMetrics {
  waits: number;
  entered: number;
  admitted: number;
  left_before_admitted: number;
  came_back: number;
  really_lost: number;
  short: number;
  unknown: number;
  still_waiting: number;
  abandonment_rate: number | null;
  average_until_admitted_ms: Ms | null;
  average_until_leaving_ms: Ms | null;
  longest_ms: Ms | null;
  service_level: ServiceLevel;
}

export function waitMetrics(count: WaitCount, { mode, short }: WaitMeasure): WaitMetrics {
  return {
    waits: count.began,
    entered: entered(count, short),
    admitted: count.admitted,
    left_before_admitted: leftBeforeAdmitted(count, short),
    came_back: count.cameBack,
    really_lost: reallyLost(count),
    short: count.short,
    unknown: count.unknown,
    still_waiting: count.waiting,
    abandonment_rate: abandonmentRate(count, short),
    average_until_admitted_ms: rounded(averageUntilAdmittedMs(count)),
    average_until_leaving_ms: rounded(averageUntilLeavingMs(count, short)),
    longest_ms: count.longestMs,
    service_level: serviceLevel(count, mode, short),
  };
}

function rounded(ms: Ms | null): Ms | null {
  return ms === null ? null : Math.round(ms);
}
