import { and, asc, desc, eq, gte, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { MEETING, SPAN } from "#db/meetings/meeting.ts";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce, value } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomListRow, RoomOrder, RoomSort } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  inRange,
  isAsked,
  meetingsInRange,
  type RoomFilter,
  type RoomsInRange,
  type RoomsSize,
} from "./room-filter.ts";
import {
  byMeeting,
  byRoom,
  bySeries,
  isCounted,
  type RoomSlots,
  type RoomsForm,
  VALUE,
} from "./rooms-latest.ts";
import { type OneMeetingARoom, roomsOfSeries, seriesBy } from "./series.ts";

/** Where a room stands in the list. */
export interface RoomPlace {
  name: string;
  /**
   * By what it is sorted: its number of meetings, or a thousand times its people per meeting (-1 for none); 0
   * in other orders.
   */
  value: number;
  roomId: number;
  lastAt: Ms;
  lastId: string;
}

/** A room of the list with its latest meeting in those days. */
export type RoomOfList = Omit<RoomListRow, "id" | keyof RoomMeetings> & { place: RoomPlace };

/** The sums over the meetings of a room. */
export type RoomMeetings = Pick<RoomListRow, "meetings" | "live" | "peoplePerMeeting" | "trend">;

/** The name as the index stores it: folded as far as the database can, and cut to the length of an index entry. */
const NAME = sql<string>`left(lower(coalesce(${rooms.title}, ${rooms.key})), 200)`;
/**
 * Rooms that had a meeting, in their order (with a `previous` cursor: those before it, nearest first). A room
 * has the position of its latest meeting: meetings are read in their order, or rooms in theirs, until there
 * are enough. Where meetings are few, all are read; where rooms are few, the latest meeting of each is looked
 * up, because reading in order would pass over all other meetings. Sums need all meetings of those days. One
 * statement.
 */
export async function listRooms(
  reader: Reader,
  filter: RoomFilter,
  { few, isShort }: RoomsSize,
  { sort, order }: RoomOrder,
  cursor: ListCursor<RoomPlace> | null,
  limit: number,
  providers: OneMeetingARoom,
): Promise<RoomOfList[]> {
  const isUp = (order === "asc") !== (cursor?.direction === "previous");
  const way = wayOf(filter, { few, isShort }, { sort, order });
  const { from, to, source, q } = filter;
  const slots = {
    wanted: and(
      gte(meetings.firstAt, from),
      lt(meetings.firstAt, to),
      isAsked(q, few),
      cursor === null ? undefined : beyond(sort, isUp, cursor.key),
      source === null ? undefined : ofSource(SOURCE_ID[way], source),
    ),
    inRange: way === "series" ? inRange(filter) : undefined,
    from: value(from),
    to: value(to),
  };
  return listed(reader, "anew", slots, {
    sort,
    isUp,
    way,
    limit,
    isOnWords: q !== null,
    providers,
  });
}

/** How rooms are found: see `rooms-latest.ts`. */
type Way = "series" | "meeting" | "room";
const WAYS = { series: bySeries, meeting: byMeeting, room: byRoom };
const SOURCE_ID = { series: meetings.sourceId, meeting: meetings.sourceId, room: rooms.sourceId };

function wayOf(filter: RoomFilter, { few, isShort }: RoomsSize, { sort, order }: RoomOrder): Way {
  if (isShort || isOfAll(filter, { sort, order })) return "series";
  return sort === "name" || few !== null ? "room" : "meeting";
}

const listed = madeOnce(
  (
    reader,
    slots: RoomSlots,
    {
      sort,
      isUp,
      way,
      ...form
    }: Pick<RoomsForm, "limit" | "isOnWords" | "providers"> & {
      sort: RoomSort;
      isUp: boolean;
      way: Way;
    },
  ) => {
    const direction = isUp ? asc : desc;
    const fields = {
      key: rooms.key,
      title: rooms.title,
      source: sourceJson(),
      seriesBy: seriesBy(form.providers),
      last: { id: meetings.id, ...SPAN, firstAt: MEETING.firstAt },
      place: {
        name: NAME,
        value: isCounted(sort) ? VALUE : sql<number>`0`,
        roomId: rooms.id,
        lastAt: MEETING.firstAt,
        lastId: meetings.id,
      },
    };
    const order = KEYS[sort].map((key) => direction(key));
    return WAYS[way](reader, slots, { ...form, fields, sort, order });
  },
);

/** The columns of each order, the last to order equal rows. */
const KEYS: Record<RoomSort, readonly SQLWrapper[]> = {
  last: [meetings.firstAt, meetings.id],
  name: [NAME, rooms.id],
  meetings: [VALUE, rooms.id],
  people: [VALUE, rooms.id],
};

/** Whether no index in order finds the rooms soon. */
function isOfAll({ longerThan }: RoomFilter, { sort, order }: RoomOrder): boolean {
  return isCounted(sort) || longerThan !== null || (sort === "last" && order === "asc");
}

/** After a cursor, in the direction in which the list is read. */
function beyond(sort: RoomSort, isUp: boolean, place: RoomPlace): SQL {
  const { name, roomId, lastAt, lastId, value } = place;
  const cursorRow = {
    last: sql`(${lastAt}::bigint, ${lastId}::uuid)`,
    name: sql`(${name}::text, ${roomId}::bigint)`,
    meetings: sql`(${value}::bigint, ${roomId}::bigint)`,
    people: sql`(${value}::bigint, ${roomId}::bigint)`,
  }[sort];
  return sql`(${sql.join([...KEYS[sort]], sql`, `)}) ${isUp ? sql`>` : sql`<`} ${cursorRow}`;
}

/** The sums over the meetings of rooms, or of their series, in those days. One statement. */
export async function meetingsOfRooms(
  reader: Reader,
  roomIds: readonly number[],
  range: RoomsInRange,
  providers: OneMeetingARoom,
  latest: number,
): Promise<(RoomMeetings & { roomId: number })[]> {
  const slots = { wanted: isOneOf(rooms.id, roomIds), inRange: meetingsInRange(range) };
  return summed(reader, "anew", slots, { providers, latest });
}

const summed = madeOnce(
  (
    reader,
    { wanted, inRange }: { wanted: SQL; inRange: SQL | undefined },
    { providers, latest }: { providers: OneMeetingARoom; latest: number },
  ) => {
    const isEnded = sql`${meetings.status} = 'ended'`;
    const figures = parts
      .select({
        meetings: sql<number>`count(*)::int`.as("meetings_held"),
        live: sql<number>`count(*) filter (where ${meetings.status} <> 'ended')::int`.as("live"),
        peoplePerMeeting: sql<number | null>`
          avg(${meetings.peopleCount}) filter (where ${isEnded})::float8`.as("people_per_meeting"),
        trend: sql<number[]>`to_jsonb((
          array_agg(${meetings.peopleCount} order by ${meetings.firstAt} desc, ${meetings.id} desc)
            filter (where ${isEnded}))[1:${latest}::int])`.as("trend"),
      })
      .from(meetings)
      .where(and(sql`${meetings.roomId} = any(array${roomsOfSeries(providers)})`, inRange))
      .as("figures");
    return reader
      .select({
        roomId: rooms.id,
        meetings: figures.meetings,
        live: figures.live,
        peoplePerMeeting: figures.peoplePerMeeting,
        trend: figures.trend,
      })
      .from(rooms)
      .innerJoin(sources, eq(sources.id, rooms.sourceId))
      .crossJoinLateral(figures)
      .where(wanted);
  },
);
