import { and, desc, eq, exists, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/lists/total.ts";
import {
  inRange,
  isAsked,
  meetingsInRange,
  type RoomFilter,
  type RoomsSize,
} from "./room-filter.ts";
import { isByTitle, type OneMeetingARoom } from "./series.ts";

/**
 * This many of the newest meetings show whether most rooms are used once; otherwise rooms are fewer than
 * meetings.
 */
const LOOKED_AT = MOST_COUNTED + 2_000;

/**
 * How many rooms a list has: series with a meeting in those days whose latest room has the text. The newest
 * meetings are read where they are all, or already show more rooms than are counted. Otherwise rooms are used
 * again and again, and each room and each title is checked for a meeting. One statement.
 */
export async function countRooms(
  reader: Reader,
  filter: RoomFilter,
  { few, isShort }: RoomsSize,
  providers: OneMeetingARoom,
): Promise<Total> {
  const asked = keyedRooms(filter, few, providers)
    .unionAll(titles(filter, few, providers))
    .limit(COUNTED_LIMIT);
  if (few !== null && !isShort) return countOf(reader, asked.getSQL());
  const newest = parts.$with("newest").as(
    parts
      .select({ id: meetings.id, roomId: meetings.roomId, firstAt: meetings.firstAt })
      .from(meetings)
      .where(inRange(filter))
      .orderBy(desc(meetings.firstAt), desc(meetings.id))
      .limit(LOOKED_AT + 1),
  );
  const latest = parts
    .selectDistinctOn([newest.roomId], {
      roomId: newest.roomId,
      firstAt: newest.firstAt,
      id: newest.id,
    })
    .from(newest)
    .orderBy(newest.roomId, desc(newest.firstAt), desc(newest.id))
    .as("latest");
  const own = parts.select().from(rooms).where(eq(rooms.id, latest.roomId)).offset(0);
  const ofTitle = isByTitle(providers);
  const series = parts
    .select({
      id: rooms.id,
      words: rooms.words,
      sourceId: rooms.sourceId,
      firstAt: latest.firstAt,
      meeting: sql`${latest.id}`.as("meeting"),
      seriesTitle: sql`case when ${ofTitle} then ${rooms.title} end`.as("series_title"),
      seriesRoom: sql`case when not ${ofTitle} then ${rooms.id} end`.as("series_room"),
    })
    .from(latest)
    .crossJoinLateral(standingFor(rooms, own))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .as("series");
  const { sourceId, seriesTitle, seriesRoom } = series;
  const latestOfEach = parts
    .selectDistinctOn([sourceId, seriesTitle, seriesRoom], { id: series.id, words: series.words })
    .from(series)
    .orderBy(sourceId, seriesTitle, seriesRoom, desc(series.firstAt), desc(series.meeting));
  // Only the series whose latest room is asked for.
  const found = parts.$with("found").as(
    parts
      .select({ one: sql`1`.as("one") })
      .from(standingFor(rooms, latestOfEach))
      .where(isAsked(filter.q, few))
      .limit(COUNTED_LIMIT),
  );
  const countFound = sql`(select count(*) from ${found})`;
  const [row] = await reader
    .with(newest, found)
    .select({
      found: sql<number>`(case
        when (select count(*) from ${newest}) <= ${LOOKED_AT} or ${countFound} > ${MOST_COUNTED}
        then ${countFound}
        else (select count(*) from ${asked} all_asked) end)::int`,
    })
    .from(oneRow);
  return totalOf(row?.found ?? 0);
}

/**
 * The rooms that are a series by themselves and have a meeting in those days. The check is a scalar subquery:
 * rooms are not worth starting from the meetings.
 */
function keyedRooms(filter: RoomFilter, few: readonly number[] | null, providers: OneMeetingARoom) {
  // As a join this would be done room by room.
  const titled = parts
    .select({ id: sources.id })
    .from(sources)
    .where(isOneOf(sources.provider, providers));
  return parts
    .select({ one: sql`1`.as("one") })
    .from(rooms)
    .where(
      and(
        or(isNull(rooms.title), sql`${rooms.sourceId} <> all(array${titled})`),
        filter.source === null ? undefined : ofSource(rooms.sourceId, filter.source),
        isAsked(filter.q, few),
        sql`(select ${exists(meetingsOfRoom(filter))})`,
      ),
    )
    .limit(COUNTED_LIMIT);
}

/** The titles that are a series and have a meeting in those days: the rooms of each are checked, the newest first. */
function titles(filter: RoomFilter, few: readonly number[] | null, providers: OneMeetingARoom) {
  const { source, q } = filter;
  const inSource = source === null ? undefined : ofSource(sources.id, source);
  const named =
    few === null && q === null
      ? eachTitle(inSource, providers)
      : parts
          .selectDistinct({ sourceId: rooms.sourceId, title: rooms.title })
          .from(rooms)
          .innerJoin(sources, eq(sources.id, rooms.sourceId))
          .where(and(isByTitle(providers), inSource, isAsked(q, few)));
  const title = alias(rooms, "titles");
  const ofTitle = parts
    .select()
    .from(rooms)
    .where(and(eq(rooms.sourceId, title.sourceId), eq(rooms.title, title.title)))
    .orderBy(desc(rooms.id));
  const own = standingFor(rooms, ofTitle);
  const hasMeeting =
    q === null
      ? sql`(select ${exists(anyMeetingIn(own, filter))})`
      : sql`${parts
          .select({ isAsked: sql`${isAsked(q, few)}` })
          .from(standingFor(rooms, latestIn(own, filter)))}`;
  return parts
    .select({ one: sql`1`.as("one") })
    .from(standingFor(title, named))
    .where(hasMeeting)
    .limit(COUNTED_LIMIT);
}

type Rooms = ReturnType<typeof standingFor<typeof rooms>>;

function anyMeetingIn(own: Rooms, filter: RoomFilter) {
  const inRoom = meetingsOfRoom(filter).limit(1).as("in_room");
  return parts.select({ one: sql`1` }).from(own).crossJoinLateral(inRoom);
}

/** The room with the latest meeting. */
function latestIn(own: Rooms, filter: RoomFilter) {
  const inRoom = meetingsOfRoom(filter)
    .orderBy(desc(meetings.firstAt), desc(meetings.id))
    .limit(1)
    .as("in_room");
  return parts
    .select({ id: rooms.id, words: rooms.words })
    .from(own)
    .crossJoinLateral(inRoom)
    .orderBy(desc(inRoom.firstAt), desc(inRoom.id))
    .limit(1);
}

/** All titles, each looked up after the one before: many rooms may share one title. */
function eachTitle(inSource: SQL | undefined, providers: OneMeetingARoom): SQL {
  const { title, sourceId } = rooms;
  return sql`
    select ${sources.id} as source_id, found.title from ${sources} cross join lateral (
      with recursive each_title as (
        select min(${title}) as title from ${rooms} where ${sourceId} = ${sources.id}
        union all
        select (
          select min(${title}) from ${rooms}
          where ${sourceId} = ${sources.id} and ${title} > each_title.title)
        from each_title where each_title.title is not null
      ) select each_title.title from each_title where each_title.title is not null
    ) found
    where ${and(isOneOf(sources.provider, providers), inSource)}`;
}

/** The meetings of one of `rooms` in those days. */
function meetingsOfRoom(filter: RoomFilter) {
  return parts
    .select({ id: meetings.id, firstAt: meetings.firstAt })
    .from(meetings)
    .where(and(eq(meetings.roomId, rooms.id), meetingsInRange(filter)));
}
