import type { ColumnWords } from "#components/lists/list-table.tsx";
import type { RoomSort } from "#domain/rooms/rooms.ts";

/** The columns beside the room itself, in their order. */
export const COLUMNS = ["last", "meetings", "people", "trend"] as const;
export type RoomColumnName = (typeof COLUMNS)[number];

export const FIRST_COLUMN: ColumnWords<RoomSort> = {
  title: "Room",
  sort: "name",
  formula:
    "A room is a series of meetings. A bot has a room of its own for each meeting, so that meetings whose bots were given the same title, in the same source, are taken for one series.",
};

export const COLUMN_WORDS: Record<RoomColumnName, ColumnWords<RoomSort>> = {
  last: {
    title: "Last meeting",
    sort: "last",
    formula:
      "The latest meeting in this period. It belongs to that day in the chosen time zone, also where it goes on over midnight.",
    isText: true,
  },
  meetings: {
    title: "Meetings",
    sort: "meetings",
    formula:
      "Meetings that began in this period, those in progress included; not where the bot that was to watch was not let in.",
  },
  people: {
    title: "People per meeting",
    sort: "people",
    formula:
      "Σ people of each meeting ÷ meetings, of those that are over. Everybody who came in or waited counts, each once in a meeting.",
  },
  trend: {
    title: "Trend",
    sort: null,
    formula:
      "The people of the latest meetings in this period that are over, oldest first; and their mean, lately and before.",
    isText: true,
  },
};
