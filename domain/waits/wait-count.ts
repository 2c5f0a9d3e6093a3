import type { Outcome } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * The waits of a period, counted by outcome. Every wait is in one of them: began = admitted + lost +
 * cameBack + short + unknown + waiting.
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
  /** Its end is not known. */
  unknown: number;
  /** Still waiting. */
  waiting: number;
  /** Σ of the waits of those admitted. */
  admittedMs: Ms;
  /** Σ of the waits that were lost or came back. */
  leftMs: Ms;
  shortMs: Ms;
  /**
   * Longest that ended = max(ended − started waiting) of the waits whose end is known; `null` of none. An
   * open wait has no length yet: it is counted as `waiting`, and the live page shows how long.
   */
  longestMs: Ms | null;
  /** How many of those admitted waited no longer than the target. */
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

/** The fields of a wait that are counted. */
export interface CountedWait {
  startedAt: Ms;
  endedAt: Ms | null;
  outcome: Outcome;
}

/** Whether the end of a wait is known. */
export function isOver({ outcome }: Pick<CountedWait, "outcome">): boolean {
  return outcome !== "unknown" && outcome !== "waiting";
}

type Counted = keyof WaitCount;

/** The fields of a `WaitCount` that an outcome adds to: number, length, and number within the target. */
export const COUNTED: Record<Outcome, { number: Counted; ms?: Counted; within?: Counted }> = {
  admitted: { number: "admitted", ms: "admittedMs", within: "admittedWithin" },
  left: { number: "lost", ms: "leftMs", within: "leftWithin" },
  came_back: { number: "cameBack", ms: "leftMs", within: "leftWithin" },
  short: { number: "short", ms: "shortMs", within: "shortWithin" },
  unknown: { number: "unknown" },
  waiting: { number: "waiting" },
};

/** Waits of one outcome, all of them admitted or gone within the target or none of them. */
export interface WaitCell {
  outcome: Outcome;
  within: boolean;
  number: number;
  /** Σ of their lengths, and the longest; `null` where none has ended. */
  ms: Ms | null;
  longestMs: Ms | null;
}

/** Counts waits one by one; those of at most `targetMs` are within the target. */
export function countWaits(waits: Iterable<CountedWait>, targetMs: Ms): WaitCount {
  return sumCells(Array.from(waits, (wait) => cellOf(wait, targetMs)));
}

function cellOf({ startedAt, endedAt, outcome }: CountedWait, targetMs: Ms): WaitCell {
  const ms = endedAt === null ? null : Math.max(0, endedAt - startedAt);
  return { outcome, within: ms !== null && ms <= targetMs, number: 1, ms, longestMs: ms };
}

/** Counts the waits in cells. */
export function sumCells(cells: Iterable<WaitCell>): WaitCount {
  const count = { ...NO_WAITS };
  const add = (to: Counted | undefined, value: number) => {
    if (to !== undefined) count[to] = (count[to] ?? 0) + value;
  };
  for (const cell of cells) {
    const to = COUNTED[cell.outcome];
    count.began += cell.number;
    add(to.number, cell.number);
    add(to.ms, cell.ms ?? 0);
    add(to.within, cell.within ? cell.number : 0);
    if (isOver(cell) && cell.longestMs !== null) {
      count.longestMs = Math.max(count.longestMs ?? 0, cell.longestMs);
    }
  }
  return count;
}
