import type { RoomListRow } from "#domain/rooms/rooms.ts";
import { SERIES_BY } from "#server/http/files/file-words.ts";
import type { Column } from "#server/http/files/table.ts";
import { providerTitles } from "#server/providers/providers.ts";

/** The columns of the list as a file. */
export const ROOM_COLUMNS: Column<RoomListRow>[] = [
  { name: "id", kind: "text", only: "programs", value: ({ id }) => id },
  { name: "provider", kind: "word", words: providerTitles, value: ({ source }) => source.provider },
  { name: "source", kind: "text", value: ({ source }) => source.name },
  { name: "room", kind: "text", leads: true, value: ({ key }) => key },
  { name: "title", kind: "text", leads: true, value: ({ title }) => title },
  {
    name: "series_by",
    heading: "What counts as one series",
    kind: "word",
    words: SERIES_BY,
    value: ({ seriesBy }) => seriesBy,
  },
  { name: "meetings", kind: "number", value: ({ meetings }) => meetings },
  { name: "live", heading: "In progress now", kind: "number", value: ({ live }) => live },
  {
    name: "people_per_meeting",
    heading: "People per meeting on average",
    kind: "number",
    value: ({ peoplePerMeeting }) => peoplePerMeeting && Math.round(peoplePerMeeting * 100) / 100,
  },
  { name: "last_meeting_id", kind: "text", only: "programs", value: ({ last }) => last.id },
  {
    name: "last_first_heard_at",
    heading: "Last meeting first heard of",
    kind: "moment",
    value: ({ last }) => last.firstAt,
  },
  {
    name: "last_started_at",
    heading: "Last meeting began",
    kind: "moment",
    value: ({ last }) => last.startedAt,
  },
  {
    name: "last_ended_at",
    heading: "Last meeting ended",
    kind: "moment",
    value: ({ last }) => last.endedAt,
  },
];
