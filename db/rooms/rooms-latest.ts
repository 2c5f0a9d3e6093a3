import { and, desc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { SPAN } from "#db/meetings/meeting.ts";
import { tookPlace } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { RoomSort } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isByTitle, type OneMeetingARoom, type seriesBy } from "./series.ts";

/*
 * The three ways to find rooms, or series, with the latest meeting of each: through all meetings, through the
 * meetings in their order, and through the rooms in theirs.
 */

/** The value a series is sorted by, where its meetings are counted for that. */
export const VALUE = sql<number>`value`;

/** Whether a sort is by sums over the meetings of a room. */
export function isCounted(sort: RoomSort): sort is "meetings" | "people" {
  return sort === "meetings" || sort === "people";
}

/** Which rooms are asked for. */
export interface RoomSlots {
  /** The condition on `rooms`, and on the latest of `meetings` of each. */
  wanted: SQL | undefined;
  /** The condition on all meetings that count, where these are read. */
  inRange: SQL | undefined;
  /** The days in which meetings count; `to` is exclusive. */
  from: SQL;
  to: SQL;
}

/** How rooms are listed: with which fields of them, their `sources` and the latest of `meetings` of each. */
export interface RoomsForm {
  fields: {
    key: typeof rooms.key;
    title: typeof rooms.title;
    source: SQL<WireSource>;
    seriesBy: ReturnType<typeof seriesBy>;
    last: { id: typeof meetings.id; firstAt: SQL<Ms> } & typeof SPAN;
    place: {
      name: SQL<string>;
      value: SQL<number>;
      roomId: typeof rooms.id;
      lastAt: SQL<Ms>;
      lastId: typeof meetings.id;
    };
  };
  sort: RoomSort;
  order: SQL[];
  limit: number;
  /** Whether the words of rooms are in a condition. */
  isOnWords: boolean;
  providers: OneMeetingARoom;
}

/**
 * Reads all meetings, of each room the latest, and of each series the latest of these. Each room is looked
 * up: where every meeting has a room of its own there are as many rooms as meetings ever, and the planner
 * would join by reading all of them.
 */
export function bySeries(
  reader: Reader,
  { wanted, inRange }: RoomSlots,
  { fields: room, sort, order, limit, isOnWords, providers }: RoomsForm,
) {
  const own = parts.select().from(rooms).where(eq(rooms.id, meetings.roomId)).offset(0);
  const ofTitle = isByTitle(providers);
  const ofRooms = latestOfRooms(inRange, sort);
  const meetingRows = parts
    .select({
      id: meetings.id,
      ...SPAN,
      firstAt: meetings.firstAt,
      sourceId: meetings.sourceId,
      roomId: meetings.roomId,
      meetings: sql`meetings_held`.as("meetings_of_room"),
      ended: sql`meetings_ended`.as("ended_of_room"),
      people: sql`people_in_all`.as("people_of_room"),
      roomKey: sql`${rooms.key}`.as("room_key"),
      roomTitle: sql`${rooms.title}`.as("room_title"),
      roomWords: sql`${isOnWords ? rooms.words : sql`null`}`.as("room_words"),
      seriesTitle: sql`case when ${ofTitle} then ${rooms.title} end`.as("series_title"),
      seriesRoom: sql`case when not ${ofTitle} then ${rooms.id} end`.as("series_room"),
    })
    .from(standingFor(meetings, ofRooms))
    .crossJoinLateral(standingFor(rooms, own))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .as("meeting_rows");
  const { sourceId, seriesTitle, seriesRoom, ...fields } = meetingRows._.selectedFields;
  const series = [sourceId, seriesTitle, seriesRoom] as const;
  const ofSeries = sql`over (partition by ${sourceId}, ${seriesTitle}, ${seriesRoom})`;
  const value =
    isCounted(sort) &&
    {
      meetings: sql`sum(${fields.meetings}) ${ofSeries}`,
      people: sql`sum(${fields.people}) ${ofSeries} / nullif(sum(${fields.ended}) ${ofSeries}, 0) * 1000`,
    }[sort];
  const latest = parts
    .selectDistinctOn([...series], {
      ...{ sourceId, seriesTitle, seriesRoom, ...fields },
      ...(value && { value: sql`coalesce(round(${value}), -1)::bigint`.as("value") }),
    })
    .from(meetingRows)
    .orderBy(...series, desc(fields.firstAt), desc(fields.id));
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
    .where(wanted)
    .orderBy(...order)
    .limit(limit);
}

/**
 * Of each room the latest of all meetings, and if needed their sums: grouped by the ids of rooms, many more
 * than the titles of series, but numbers.
 */
function latestOfRooms(inRange: SQL | undefined, sort: RoomSort) {
  const { id, firstAt, roomId, sourceId } = meetings;
  const ofRoom = sql`over (partition by ${roomId})`;
  const isEnded = sql`filter (where ${meetings.status} = 'ended')`;
  const overRoom = (what: SQL) => (isCounted(sort) ? sql`${what} ${ofRoom}` : sql`null::bigint`);
  return parts
    .selectDistinctOn([roomId], {
      ...{ id, ...SPAN, firstAt, sourceId, roomId },
      meetings: overRoom(sql`count(*)`).as("meetings_held"),
      ended: overRoom(sql`count(*) ${isEnded}`).as("meetings_ended"),
      people: overRoom(sql`sum(${meetings.peopleCount}) ${isEnded}`).as("people_in_all"),
    })
    .from(meetings)
    .where(inRange)
    .orderBy(roomId, desc(firstAt), desc(id));
}

/**
 * Reads meetings in their order, passing over those after which the room had another. That check is a scalar
 * subquery: for a join the planner would expect so few rows that it reads and sorts everything.
 */
export function byMeeting(
  reader: Reader,
  { wanted, from, to }: RoomSlots,
  { fields, order, limit, providers }: RoomsForm,
) {
  const another = parts
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.roomId, meetings.roomId),
        isNull(later.mergedInto),
        tookPlace(later),
        gte(later.firstAt, meetings.firstAt),
        lt(later.firstAt, to),
        sql`(${later.firstAt}, ${later.id}) > (${meetings.firstAt}, ${meetings.id})`,
      ),
    );
  const ofTitle = latestOfTitle({ from, to }, providers);
  return reader
    .select(fields)
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .leftJoinLateral(ofTitle, sql`true`)
    .where(
      and(
        isNull(meetings.mergedInto),
        tookPlace(),
        sql`not (select exists ${another})`,
        isLatest(ofTitle),
        wanted,
      ),
    )
    .orderBy(...order)
    .limit(limit);
}

/** Reads rooms in their order, or few of them in any, and the latest meeting of each. */
export function byRoom(
  reader: Reader,
  { wanted, from, to }: RoomSlots,
  { fields, order, limit, providers }: RoomsForm,
) {
  const { id, firstAt } = meetings;
  const ofTitle = latestOfTitle({ from, to }, providers);
  const latest = parts
    .select({ id, firstAt, ...SPAN })
    .from(meetings)
    .where(
      and(
        eq(meetings.roomId, rooms.id),
        isNull(meetings.mergedInto),
        tookPlace(),
        gte(firstAt, from),
        lt(firstAt, to),
      ),
    )
    .orderBy(desc(firstAt), desc(id))
    .limit(1);
  return reader
    .select(fields)
    .from(rooms)
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .crossJoinLateral(standingFor(meetings, latest))
    .leftJoinLateral(ofTitle, sql`true`)
    .where(and(isLatest(ofTitle), wanted))
    .orderBy(...order)
    .limit(limit);
}

const later = alias(meetings, "later");

/**
 * The latest meeting in those days of all rooms with the title of one of `rooms`, where a title makes a series; none
 * for other rooms. A join and not a condition: it follows from source and title alone, so PostgreSQL looks it up once
 * for a series, in whatever order its rooms come.
 */
function latestOfTitle({ from, to }: Pick<RoomSlots, "from" | "to">, providers: OneMeetingARoom) {
  const other = alias(rooms, "other");
  const ofOther = parts
    .select({ id: later.id, firstAt: later.firstAt })
    .from(later)
    .where(
      and(
        eq(later.roomId, other.id),
        isNull(later.mergedInto),
        tookPlace(later),
        gte(later.firstAt, from),
        lt(later.firstAt, to),
      ),
    )
    .orderBy(desc(later.firstAt), desc(later.id))
    .limit(1)
    .as("of_other");
  return parts
    .select({ latestId: sql`${ofOther.id}`.as("latest_id") })
    .from(other)
    .crossJoinLateral(ofOther)
    .where(
      and(isByTitle(providers), eq(other.sourceId, rooms.sourceId), eq(other.title, rooms.title)),
    )
    .orderBy(desc(ofOther.firstAt), desc(ofOther.id))
    .limit(1)
    .as("of_title");
}

/** Whether the one of `meetings` is the latest of its title, or is in no series by title. */
function isLatest({ latestId }: ReturnType<typeof latestOfTitle>): SQL | undefined {
  return or(isNull(latestId), eq(latestId, meetings.id));
}
