import type { Choices, Narrowed } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { Counts, ExpectedFacts } from "./attendance.ts";
import type { ScheduledMeeting } from "./scheduled.ts";
import type { StartOutcome } from "./start-verdict.ts";

/** The `seq` of the last event of each meeting that a result is based on. */
export type EventsSeen = Readonly<{ [meetingId: string]: number }>;

/** A scheduled meeting of a list, with its outcome so far. */
export interface ScheduledListRow {
  scheduled: ScheduledMeeting;
  counts: Counts;
  /** `null` until it is due. */
  outcome: StartOutcome | null;
}

/** Which scheduled meetings are listed: from today on by their start, or past ones, latest first. */
export const SCHEDULED_TABS = ["coming", "past"] as const;
export type ScheduledTab = (typeof SCHEDULED_TABS)[number];

/** A page of the list of scheduled meetings, with its filters. */
export interface ExpectedPage {
  show: ScheduledTab;
  rows: ScheduledListRow[];
  /** Over all pages. */
  total: Total;
  next: string | null;
  previous: string | null;
  asOf: Ms;
  heard: EventsSeen;
  /** When the clock alone changes a row; `null` when it does not. */
  turnsAt: Ms | null;
  period: Period;
  today: string;
  narrowed: Narrowed;
  choices: Choices;
}

/** One scheduled meeting, for its page. */
export interface OpenedScheduled {
  scheduled: ScheduledMeeting;
  facts: ExpectedFacts;
  heard: EventsSeen;
  asOf: Ms;
}
