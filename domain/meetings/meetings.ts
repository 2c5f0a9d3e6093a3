import type { WireSource } from "#domain/event/recorded.ts";
import type { Choices, Narrowed, SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { WaitCount } from "#domain/waits/wait-count.ts";
import type { AttendeeFound } from "./attendee-found.ts";
import type { Cover } from "./cover.ts";

/** What a list of past meetings can be sorted by. What is in progress always comes first. */
export const MEETING_SORTS = ["started", "length", "people", "left"] as const;
export type MeetingSort = (typeof MEETING_SORTS)[number];

/** A meeting of a list, and whom of its people a search found. */
export interface MeetingFound extends MeetingListRow {
  matched: AttendeeFound | null;
}

/** A page of the list of meetings, with what it was asked. */
export interface MeetingsPage {
  rows: MeetingFound[];
  /** Over all pages. */
  total: Total;
  /** The addresses of the pages after and before; `null` where there is none. */
  next: string | null;
  previous: string | null;
  asOf: Ms;
  period: Period;
  /** Today in the zone of the period. */
  today: string;
  narrowed: Narrowed;
  sort: MeetingSort;
  order: SortOrder;
  choices: Choices;
}

/** One meeting of a list over many. */
export interface MeetingListRow {
  id: string;
  source: WireSource;
  roomId: string;
  room: string;
  title: string | null;
  status: MeetingStatus;
  /** The first moment anything was heard of it; the day of this moment is the day it belongs to. */
  firstAt: Ms;
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  presentCount: number;
  waitingCount: number;
  /** Everybody who came in or waited, each once. */
  peopleCount: number;
  /** Programs that took notes: none of them. */
  noteTakerCount: number;
  peak: { count: number; at: Ms } | null;
  /** Waits left before admitted, and the people these were of: kept also where its people were erased. */
  waitsLeftCount: number;
  peopleLeftCount: number;
  /** People with a wait that was really lost. */
  peopleLostCount: number;
  /** `null` where its people were erased. */
  waits: WaitCount | null;
  /** `null` where it is not known: nobody said who is host, nobody was there, or its people were erased. */
  cover: Cover | null;
  /** How the bot fared that watches; `null` where none does. */
  observer: Observer | null;
  erased: boolean;
}

/** Host cover = hosted ÷ occupied, 0 to 1, see `coverOf`; `null` where it is not known. */
export function coverShare(cover: Cover | null): number | null {
  return cover === null ? null : cover.hostedMs / cover.occupiedMs;
}
