import type { Sureness } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { lengthOf, type RegisterEntry, type RegisterMeeting } from "./facts.ts";
import type { LessonStart } from "./start.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * A person's state in a meeting. `brief`: came in, but not for long enough to count. `waiting`: only in the
 * waiting room, and still there; `not_admitted`: only there, and gone. Absent people have no cell.
 */
export const CELL_STATES = [
  "present",
  "late",
  "left_early",
  "late_and_left_early",
  "brief",
  "waiting",
  "not_admitted",
] as const;
export type CellState = (typeof CELL_STATES)[number];

/** One person in one meeting of the register. */
export interface RegisterCell {
  state: CellState;
  /** Up to now while they are there. */
  attendedMs: Ms;
  /** `null` for a meeting without a length. */
  share: number | null;
  hosted: boolean;
  sureness: Sureness;
  firstJoinedAt: Ms | null;
  lastLeftAt: Ms | null;
}

/** A meeting with the start from which lateness counts. */
export type MeetingBegun = RegisterMeeting & { start: LessonStart | null };

/** A person's state in a meeting. A host is never late: the meeting began with them. */
export function registerCellOf(
  entry: RegisterEntry,
  meeting: MeetingBegun,
  { isHost, thresholds, now }: { isHost: boolean; thresholds: Thresholds; now: Ms },
): RegisterCell {
  const attendedMs =
    entry.attendedMs + (entry.openSince === null ? 0 : after(entry.openSince, now));
  const share = percentAttended(attendedMs, lengthOf(meeting, now));
  const hosted = entry.hostedFrom !== null;
  return {
    state: stateOf(entry, meeting, { attendedMs, share, excused: isHost || hosted }, thresholds),
    attendedMs,
    share,
    hosted,
    sureness: entry.sureness,
    firstJoinedAt: entry.firstJoinedAt,
    lastLeftAt: entry.lastLeftAt,
  };
}

/** Whether a cell counts as attended. */
export function isAttended({ state }: Pick<RegisterCell, "state">): boolean {
  switch (state) {
    case "present":
    case "late":
    case "left_early":
    case "late_and_left_early":
      return true;
    case "brief":
    case "waiting":
    case "not_admitted":
      return false;
    default:
      return state satisfies never;
  }
}

export function isLate({ state }: Pick<RegisterCell, "state">): boolean {
  return state === "late" || state === "late_and_left_early";
}

export function hasLeftEarly({ state }: Pick<RegisterCell, "state">): boolean {
  return state === "left_early" || state === "late_and_left_early";
}

/**
 * Percent attended = attended time ÷ actual length of the meeting, clipped to the meeting: 0 to 1. `null`
 * where it has no length.
 */
export function percentAttended(attendedMs: Ms, lengthMs: Ms | null): number | null {
  return lengthMs === null || lengthMs === 0 ? null : Math.min(1, attendedMs / lengthMs);
}

function stateOf(
  entry: RegisterEntry,
  meeting: MeetingBegun,
  { excused, ...time }: Pick<RegisterCell, "attendedMs" | "share"> & { excused: boolean },
  thresholds: Thresholds,
): CellState {
  if (entry.firstJoinedAt === null) return entry.isWaiting ? "waiting" : "not_admitted";
  // A person whose leave is uncertain is not called early.
  const { sureness } = entry;
  const isLengthKnown = sureness.left !== "at_least";
  if (isLengthKnown && !countsAsAttended(time, thresholds)) return "brief";
  const late =
    !excused &&
    sureness.joined !== "at_most" &&
    cameLate(entry.firstJoinedAt, meeting.start, thresholds);
  const early = leftEarly(entry, meeting, thresholds);
  if (late) return early ? "late_and_left_early" : "late";
  return early ? "left_early" : "present";
}

/**
 * Counts as attended: percent attended ≥ share, or attended time ≥ minutes; anything where nothing can be
 * measured.
 */
function countsAsAttended(
  { attendedMs, share }: Pick<RegisterCell, "attendedMs" | "share">,
  thresholds: Thresholds,
): boolean {
  if (share === null || share >= thresholds.share) return true;
  return thresholds.attendedMs !== null && attendedMs >= thresholds.attendedMs;
}

/** Late: first join > start + late threshold; not where they may have been there before. */
function cameLate(firstJoinedAt: Ms, start: LessonStart | null, { lateMs }: Thresholds): boolean {
  return start !== null && firstJoinedAt > start.at + lateMs;
}

/**
 * Left early: last leave < end − threshold, and not back. Not in a meeting that still goes on, and not for
 * a person whose leave is uncertain.
 */
function leftEarly(
  { lastLeftAt, openSince, sureness }: RegisterEntry,
  { endedAt }: RegisterMeeting,
  { earlyMs }: Thresholds,
): boolean {
  if (sureness.left === "at_least") return false;
  return (
    endedAt !== null && openSince === null && lastLeftAt !== null && lastLeftAt < endedAt - earlyMs
  );
}

function after(since: Ms, now: Ms): Ms {
  return Math.max(0, now - since);
}

/**
 * The state of a person who was not there: absent, unknown, or no meeting to miss. A host is not absent:
 * others may have been the host of that one.
 */
export function stateWithout(
  {
    leftOut,
  }: {
    leftOut: "going_on" | "erased" | "nobody" | "short" | null;
  },
  { isHost }: { isHost: boolean },
): "absent" | "unknown" | "not_counted" | "not_there" {
  if (leftOut === "erased") return "unknown";
  if (leftOut === "short") return "not_counted";
  return isHost ? "not_there" : "absent";
}
