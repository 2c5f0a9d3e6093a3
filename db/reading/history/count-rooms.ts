import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/history/total.ts";
import { heldIn, inRange, ofSource, type RoomFilter, type RoomsSize } from "./room-filter.ts";
import { isByTitle, type OneMeetingARoom } from "./series.ts";
import { COUNTED_LIMIT, countOf } from "./total.ts";

/** As many of the newest meetings tell whether rooms are used once; else rooms are fewer than meetings. */
const LOOKED_AT = MOST_COUNTED + 2_000;

/**
 * How many rooms a list has: series with a meeting in those days, the room of whose latest has the text. The
 * newest meetings are gone through where that is all of them, or where they tell already that rooms are more than
 * are counted. Else rooms come again and again, and each room and each title is asked for a meeting. One statement.
 */
export async function countRooms(
  reader: Reader,
  filter: RoomFilter,
  { few, isShort }: RoomsSize,
  providers: OneMeetingARoom,
): Promise<Total> {
  const asked = sql`(${keyedRooms(filter, few, providers)}) union all (${titles(filter, few, providers)})
    limit ${COUNTED_LIMIT}`;
  if (few !== null && !isShort) return countOf(reader, asked);
  const [row] = await reader.execute<{ found: number }>(sql`
    with newest as materialized (
      select m.id, m.room_id, m.first_at from meetings m where ${inRange(filter)}
      order by m.first_at desc, m.id desc limit ${LOOKED_AT + 1}
    ), found as materialized (${seriesOfNewest(filter, few, providers)} limit ${COUNTED_LIMIT})
    select (case
      when (select count(*) from newest) <= ${LOOKED_AT} or (select count(*) from found) > ${MOST_COUNTED}
      then (select count(*) from found)
      else (select count(*) from (${asked}) a) end)::int as found`);
  return totalOf(row?.found ?? 0);
}

/** The series of the newest meetings: those whose latest is of a room that is asked for. */
function seriesOfNewest(
  { q }: RoomFilter,
  few: readonly number[] | null,
  providers: OneMeetingARoom,
): SQL {
  return sql`
    select from (
      select distinct on (source_id, title, room) id, words from (
        select r.id, r.words, r.source_id, n.first_at, n.id as meeting, case when b.yes then r.title end as title,
          case when not b.yes then r.id end as room
        from (select distinct on (room_id) * from newest order by room_id, first_at desc, id desc) n
        cross join lateral (select * from rooms where id = n.room_id offset 0) r
        join sources s on s.id = r.source_id
        cross join lateral (select ${isByTitle(providers)} as yes) b
      ) x order by source_id, title, room, first_at desc, meeting desc
    ) r where ${isAsked(q, few)}`;
}

/** The rooms that are a series by themselves, of those days. Asked as a value: there is no better way to begin. */
function keyedRooms(
  filter: RoomFilter,
  few: readonly number[] | null,
  providers: OneMeetingARoom,
): SQL {
  // A join would be done room by room.
  const titled = sql`array(select id from sources where provider = any(${list("text", providers)}))`;
  const conditions = [
    sql`(r.title is null or r.source_id <> all(${titled}))`,
    ...(filter.source === null ? [] : [ofSource(sql`r.source_id`, filter.source)]),
    isAsked(filter.q, few),
    sql`(select exists (${heldBy(sql`r.id`, filter)}))`,
  ];
  return sql`
    select from rooms r where ${sql.join(conditions, sql` and `)} limit ${COUNTED_LIMIT}`;
}

/** The titles that are a series, of those days: of each its rooms are asked, the newest first. */
function titles(
  filter: RoomFilter,
  few: readonly number[] | null,
  providers: OneMeetingARoom,
): SQL {
  const { source, q } = filter;
  const rooms = sql`select q.id, q.words from rooms q
    where q.source_id = t.source_id and q.title = t.title order by q.id desc`;
  const isHeld =
    q === null
      ? sql`(select exists (
          select from (${rooms}) r cross join lateral (${heldBy(sql`r.id`, filter)} limit 1) m))`
      : sql`(select ${isAsked(q, few)} from (
          select r.id, r.words from (${rooms}) r
          cross join lateral (${heldBy(sql`r.id`, filter)} order by m.first_at desc, m.id desc limit 1) m
          order by m.first_at desc, m.id desc limit 1) r)`;
  const inSource = source === null ? sql`true` : ofSource(sql`s.id`, source);
  const named =
    few === null && q === null
      ? eachTitle(inSource, providers)
      : sql`select distinct r.source_id, r.title from rooms r join sources s on s.id = r.source_id
          where ${isByTitle(providers)} and ${inSource} and ${isAsked(q, few)}`;
  return sql`select from (${named}) t where ${isHeld} limit ${COUNTED_LIMIT}`;
}

/** The titles there are, each found behind the one before: rooms of one title may be many. */
function eachTitle(inSource: SQL, providers: OneMeetingARoom): SQL {
  return sql`
    select s.id as source_id, e.title from sources s cross join lateral (
      with recursive each as (
        select min(r.title) as title from rooms r where r.source_id = s.id
        union all
        select (select min(r.title) from rooms r where r.source_id = s.id and r.title > e.title)
        from each e where e.title is not null
      ) select title from each where title is not null
    ) e
    where s.provider = any(${list("text", providers)}) and ${inSource}`;
}

function isAsked(q: string | null, few: readonly number[] | null): SQL {
  if (few !== null) return sql`r.id = any(${list("bigint", few)})`;
  return q === null ? sql`true` : hasWords(sql`r.words`, q);
}

function heldBy(room: SQL, filter: RoomFilter): SQL {
  return sql`select m.id, m.first_at from meetings m
    where m.room_id = ${room} and ${sql.join(heldIn(filter), sql` and `)}`;
}
