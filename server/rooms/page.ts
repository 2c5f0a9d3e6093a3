import { database } from "#db/connection/client.ts";
import type { RoomFilter } from "#db/rooms/room-filter.ts";
import { meetingsOfRooms, type RoomOfList } from "#db/rooms/rooms.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomListRow, RoomsPage } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { readHistory } from "#server/http/lists/history.ts";
import type { AskedOfList } from "#server/http/lists/list-file.ts";
import type { RowsOf } from "#server/http/schema.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import { rooms } from "./list.ts";
import type { rooms as answers } from "./schema.ts";

/** The trend in a row is of so many meetings, the latest ones. */
const TREND = 24;

/**
 * The page of rooms for the parameters of an address. A parameter that cannot be read counts as absent. A
 * fixed number of statements.
 */
export async function readRoomsPage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<RoomsPage> {
  const page = rooms.onPage("/rooms", params, now);
  const { rows, ...found } = await readHistory(page, reader);
  return { ...found, rows: await withMeetings(reader, rows, page.selection.filter) };
}

/** Rooms of the list as JSON. */
export async function roomsJson(
  rows: readonly RoomOfList[],
  {
    reader,
    selection: { filter },
    now,
  }: AskedOfList<{ filter: RoomFilter & { from: Ms; to: Ms } }, unknown>,
): Promise<RowsOf<typeof answers>> {
  const found = await withMeetings(reader, rows, filter);
  return { results: found.map(roomJson), ...aboutRooms(filter), as_of: toWireTime(now) };
}

/** The days that rooms were asked for, in JSON. */
export function aboutRooms({ from, to }: { from: Ms; to: Ms }) {
  return { from: toWireTime(from), to: toWireTime(to) };
}

/** The rows with the sums over their meetings: one statement, however many rows. */
export async function withMeetings(
  reader: Reader,
  rows: readonly RoomOfList[],
  filter: RoomFilter,
): Promise<RoomListRow[]> {
  const ids = rows.map(({ place }) => place.roomId);
  const found = await meetingsOfRooms(reader, ids, filter, oneMeetingARoom, TREND);
  const meetingsOf = new Map(found.map(({ roomId, ...meetings }) => [roomId, meetings]));
  return rows.map(({ place, ...row }) => {
    const { trend, ...meetings } = meetingsOf.get(place.roomId) ?? NONE;
    // A room may have lost its last meeting between the two statements.
    return { id: String(place.roomId), ...row, ...meetings, trend: (trend ?? []).toReversed() };
  });
}

const NONE = { meetings: 0, live: 0, peoplePerMeeting: null, trend: [] };

function roomJson(room: RoomListRow): RowsOf<typeof answers>["results"][number] {
  return {
    id: room.id,
    room: room.key,
    title: room.title,
    source: room.source,
    series_by: room.seriesBy,
    meetings_count: room.meetings,
    live_count: room.live,
    people_per_meeting: room.peoplePerMeeting && Math.round(room.peoplePerMeeting * 100) / 100,
    people_trend: room.trend,
    last_meeting: {
      id: room.last.id,
      status: room.last.status,
      first_heard_at: toWireTime(room.last.firstAt),
      started_at: toWireTime(room.last.startedAt),
      ended_at: toWireTime(room.last.endedAt),
    },
  };
}
