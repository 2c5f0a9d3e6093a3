import type { WireSource } from "#domain/event/recorded.ts";
import type { HistoryPage } from "#domain/lists/history-page.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The sort orders of a list of rooms: the last meeting, the name, how many meetings, or people per meeting. */
export const ROOM_SORTS = ["last", "name", "meetings", "people"] as const;
export type RoomSort = (typeof ROOM_SORTS)[number];

/** The columns of the page beside the room, in their order. */
export const ROOM_COLUMNS = ["last", "meetings", "people", "trend"] as const;
export type RoomColumnName = (typeof ROOM_COLUMNS)[number];

/** The order of rooms: names from A on, all else from the greatest down, or reversed. */
export interface RoomOrder {
  sort: RoomSort;
  order: SortOrder;
}

/**
 * What makes several meetings a series: one room, or, where every meeting has a room of its own (a bot),
 * the same title in the same source.
 */
export type SeriesBy = "room" | "title";

/** A room, or the rooms that are one series by their title; then it is the room of the latest meeting. */
export interface RoomNamed {
  id: string;
  key: string;
  title: string | null;
  source: WireSource;
  seriesBy: SeriesBy;
}

/** A room with its meetings of some days. */
export interface RoomListRow extends RoomNamed {
  meetings: number;
  /** How many of these go on. */
  live: number;
  /**
   * People per meeting = Σ people of each meeting ÷ meetings, of those that are over; a person who only
   * waited counts. `null` where none is.
   */
  peoplePerMeeting: number | null;
  /** The people of the latest meetings that are over, oldest first. */
  trend: number[];
  last: {
    id: string;
    status: MeetingStatus;
    firstAt: Ms;
    startedAt: Ms | null;
    endedAt: Ms | null;
  };
}

/** A page of the list of rooms, with its filters. */
export type RoomsPage = HistoryPage<RoomListRow, RoomSort>;
