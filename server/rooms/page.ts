import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import { countRooms } from "#db/rooms/count-rooms.ts";
import { type RoomFilter, sizeRooms } from "#db/rooms/room-filter.ts";
import { listRooms, meetingsOfRooms, type RoomOfList } from "#db/rooms/rooms.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomListRow, RoomsPage } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { pathOf } from "#server/http/address.ts";
import { AskedParams } from "#server/http/asked.ts";
import { limitIn, page } from "#server/http/cursor.ts";
import { cursorAsked, narrowedIn } from "#server/http/narrowing.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import { fourWeeksIn } from "#server/http/range.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import {
  roomCursorAsked,
  roomCursorOf,
  roomFilterIn,
  roomKeyOf,
  roomOrderAsked,
  roomOrderIn,
} from "./query.ts";

const ROWS = 50;
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
  const asked = AskedParams.of(params);
  const url = new URL(`/rooms?${params}`, "http://page");
  const period = periodIn(asked, now, viewerZone());
  const narrowed = narrowedIn(asked, ["source", "q", "min_duration_ms"]);
  const order = roomOrderAsked(asked);
  const from = cursorAsked(asked, () => roomCursorAsked(url, order));
  const filter = {
    source: narrowed.source,
    q: narrowed.q,
    from: period.from,
    to: period.to,
    longerThan: narrowed.minDurationMs === null ? null : { ms: narrowed.minDurationMs, now },
  };
  const [size, choices] = await Promise.all([
    sizeRooms(reader, filter),
    readChoices(reader, 0, narrowed),
  ]);
  const found = await listRooms(reader, filter, size, order, from, ROWS + 1, oneMeetingARoom);
  const cursor = from && roomCursorOf(from, order);
  const { rows, next, previous } = page(url, found, ROWS, cursor, roomKeyOf(order));
  const isAll = next === null && previous === null;
  return {
    total: isAll ? rows.length : await countRooms(reader, filter, size, oneMeetingARoom),
    rows: await withMeetings(reader, rows, filter),
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
    asOf: now,
    period,
    today: dayAt(now, offsetIn(period.timeZone)),
    narrowed,
    ...order,
    choices,
  };
}

/** `GET /api/v1/rooms`: rooms with a meeting in the days asked for. */
export async function getRooms(url: URL): Promise<Response> {
  const now = Date.now();
  const reader = database().orm;
  const limit = limitIn(url);
  const { from, to } = fourWeeksIn(url, now);
  const filter = roomFilterIn(url, { from, to }, now);
  const order = roomOrderIn(url);
  const position = roomCursorAsked(url, order);
  const size = await sizeRooms(reader, filter);
  const found = await listRooms(reader, filter, size, order, position, limit + 1, oneMeetingARoom);
  const cursor = position && roomCursorOf(position, order);
  const { rows, next, previous } = page(url, found, limit, cursor, roomKeyOf(order));
  const rooms = await withMeetings(reader, rows, filter);
  return Response.json({
    next,
    previous,
    results: rooms.map(roomJson),
    from: toWireTime(from),
    to: toWireTime(to),
    as_of: toWireTime(now),
  });
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

function roomJson(room: RoomListRow) {
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
