import { sql } from "drizzle-orm";
import { alone } from "#db/alone.ts";
import { column, list } from "#db/array.ts";
import type { Database, Orm, Sql } from "#db/client.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import type { NewDelivery } from "./deliveries.ts";

/** A delivery as it was kept. */
export interface KeptDelivery extends Omit<NewDelivery, "receivedAt" | "body"> {
  id: number;
  provider: string;
  body: Buffer;
  /** Its room's people were erased. */
  isErased: boolean;
}

/** Names the lock that only one replay holds: two at once would each tell what neither found told. */
const REPLAY_LOCK = 0x5245504c;

/** What a replay has before it, found in one pass, whatever its number. */
export interface Found<Id> {
  total: number;
  /** The next ids; none at the end. */
  next(limit: number): Promise<Id[]>;
}

/** What a replay looks for. */
export interface Search {
  /**
   * Deliveries without events, whether they told none or lost them; without erased ones, and those that are
   * still to be projected.
   */
  untold(): Promise<Found<number>>;
  /** Meetings that have events and are no more, or whose room is no more. */
  homeless(): Promise<Found<string>>;
}

/** Runs a replay alone; `null` where another is at work, in whatever process. */
export async function replayAlone<T>(
  database: Pick<Database, "session">,
  work: (search: Search) => Promise<T>,
): Promise<T | null> {
  return alone(database, REPLAY_LOCK, async (session) => {
    try {
      return await work({
        untold: () => find(session, "untold", UNTOLD),
        homeless: () => find(session, "homeless", HOMELESS),
      });
    } finally {
      await session`close all`;
    }
  });
}

const UNTOLD = `
  select d.id from deliveries d
  where d.body <> '' and not exists (select from events e where e.delivery_id = d.id)
    and not exists (select from unprojected u where u.delivery_id = d.id)
  order by d.id`;

const HOMELESS = `
  select m.id from meetings m
  where m.merged_into is null and not exists (select from rooms r where r.id = m.room_id)
  union
  select e.meeting_id from events e
  where not exists (select from meetings m where m.id = e.meeting_id)`;

/** The ids are kept by the database, on its disk where they are many. */
async function find<Id>(session: Sql, name: string, query: string): Promise<Found<Id>> {
  await session`begin`;
  await session.unsafe(`declare ${name} scroll cursor with hold for ${query}`);
  await session`commit`;
  const { count } = await session.unsafe(`move forward all from ${name}`);
  await session.unsafe(`move absolute 0 from ${name}`);
  return {
    total: count,
    next: async (limit) => {
      const rows = await session.unsafe<{ id: Id }[]>(`fetch forward ${limit} from ${name}`);
      return rows.map(({ id }) => id);
    },
  };
}

/** The room of a meeting; `null` where there is no such meeting. */
export async function roomOfMeeting(orm: Orm, meetingId: string): Promise<number | null> {
  const [row] = await orm.execute<{ id: number }>(sql`
    select room_id as id from meetings where id = ${meetingId}::uuid`);
  return row?.id ?? null;
}

/** How many events the meetings of all rooms have, or those of one. */
export async function countEvents(
  orm: Orm,
  roomId: number | null,
  sourceId: string | null = null,
): Promise<number> {
  const [row] = await orm.execute<{ events: number }>(sql`
    select coalesce(sum(seq), 0)::bigint as events from meetings
    where merged_into is null and (${roomId}::bigint is null or room_id = ${roomId}::bigint)
      and (${sourceId}::uuid is null or source_id = ${sourceId}::uuid)`);
  return row?.events ?? 0;
}

/** A room with how many events its meetings have. */
export interface RoomSize {
  id: number;
  events: number;
}

/** The next rooms that have meetings, in the order of their ids. */
export async function roomsAfter(
  orm: Orm,
  after: number,
  limit: number,
  sourceId: string | null = null,
): Promise<RoomSize[]> {
  const rows = await orm.execute<RoomSize & Record<string, unknown>>(sql`
    select room_id as id, sum(seq)::bigint as events from meetings
    where room_id > ${after} and merged_into is null
      and (${sourceId}::uuid is null or source_id = ${sourceId}::uuid)
    group by room_id order by room_id limit ${limit}`);
  return rows;
}

/** Where a meeting stands among all: by its room, when it began, and its id. */
export interface Place {
  roomId: number;
  firstAt: Ms;
  id: string;
}

export const BEFORE_ALL: Place = {
  roomId: 0,
  firstAt: 0,
  id: "00000000-0000-0000-0000-000000000000",
};

/** A meeting in its place, with how many events it has. */
export interface PlacedMeeting extends Place {
  seq: number;
}

/** The next meetings of rooms, by their places. */
export async function meetingsAfter(
  tx: Transaction,
  roomIds: readonly number[],
  after: Place,
  limit: number,
): Promise<PlacedMeeting[]> {
  return tx.execute<PlacedMeeting & Record<string, unknown>>(sql`
    select id, room_id as "roomId", first_at as "firstAt", seq from meetings
    where room_id = any(${list("bigint", roomIds)}) and merged_into is null
      and (room_id, first_at, id)
        > (${after.roomId}::bigint, ${after.firstAt}::bigint, ${after.id}::uuid)
    order by room_id, first_at, id limit ${limit}::bigint`);
}

/** Those of the deliveries that are still kept. */
export async function deliveriesById(
  tx: Transaction,
  ids: readonly number[],
): Promise<KeptDelivery[]> {
  return tx.execute<KeptDelivery & Record<string, unknown>>(sql`
    select d.id, d.source_id as "sourceId", s.provider, k.key, k.occurrence, d.room, d.status, d.type,
      d.reason, d.body, r.erased_at is not null as "isErased"
    from unnest(${list("bigint", ids)}) as n (id)
    join deliveries d on d.id = n.id
    join sources s on s.id = d.source_id
    -- There always is one; said like this it is looked up after the delivery, by the whole index.
    left join delivery_keys k on k.source_id = d.source_id and k.delivery_id = d.id
    left join rooms r on r.source_id = d.source_id and r.key = d.room
    order by d.id`);
}

/** Locks deliveries; answers those that are still kept, with what they are kept as. */
export async function lockDeliveries(
  tx: Transaction,
  ids: readonly number[],
): Promise<Pick<KeptDelivery, "id" | "status">[]> {
  return tx.execute<Pick<KeptDelivery, "id" | "status"> & Record<string, unknown>>(sql`
    select d.id, d.status from unnest(${list("bigint", ids)}) as n (id) join deliveries d on d.id = n.id
    order by d.id for update of d`);
}

/** What names a delivery in its source. */
export type DeliveryNames = Pick<KeptDelivery, "id" | "sourceId" | "key" | "occurrence">;

/** Who has the names of deliveries: themselves, or others, which need not be kept any more. */
export async function holdersOf(
  tx: Transaction,
  names: readonly DeliveryNames[],
): Promise<DeliveryNames[]> {
  return tx.execute<DeliveryNames & Record<string, unknown>>(sql`
    with n as (
      select * from unnest(
        ${column("uuid", names, ({ sourceId }) => sourceId)},
        ${column("uuid", names, ({ key }) => key)},
        ${column("uuid", names, ({ occurrence }) => occurrence)}
      ) as n (source_id, key, occurrence)
    )
    select k.delivery_id as id, k.source_id as "sourceId", k.key, k.occurrence
    from n join delivery_keys k on k.source_id = n.source_id and k.key = n.key
    union
    select k.delivery_id, k.source_id, k.key, k.occurrence
    from n join delivery_keys k on k.source_id = n.source_id and k.occurrence = n.occurrence`);
}

/** Says what kept deliveries turned out to be. Fails where another has one of their names. */
export async function restateDeliveries(
  tx: Transaction,
  all: readonly Omit<KeptDelivery, "provider" | "body" | "isErased">[],
): Promise<void> {
  await tx.execute(sql`
    with n as (
      select * from unnest(
        ${column("bigint", all, ({ id }) => id)},
        ${column("uuid", all, ({ sourceId }) => sourceId)},
        ${column("uuid", all, ({ key }) => key)},
        ${column("uuid", all, ({ occurrence }) => occurrence)},
        ${column("text", all, ({ room }) => room)},
        ${column("text", all, ({ status }) => status)},
        ${column("text", all, ({ type }) => type)},
        ${column("text", all, ({ reason }) => reason)}
      ) as n (id, source_id, key, occurrence, room, status, type, reason)
    ), named as (
      update delivery_keys k set key = n.key, occurrence = n.occurrence from n
      where k.source_id = n.source_id and k.delivery_id = n.id
    )
    update deliveries d set room = n.room, status = n.status, type = n.type, reason = n.reason from n
    where d.id = n.id`);
}

/**
 * Keeps deliveries that turned out to be repeats as all repeats are kept: counted on the first, where that is
 * still kept.
 */
export async function foldRepeats(
  tx: Transaction,
  repeats: readonly { id: number; of: number }[],
): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from deliveries d
      using unnest(
        ${column("bigint", repeats, ({ id }) => id)},
        ${column("bigint", repeats, ({ of }) => of)}
      ) as n (id, first)
      where d.id = n.id
      returning d.id, d.source_id, n.first, d.repeats
    ), nameless as (
      delete from delivery_keys k using gone g where k.source_id = g.source_id and k.delivery_id = g.id
    )
    update deliveries d set repeats = d.repeats + g.times
    from (select first, sum(repeats + 1)::int as times from gone group by first) g
    where d.id = g.first`);
}

/** The next of everybody, of whom there is a row or an attendance, after an id. */
export async function peopleAfter(orm: Orm, after: string, limit: number): Promise<string[]> {
  const rows = await orm.execute<{ id: string }>(sql`
    (select id from people where id > ${after}::uuid and known_by <> 'joined'
      order by id limit ${limit})
    union
    (select distinct identity from attendances where identity > ${after}::uuid
      order by identity limit ${limit})
    order by id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** About how many `peopleAfter` will answer. */
export async function countPeople(orm: Orm): Promise<number> {
  const [row] = await orm.execute<{ people: number }>(sql`
    select count(*) as people from people where known_by <> 'joined'`);
  return row?.people ?? 0;
}
