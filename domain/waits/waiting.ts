import type { Ms } from "#domain/time/ms.ts";
import { type CountedWait, isLeftBeforeAdmitted, type WaitCount } from "./wait-count.ts";

/*
 * The metrics of waiting rooms, on every page, in the API and in files. A wait is one stay in a waiting
 * room; `domain/meeting/wait.ts` decides its outcome. Waits of unknown end, and open ones, are in none of
 * these.
 */

/** Whether leaving within 10 s is left out of rates and averages, or counts like any other leaving. */
export const SHORT_LEAVES = ["apart", "counted"] as const;
export type ShortLeaves = (typeof SHORT_LEAVES)[number];

/** Left before admitted = really lost + came back (+ left within 10 s, where these count), in waits. */
export function leftBeforeAdmitted(count: WaitCount, short: ShortLeaves): number {
  return count.lost + count.cameBack + (short === "counted" ? count.short : 0);
}

/** Whether a wait counts as left before admitted. */
export function isCountedAsLeft(wait: Pick<CountedWait, "outcome">, short: ShortLeaves): boolean {
  return isLeftBeforeAdmitted(wait) || (short === "counted" && wait.outcome === "short");
}

/** How many of those who left before admission had waited no longer than the target. */
function leftBeforeAdmittedWithin(count: WaitCount, short: ShortLeaves): number {
  return count.leftWithin + (short === "counted" ? count.shortWithin : 0);
}

/** Entered = admitted + left before admitted: the waits whose end is known, each once. */
export function entered(count: WaitCount, short: ShortLeaves): number {
  return count.admitted + leftBeforeAdmitted(count, short);
}

/** Abandonment rate = left before admitted ÷ entered, 0 to 1; `null` of none. */
export function abandonmentRate(count: WaitCount, short: ShortLeaves): number | null {
  return share(leftBeforeAdmitted(count, short), entered(count, short));
}

/** Really lost = left before admitted, not shortly − came back that day. */
export function reallyLost({ lost }: WaitCount): number {
  return lost;
}

/** Average wait until admitted (ASA) = Σ(admitted − started waiting) ÷ admitted; `null` without any. */
export function averageUntilAdmittedMs({
  admittedMs,
  admitted,
}: Pick<WaitCount, "admittedMs" | "admitted">): Ms | null {
  return share(admittedMs, admitted);
}

/** Average time until leaving = Σ(left − started waiting) ÷ left before admitted; `null` without any. */
export function averageUntilLeavingMs(count: WaitCount, short: ShortLeaves): Ms | null {
  const leftMs = count.leftMs + (short === "counted" ? count.shortMs : 0);
  return share(leftMs, leftBeforeAdmitted(count, short));
}

/** How a service level counts those who left before admission. */
export const LEVEL_MODES = ["neutral", "ignored", "positive", "negative"] as const;
export type LevelMode = (typeof LEVEL_MODES)[number];

/** A service level: `met` of `of`, and their share, 0 to 1; `null` where there are none. */
export interface ServiceLevel {
  met: number;
  of: number;
  share: number | null;
}

/**
 * Service level X:
 * - `neutral`: admitted within X ÷ (admitted + left after X). Who left before X counts neither way.
 * - `ignored`: admitted within X ÷ admitted.
 * - `positive`: (admitted within X + left within X) ÷ (admitted + left).
 * - `negative`: admitted within X ÷ (admitted + left).
 */
export function serviceLevel(count: WaitCount, mode: LevelMode, short: ShortLeaves): ServiceLevel {
  const { admitted, admittedWithin: within } = count;
  const left = leftBeforeAdmitted(count, short);
  const leftWithin = leftBeforeAdmittedWithin(count, short);
  switch (mode) {
    case "neutral":
      return level(within, admitted + left - leftWithin);
    case "ignored":
      return level(within, admitted);
    case "positive":
      return level(within + leftWithin, admitted + left);
    case "negative":
      return level(within, admitted + left);
    default:
      return mode satisfies never;
  }
}

function level(met: number, of: number): ServiceLevel {
  return { met, of, share: share(met, of) };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * The least wait that this part of them (0 to 1) did not exceed, of waits in ascending order: nearest rank,
 * like `percentile_disc`. `null` of none.
 */
export function quantileMs(sorted: readonly Ms[], part: number): Ms | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
}
