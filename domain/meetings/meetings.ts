import type { WireSource } from "#domain/event/recorded.ts";
import type { HistoryPage } from "#domain/lists/history-page.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitCount } from "#domain/waits/wait-count.ts";
import type { AttendeeFound } from "./attendee-found.ts";
import type { Cover } from "./cover.ts";
import type { LeftCounts } from "./left-counts.ts";

/** What a list of past meetings can be sorted by. What is in progress always comes first. */
export const MEETING_SORTS = ["started", "length", "people", "left"] as const;
export type MeetingSort = (typeof MEETING_SORTS)[number];

/** The columns of the page beside the meeting, in their order. */
export const MEETING_COLUMNS = [
  "started",
  "length",
  "people",
  "peak",
  "waits",
  "left",
  "cover",
  "status",
] as const;
export type MeetingColumnName = (typeof MEETING_COLUMNS)[number];

/** A meeting of a list, and the people that a search found in it. */
export interface MeetingFound extends MeetingListRow {
  matched: AttendeeFound | null;
}

/** A page of the list of meetings, with its filters. */
export type MeetingsPage = HistoryPage<MeetingFound, MeetingSort>;

/** One meeting of a list over many. */
export interface MeetingListRow extends LeftCounts {
  id: string;
  source: WireSource;
  roomId: string;
  room: string;
  title: string | null;
  status: MeetingStatus;
  /** The first moment of its events; it belongs to the day of this moment. */
  firstAt: Ms;
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  presentCount: number;
  waitingCount: number;
  /** Everyone who came in or waited, each once. */
  peopleCount: number;
  /** Note-takers, who are not in the count of people. */
  noteTakerCount: number;
  peak: { count: number; at: Ms } | null;
  /** `null` where its people were erased. */
  waits: WaitCount | null;
  /** `null` where it is not known: no host roles were reported, no one was there, or its people were erased. */
  cover: Cover | null;
  /** The state of the observing bot; `null` where there is none. */
  observer: Observer | null;
  erased: boolean;
}

/** Host cover = hosted ÷ occupied, 0 to 1, see `coverOf`; `null` where it is not known. */
export function coverShare(cover: Cover | null): number | null {
  return cover === null ? null : cover.hostedMs / cover.occupiedMs;
}
