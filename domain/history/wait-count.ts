import type { Ms } from "#domain/event.ts";
import type { Outcome } from "#domain/wait.ts";

/**
 * The waits of a stretch of time, counted by how they ended. Every wait is in one of them: began = admitted
 * + lost + cameBack + short + unknown + waiting.
 */
export interface WaitCount {
  began: number;
  admitted: number;
  /** Left before admitted, not shortly, and never came back that day. */
  lost: number;
  /** Left before admitted, and came in after all that day. */
  cameBack: number;
  /** Left within 10 s. */
  short: number;
  /** Nobody heard how it ended. */
  unknown: number;
  /** Goes on. */
  waiting: number;
  /** Σ of the waits of those admitted. */
  admittedMs: Ms;
  /** Σ of the waits that were lost or came back. */
  leftMs: Ms;
  shortMs: Ms;
  /** The longest that ended as somebody reported; `null` where none did. */
  longestMs: Ms | null;
  /** Of those, how many lasted no longer than the target. */
  admittedWithin: number;
  leftWithin: number;
  shortWithin: number;
}

/** Left before admitted, short leaves apart: a wait that is counted as lost or as one who came back. */
export function isLeftBeforeAdmitted({ outcome }: Pick<CountedWait, "outcome">): boolean {
  return outcome === "left" || outcome === "came_back";
}

/** Really lost: left before admitted, not shortly, and never came in that day. */
export function isReallyLost({ outcome }: Pick<CountedWait, "outcome">): boolean {
  return outcome === "left";
}

export const NO_WAITS: WaitCount = {
  began: 0,
  admitted: 0,
  lost: 0,
  cameBack: 0,
  short: 0,
  unknown: 0,
  waiting: 0,
  admittedMs: 0,
  leftMs: 0,
  shortMs: 0,
  longestMs: null,
  admittedWithin: 0,
  leftWithin: 0,
  shortWithin: 0,
};

/** The longest wait until leaving: of those left before admitted; `null` where none was. */
export function longestUntilLeavingMs(waits: Iterable<CountedWait>): Ms | null {
  let longest: Ms | null = null;
  for (const wait of waits) {
    if (!isLeftBeforeAdmitted(wait) || wait.endedAt === null) continue;
    longest = Math.max(longest ?? 0, wait.endedAt - wait.startedAt);
  }
  return longest;
}

/** A wait as it is counted. */
export interface CountedWait {
  startedAt: Ms;
  endedAt: Ms | null;
  outcome: Outcome;
}

/** Counts waits one after the other, with what lasted at most `targetMs` as within the target. */
export function countWaits(waits: Iterable<CountedWait>, targetMs: Ms): WaitCount {
  const count = { ...NO_WAITS };
  for (const { startedAt, endedAt, outcome } of waits) {
    const lasted = endedAt === null ? null : Math.max(0, endedAt - startedAt);
    const within = lasted !== null && lasted <= targetMs ? 1 : 0;
    count.began += 1;
    switch (outcome) {
      case "admitted":
        count.admitted += 1;
        count.admittedMs += lasted ?? 0;
        count.admittedWithin += within;
        break;
      case "left":
      case "came_back":
        count[outcome === "left" ? "lost" : "cameBack"] += 1;
        count.leftMs += lasted ?? 0;
        count.leftWithin += within;
        break;
      case "short":
        count.short += 1;
        count.shortMs += lasted ?? 0;
        count.shortWithin += within;
        break;
      case "unknown":
        count.unknown += 1;
        break;
      case "waiting":
        count.waiting += 1;
        break;
      default:
        outcome satisfies never;
    }
    const isKnown = outcome !== "unknown" && outcome !== "waiting";
    if (isKnown && lasted !== null) count.longestMs = Math.max(count.longestMs ?? 0, lasted);
  }
  return count;
}
