import {
  and,
  asc,
  desc,
  eq,
  exists,
  gte,
  isNull,
  lt,
  ne,
  not,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { isOneOf } from "#db/batch.ts";
import { parts } from "#db/dialect.ts";
import { MEETING, type Reader } from "#db/reading/meeting.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/told.ts";
import { hasWords } from "#db/searching.ts";
import { sourceJson } from "#db/source-json.ts";
import { standingFor } from "#db/standing-for.ts";
import type { Ms } from "#domain/event.ts";
import type { RoomHeld, RoomOrder, RoomSort } from "#domain/history/rooms.ts";
import { ofSource, tookPlace } from "./meeting-filter.ts";
import { type Held, heldIn, inRange, type RoomFilter, type RoomsSize } from "./room-filter.ts";
import { isByTitle, type OneMeetingARoom, roomsOfSeries, seriesBy } from "./series.ts";

/** Where a room stands in the order of the list. */
export interface RoomPlace {
  name: string;
  /** Its meetings, or a thousand times its people per meeting (-1 for none): by what it is sorted; else 0. */
  value: number;
  roomId: number;
  lastAt: Ms;
  lastId: string;
}

export interface RoomsFrom {
  direction: "next" | "previous";
  place: RoomPlace;
}

/** A room of the list with its latest meeting of the days looked at. */
export type RoomOfList = Omit<RoomHeld, "id" | keyof RoomMeetings> & { place: RoomPlace };

/** What the meetings of a room add up to. */
export type RoomMeetings = Pick<RoomHeld, "meetings" | "live" | "peoplePerMeeting" | "trend">;

/** As the index has it: folded as far as the database can, and no longer than an index takes. */
const NAME = sql<string>`left(lower(coalesce(${rooms.title}, ${rooms.key})), 200)`;
/** What a series is sorted by, where its meetings are counted for that. */
const VALUE = sql<number>`value`;

/**
 * Rooms that had a meeting, in their order (with a `previous` place: those before it, nearest first). A room
 * stands where the latest of its meetings does: the meetings are walked in their order, or the rooms in theirs,
 * until there are enough; where meetings are few, all are gone through, and where rooms are, each is asked for
 * its latest, for a walk would go through all their meetings. What only all meetings of those days can tell,
 * as how many there were, is read from all of them. One statement.
 */
export async function listRooms(
  reader: Reader,
  filter: RoomFilter,
  { few, isShort }: RoomsSize,
  { sort, order }: RoomOrder,
  from: RoomsFrom | null,
  limit: number,
  providers: OneMeetingARoom,
): Promise<RoomOfList[]> {
  const isUp = (order === "asc") !== (from?.direction === "previous");
  const isByRoom = sort === "name" || few !== null;
  const isWhole = isShort || isOfAll(filter, { sort, order });
  const direction = isUp ? asc : desc;
  const walked: Walked = {
    room: {
      key: rooms.key,
      title: rooms.title,
      source: sourceJson(),
      seriesBy: seriesBy(providers),
      last: {
        id: meetings.id,
        status: meetings.status,
        firstAt: MEETING.firstAt,
        startedAt: meetings.startedAt,
        endedAt: meetings.endedAt,
      },
      place: {
        name: NAME,
        value: isCounted(sort) ? VALUE : sql<number>`0`,
        roomId: rooms.id,
        lastAt: MEETING.firstAt,
        lastId: meetings.id,
      },
    },
    wanted: and(
      gte(meetings.firstAt, filter.from),
      lt(meetings.firstAt, filter.to),
      isAsked(filter.q, few),
      from === null ? undefined : beyond(sort, isUp, from.place),
      isWhole
        ? undefined
        : not(and(isByTitle(providers), exists(laterOfTitle(filter))) ?? sql`false`),
    ),
    order: KEYS[sort].map((key) => direction(key)),
    limit,
  };
  if (isWhole) return bySeries(reader, walked, filter, sort, providers);
  return (isByRoom ? byRoom : byMeeting)(reader, walked, filter);
}

/** By what each order goes, and by what where that is the same. */
const KEYS: Record<RoomSort, readonly SQLWrapper[]> = {
  last: [meetings.firstAt, meetings.id],
  name: [NAME, rooms.id],
  meetings: [VALUE, rooms.id],
  people: [VALUE, rooms.id],
};

/** Sorted by what the meetings of a room add up to. */
function isCounted(sort: RoomSort): sort is "meetings" | "people" {
  return sort === "meetings" || sort === "people";
}

/** Whether no walk along an index comes upon the rooms soon. */
function isOfAll({ longerThan }: RoomFilter, { sort, order }: RoomOrder): boolean {
  return isCounted(sort) || longerThan !== null || (sort === "last" && order === "asc");
}

/** What is told of `rooms` with their `sources` and the latest of `meetings` of each, and which of them. */
interface Walked {
  room: {
    key: typeof rooms.key;
    title: typeof rooms.title;
    source: ReturnType<typeof sourceJson>;
    seriesBy: ReturnType<typeof seriesBy>;
    last: Record<"id", typeof meetings.id> & {
      status: typeof meetings.status;
      firstAt: SQL<Ms>;
      startedAt: typeof meetings.startedAt;
      endedAt: typeof meetings.endedAt;
    };
    place: {
      name: SQL<string>;
      value: SQL<number>;
      roomId: typeof rooms.id;
      lastAt: SQL<Ms>;
      lastId: typeof meetings.id;
    };
  };
  wanted: SQL | undefined;
  order: SQL[];
  limit: number;
}

/**
 * All meetings, and of each series the latest. Each looks its room up: where every meeting has a room of its own
 * there are as many rooms as meetings ever, and a join would be estimated to be best done by reading all of them.
 */
function bySeries(
  reader: Reader,
  { room, wanted, order, limit }: Walked,
  filter: RoomFilter,
  sort: RoomSort,
  providers: OneMeetingARoom,
) {
  const own = parts.select().from(rooms).where(eq(rooms.id, meetings.roomId)).offset(0);
  const ofTitle = isByTitle(providers);
  const held = parts
    .select({
      id: meetings.id,
      status: meetings.status,
      firstAt: meetings.firstAt,
      startedAt: meetings.startedAt,
      endedAt: meetings.endedAt,
      peopleCount: meetings.peopleCount,
      sourceId: meetings.sourceId,
      roomId: meetings.roomId,
      roomKey: sql`${rooms.key}`.as("room_key"),
      roomTitle: sql`${rooms.title}`.as("room_title"),
      roomWords: sql`${filter.q === null ? sql`null` : rooms.words}`.as("room_words"),
      seriesTitle: sql`case when ${ofTitle} then ${rooms.title} end`.as("series_title"),
      seriesRoom: sql`case when not ${ofTitle} then ${rooms.id} end`.as("series_room"),
    })
    .from(meetings)
    .crossJoinLateral(standingFor(rooms, own))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .where(inRange(filter))
    .as("held");
  const { sourceId, seriesTitle, seriesRoom } = held;
  const series = [sourceId, seriesTitle, seriesRoom] as const;
  const ofSeries = sql`over (partition by ${sourceId}, ${seriesTitle}, ${seriesRoom})`;
  const value =
    isCounted(sort) &&
    {
      meetings: sql`count(*) ${ofSeries}`,
      people: sql`avg(${held.peopleCount}) filter (where ${held.status} = 'ended') ${ofSeries} * 1000`,
    }[sort];
  const {
    id,
    status,
    firstAt,
    startedAt,
    endedAt,
    peopleCount,
    roomId,
    roomKey,
    roomTitle,
    roomWords,
  } = held;
  const latest = parts
    .selectDistinctOn([...series], {
      id,
      status,
      firstAt,
      startedAt,
      endedAt,
      peopleCount,
      sourceId,
      roomId,
      roomKey,
      roomTitle,
      roomWords,
      seriesTitle,
      seriesRoom,
      ...(value && { value: sql`coalesce(round(${value}), -1)::bigint`.as("value") }),
    })
    .from(held)
    .orderBy(...series, desc(firstAt), desc(id));
  return reader
    .select(room)
    .from(standingFor(meetings, latest))
    .crossJoinLateral(
      standingFor(
        rooms,
        sql`select ${meetings.roomId} as id, room_key as key, room_title as title, room_words as words`,
      ),
    )
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .where(and(wanted, isOfSource(meetings.sourceId, filter)))
    .orderBy(...order)
    .limit(limit);
}

/**
 * Meetings in their order, passing over those after which the room had another. Asked as a value: as a join
 * it would be estimated to leave so few that everything is read and sorted.
 */
function byMeeting(reader: Reader, { room, wanted, order, limit }: Walked, filter: RoomFilter) {
  const another = parts
    .select({ one: sql`1` })
    .from(later)
    .where(and(eq(later.roomId, meetings.roomId), isLater(filter)));
  return reader
    .select(room)
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .where(
      and(
        isNull(meetings.mergedInto),
        tookPlace(),
        sql`not (select exists ${another})`,
        wanted,
        isOfSource(meetings.sourceId, filter),
      ),
    )
    .orderBy(...order)
    .limit(limit);
}

/** Rooms in their order, or few of them in any, and of each its latest meeting. */
function byRoom(
  reader: Reader,
  { room, wanted, order, limit }: Walked,
  { from, to, source }: RoomFilter,
) {
  const { id, status, firstAt, startedAt, endedAt } = meetings;
  const latest = parts
    .select({ id, status, firstAt, startedAt, endedAt })
    .from(meetings)
    .where(and(eq(meetings.roomId, rooms.id), heldIn({ from, to, longerThan: null })))
    .orderBy(desc(firstAt), desc(id))
    .limit(1);
  return reader
    .select(room)
    .from(rooms)
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .crossJoinLateral(standingFor(meetings, latest))
    .where(and(wanted, isOfSource(rooms.sourceId, { source })))
    .orderBy(...order)
    .limit(limit);
}

const later = alias(meetings, "later");

/** Whether `later` is of those days, and later than the one of `meetings`. */
function isLater({ to }: RoomFilter) {
  return and(
    isNull(later.mergedInto),
    tookPlace(later),
    gte(later.firstAt, meetings.firstAt),
    lt(later.firstAt, to),
    sql`(${later.firstAt}, ${later.id}) > (${meetings.firstAt}, ${meetings.id})`,
  );
}

/**
 * A later meeting of another room of the title. Room by room, the newest first: nearly always that has one,
 * and a join would be estimated to be best begun with all later meetings there are.
 */
function laterOfTitle(filter: RoomFilter) {
  const other = alias(rooms, "other");
  const others = parts
    .select({ id: other.id })
    .from(other)
    .where(
      and(eq(other.sourceId, rooms.sourceId), eq(other.title, rooms.title), ne(other.id, rooms.id)),
    )
    .orderBy(desc(other.id))
    .as("others");
  const laterOne = parts
    .select({ one: sql`1`.as("one") })
    .from(later)
    .where(and(eq(later.roomId, others.id), isLater(filter)))
    .limit(1)
    .as("later_one");
  return parts.select({ one: sql`1` }).from(others).crossJoinLateral(laterOne);
}

function isOfSource(sourceId: SQLWrapper, { source }: Pick<RoomFilter, "source">) {
  return source === null ? undefined : ofSource(sourceId, source);
}

/** Whether one of `rooms` has the text, or is one of few that do. */
export function isAsked(q: string | null, few: readonly number[] | null): SQL | undefined {
  if (few !== null) return isOneOf(rooms.id, few);
  return q === null ? undefined : hasWords(rooms.words, q);
}

/** Behind a place, in the direction in which the list is read. */
function beyond(sort: RoomSort, isUp: boolean, place: RoomPlace): SQL {
  const { name, roomId, lastAt, lastId, value } = place;
  const behind = {
    last: sql`(${lastAt}::bigint, ${lastId}::uuid)`,
    name: sql`(${name}::text, ${roomId}::bigint)`,
    meetings: sql`(${value}::bigint, ${roomId}::bigint)`,
    people: sql`(${value}::bigint, ${roomId}::bigint)`,
  }[sort];
  return sql`(${sql.join([...KEYS[sort]], sql`, `)}) ${isUp ? sql`>` : sql`<`} ${behind}`;
}

/** What the meetings of rooms, or of the series they stand for, add up to, in those days. One statement. */
export async function meetingsOfRooms(
  reader: Reader,
  roomIds: readonly number[],
  held: Held,
  providers: OneMeetingARoom,
  latest: number,
): Promise<(RoomMeetings & { roomId: number })[]> {
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
    .where(and(sql`${meetings.roomId} = any(array${roomsOfSeries(providers)})`, heldIn(held)))
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
    .where(isOneOf(rooms.id, roomIds));
}
