import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import type { RoomHeld, RoomOrder, RoomSort } from "#domain/history/rooms.ts";
import { tookPlace } from "./meeting-filter.ts";
import {
  type Held,
  heldIn,
  inRange,
  ofSource,
  type RoomFilter,
  type RoomsSize,
} from "./room-filter.ts";
import { isByTitle, type OneMeetingARoom, roomsOfSeries } from "./series.ts";

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
const NAME = sql.raw("left(lower(coalesce(r.title, r.key)), 200)");

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
  const walk = isWhole
    ? bySeries(filter, sort, providers)
    : (isByRoom ? BY_ROOM : BY_MEETING)(filter);
  const conditions = [
    ...walk.conditions,
    ...conditionsOf(filter, few, walk.sourceId),
    ...(from === null ? [] : [beyond(sort, isUp, from.place)]),
    ...(isWhole ? [] : [sql`not (${isByTitle(providers)} and exists (${laterOfTitle(filter)}))`]),
  ];
  const keys = sql.join(
    KEYS[sort].map((key) => (isUp ? key : sql`${key} desc`)),
    sql`, `,
  );
  return reader.execute<RoomOfList & Record<string, unknown>>(sql`
    select r.key, r.title,
      ${sql.raw(sourceJson("s"))} as source,
      case when ${isByTitle(providers)} then 'title' else 'room' end as "seriesBy",
      json_build_object('id', m.id, 'status', m.status, 'firstAt', m.first_at,
        'startedAt', m.started_at, 'endedAt', m.ended_at) as last,
      json_build_object('name', ${NAME}, 'value', ${isCounted(sort) ? sql`m.value` : sql`0`},
        'roomId', r.id, 'lastAt', m.first_at, 'lastId', m.id) as place
    from ${walk.tables}
    where ${sql.join(conditions, sql` and `)}
    order by ${keys} limit ${limit}`);
}

/** By what each order goes, and by what where that is the same. */
const KEYS: Record<RoomSort, readonly SQL[]> = {
  last: [sql`m.first_at`, sql`m.id`],
  name: [NAME, sql`r.id`],
  meetings: [sql`m.value`, sql`r.id`],
  people: [sql`m.value`, sql`r.id`],
};

/** Sorted by what the meetings of a room add up to. */
function isCounted(sort: RoomSort): sort is "meetings" | "people" {
  return sort === "meetings" || sort === "people";
}

/** Whether no walk along an index comes upon the rooms soon. */
function isOfAll({ longerThan }: RoomFilter, { sort, order }: RoomOrder): boolean {
  return isCounted(sort) || longerThan !== null || (sort === "last" && order === "asc");
}

/** The rooms `r` with their sources `s` and the latest meeting `m` of each. */
interface Walked {
  tables: SQL;
  conditions: SQL[];
  sourceId: SQL;
}
type Walk = (filter: RoomFilter) => Walked;

/**
 * All meetings, and of each series the latest. Each looks its room up: where every meeting has a room of its own
 * there are as many rooms as meetings ever, and a join would be estimated to be best done by reading all of them.
 */
function bySeries(filter: RoomFilter, sort: RoomSort, providers: OneMeetingARoom): Walked {
  return {
    tables: sql`(
      select distinct on (source_id, series_title, series_room) *${sortValue(sort)}
      from (
        select m.id, m.status, m.first_at, m.started_at, m.ended_at, m.people_count, m.source_id, r.id as room_id,
          r.key as room_key, r.title as room_title, case when b.yes then r.title end as series_title,
          case when not b.yes then r.id end as series_room
        from meetings m
        cross join lateral (select * from rooms where id = m.room_id offset 0) r
        join sources s on s.id = m.source_id
        cross join lateral (select ${isByTitle(providers)} as yes) b
        where ${inRange(filter)}
      ) x order by source_id, series_title, series_room, first_at desc, id desc
    ) m
    cross join lateral (select m.room_id as id, m.room_key as key, m.room_title as title) r
    join sources s on s.id = m.source_id`,
    conditions: [],
    sourceId: sql`m.source_id`,
  };
}

/** What a series is sorted by, as one more column, where its meetings are counted for that. */
function sortValue(sort: RoomSort): SQL {
  if (!isCounted(sort)) return sql``;
  const value = {
    meetings: sql`count(*)`,
    people: sql`avg(people_count) filter (where status = 'ended')`,
  }[sort];
  const scale = sort === "people" ? sql`1000` : sql`1`;
  return sql`, coalesce(round(${value}
    over (partition by source_id, series_title, series_room) * ${scale}), -1)::bigint as value`;
}

/**
 * Meetings in their order, passing over those after which the room had another. Asked as a value: as a join
 * it would be estimated to leave so few that everything is read and sorted.
 */
const BY_MEETING: Walk = ({ to }) => ({
  tables: sql`meetings m join rooms r on r.id = m.room_id join sources s on s.id = r.source_id`,
  conditions: [
    sql`m.merged_into is null and ${tookPlace("m")}`,
    sql`not (select exists (
      select from meetings n
      where n.room_id = m.room_id and n.merged_into is null and ${tookPlace("n")}
        and n.first_at >= m.first_at and n.first_at < ${to}
        and (n.first_at, n.id) > (m.first_at, m.id)))`,
  ],
  sourceId: sql`m.source_id`,
});

/** Rooms in their order, or few of them in any, and of each its latest meeting. */
const BY_ROOM: Walk = ({ from, to }) => ({
  tables: sql`rooms r join sources s on s.id = r.source_id cross join lateral (
    select n.id, n.status, n.first_at, n.started_at, n.ended_at from meetings n
    where n.room_id = r.id and n.merged_into is null and ${tookPlace("n")}
      and n.first_at >= ${from} and n.first_at < ${to}
    order by n.first_at desc, n.id desc limit 1) m`,
  conditions: [],
  sourceId: sql`r.source_id`,
});

/**
 * A later meeting of another room of the title. Room by room, the newest first: nearly always that has one,
 * and a join would be estimated to be best begun with all later meetings there are.
 */
function laterOfTitle({ to }: RoomFilter): SQL {
  return sql`
    select from (
      select q.id from rooms q
      where q.source_id = r.source_id and q.title = r.title and q.id <> r.id order by q.id desc
    ) o cross join lateral (
      select from meetings n
      where n.room_id = o.id and n.merged_into is null and ${tookPlace("n")}
        and n.first_at >= m.first_at and n.first_at < ${to}
        and (n.first_at, n.id) > (m.first_at, m.id) limit 1
    ) later`;
}

function conditionsOf(
  { source, q, from, to }: RoomFilter,
  few: readonly number[] | null,
  sourceId: SQL,
): SQL[] {
  const conditions = [sql`m.first_at >= ${from}`, sql`m.first_at < ${to}`];
  if (source !== null) conditions.push(ofSource(sourceId, source));
  if (few !== null) conditions.push(sql`r.id = any(${list("bigint", few)})`);
  else if (q !== null) conditions.push(hasWords(sql`r.words`, q));
  return conditions;
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
  return reader.execute<RoomMeetings & { roomId: number } & Record<string, unknown>>(sql`
    select r.id as "roomId", f.*
    from rooms r join sources s on s.id = r.source_id
    cross join lateral (
      select count(*)::int as meetings, count(*) filter (where m.status <> 'ended')::int as live,
        avg(m.people_count) filter (where m.status = 'ended')::float8 as "peoplePerMeeting",
        to_jsonb((array_agg(m.people_count order by m.first_at desc, m.id desc)
          filter (where m.status = 'ended'))[1:${latest}::int]) as trend
      from meetings m
      where m.room_id = any(array${roomsOfSeries(providers)}) and ${sql.join(heldIn(held), sql` and `)}
    ) f
    where r.id = any(${list("bigint", roomIds)})`);
}
