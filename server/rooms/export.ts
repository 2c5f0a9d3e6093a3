import { database } from "#db/connection/client.ts";
import { type RoomFilter, sizeRooms } from "#db/rooms/room-filter.ts";
import { listRooms, type RoomsFrom } from "#db/rooms/rooms.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomListRow, RoomOrder } from "#domain/rooms/rooms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { SERIES_BY } from "#server/files/file-words.ts";
import { exported, type FileFormat } from "#server/files/formats.ts";
import { introOf, narrowedWords } from "#server/files/intro.ts";
import type { Batches, Column } from "#server/files/table.ts";
import { offsetIn } from "#server/http/period.ts";
import { fourWeeksIn, timeZoneOf } from "#server/http/range.ts";
import { oneMeetingARoom, providerTitles } from "#server/providers/providers.ts";
import { withMeetings } from "./page.ts";
import { roomFilterIn, roomOrderIn } from "./query.ts";

const BATCH = 200;

/**
 * `GET /api/v1/rooms.csv`, `.xlsx` and `.json`: every room that the query selects, in the order of the list with the
 * same query. Times are in the zone `tz`.
 */
export async function exportRooms(url: URL, format: FileFormat): Promise<Response> {
  const now = Date.now();
  const { from, to } = fourWeeksIn(url, now);
  const timeZone = timeZoneOf(url);
  const filter = roomFilterIn(url, { from, to }, now);
  return exported(url, format, {
    table: { columns: COLUMNS, batches: inBatches(database().orm, filter, roomOrderIn(url)) },
    name: `rooms-${dayAt(now, offsetIn(timeZone))}`,
    timeZone,
    about: { from: toWireTime(from), to: toWireTime(to), as_of: toWireTime(now) },
    invented: ({ source }) => source.demo === true,
    intro: introOf(
      "Rooms",
      { range: filter, narrowed: narrowedWords(filter), asOf: now },
      offsetIn(timeZone),
    ),
  });
}

/** Each batch starts after the last row of the one before, so no cursor or transaction stays open meanwhile. */
async function* inBatches(
  reader: Reader,
  filter: RoomFilter,
  order: RoomOrder,
): Batches<RoomListRow> {
  const size = await sizeRooms(reader, filter);
  let from: RoomsFrom | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<typeof listRooms>> = await listRooms(
      reader,
      filter,
      size,
      order,
      from,
      BATCH,
      oneMeetingARoom,
    );
    yield await withMeetings(reader, rows, filter);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    from = { direction: "next", place: last.place };
  }
}

const COLUMNS: Column<RoomListRow>[] = [
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
