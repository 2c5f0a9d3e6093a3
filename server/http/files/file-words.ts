import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import type { CellState } from "#domain/rooms/register/cell.ts";
import type { LeftOut } from "#domain/rooms/register/register.ts";
import type { StartSource } from "#domain/rooms/register/start.ts";
import type { FollowUp } from "#domain/waits/handling.ts";

/*
 * The words in files for people, by the value that programs read. A value without a word here is written with
 * spaces for underscores.
 */

export const STATUS_WORDS: Record<MeetingStatus, string> = {
  waiting: "waiting to begin",
  live: "in progress",
  ended: "over",
};

export const ENDED_BY = { provider: "reported", inferred: "not reported, worked out" };

export const KNOWN_BY = {
  user_id: "user id",
  name: "name",
  connection: "connection",
  operator: "joined by hand",
  nothing: "nothing, one meeting only",
};

export const PERSON_STATUS = {
  waiting: "waiting",
  present: "in the meeting",
  left: "was in the meeting",
  not_admitted: "waited, not admitted",
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  waiting: "still waiting",
  admitted: "admitted",
  left: "left before admitted",
  short: "left within 10 s",
  came_back: "came back",
  unknown: "end not reported",
};

export const FOLLOW_UP_WORDS: Record<FollowUp, string> = {
  called: "called",
  reached: "reached",
  rebooked: "rebooked",
  wrong_link: "had a wrong link",
  no_answer: "did not answer",
};

/** The certainty of a first moment, of a last one, and of a length. */
export const SURE = {
  joined: { exact: "exact", at_most: "at the latest" },
  left: { exact: "exact", at_least: "at the earliest" },
  length: { exact: "exact", at_least: "at least", at_most: "at most" },
};

export const CELL_STATE_WORDS: Record<
  CellState | "absent" | "unknown" | "not_counted" | "not_there",
  string
> = {
  present: "present",
  late: "late",
  left_early: "left early",
  late_and_left_early: "late and left early",
  brief: "too short to count",
  waiting: "waiting",
  not_admitted: "waited, not admitted",
  absent: "absent",
  unknown: "not known, people erased",
  not_counted: "meeting too short to count",
  not_there: "not there",
};

export const LEFT_OUT: Record<LeftOut, string> = {
  going_on: "in progress",
  erased: "people erased",
  nobody: "nobody came in",
  short: "too short to count",
};

export const LATE_FROM: Record<StartSource, string> = {
  scheduled: "as scheduled",
  room: "as set for this room",
  provider: "as the provider reported it",
  host: "when the first host came in",
  first: "when the first person came in",
};

export const SERIES_BY = {
  room: "all meetings in the room",
  title: "all meetings with the title",
};

/** The heading of a provider's user ids, which often are e-mail addresses. */
export const USER_ID = "User id or e-mail";

export const KNOWN_FROM = "Recognised by";

export const FIRST_IN = "First in";
export const LAST_OUT = "Last out";
