import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Orm } from "#db/client.ts";
import type { Transaction } from "#db/session.ts";
import { leavePeopleOut } from "./erasing.ts";
import { allowWithdrawing } from "./events.ts";

/** What is kept of demonstrations: what `simulate` and `seed` wrote, and what was said about it since. */
export interface DemoCounts {
  meetings: number;
  people: number;
  waits: number;
  events: number;
  deliveries: number;
  /** Meetings that somebody expects there, and statements about nothing else. */
  scheduled: number;
  statements: number;
}

const DEMO = sql.raw("(select id from sources where is_demo)");
const DEMO_ROOMS = sql.raw(
  "(select id from rooms where source_id in (select id from sources where is_demo))",
);

export async function countDemo(orm: Pick<Orm, "execute">): Promise<DemoCounts> {
  const [row] = await orm.execute<DemoCounts & Record<string, unknown>>(sql`
    select
      (select count(*)::int from meetings where source_id in ${DEMO} and merged_into is null) as meetings,
      (select coalesce(sum(seq), 0)::int from meetings
        where source_id in ${DEMO} and merged_into is null) as events,
      (select count(*)::int from people
        where source_id in ${DEMO} and known_by <> 'joined' and meetings > 0) as people,
      (select count(*)::int from waits where room_id in ${DEMO_ROOMS}) as waits,
      (select count(*)::int from delivery_keys where source_id in ${DEMO}) as deliveries,
      (select count(*)::int from scheduled_meetings
        where source_id in ${DEMO} and withdrawn_at is null) as scheduled,
      (select count(*)::int from statements where ${isOfDemoAlone()}) as statements`);
  if (row === undefined) throw new Error("a count has a row");
  return row;
}

function isOfDemoAlone() {
  return sql`room_ids && array${DEMO_ROOMS} and room_ids <@ array${DEMO_ROOMS}`;
}

/** Lets go of statements about nothing but demonstrations. Their rooms are still there. */
export async function dropDemoStatements(orm: Pick<Orm, "execute">): Promise<void> {
  await orm.execute(sql`delete from statements where ${isOfDemoAlone()}`);
}

/** Forgets some deliveries of demonstrations. Answers how many. */
export async function dropDemoDeliveries(
  orm: Pick<Orm, "execute">,
  limit: number,
): Promise<number> {
  const rows = await orm.execute(sql`
    with portion as (
      select source_id, delivery_id from delivery_keys where source_id in ${DEMO}
      order by source_id, delivery_id limit ${limit}
    ), gone as (
      delete from deliveries d using portion s where d.id = s.delivery_id
    ), unsaid as (
      delete from unprojected u using portion s where u.delivery_id = s.delivery_id
    )
    delete from delivery_keys k using portion s
    where k.source_id = s.source_id and k.delivery_id = s.delivery_id
    returning k.delivery_id`);
  return rows.length;
}

/** Rooms looked at for what is taken away together. */
const ROOMS_AT_ONCE = 500;

/**
 * Takes some rooms of demonstrations away, with their meetings and all that is told of these; whoever was in
 * them keeps what they attended elsewhere. Answers how many events went, `null` where no room is left.
 */
export async function dropDemoRooms(tx: Transaction, events: number): Promise<number | null> {
  const rooms = await tx.execute<{ id: number }>(sql`
    with own as (
      select r.id, (select coalesce(sum(m.seq), 0) from meetings m
        where m.room_id = r.id and m.merged_into is null) as events
      from rooms r where r.source_id in ${DEMO} order by r.id limit ${ROOMS_AT_ONCE}
    ), portion as (
      select id from (select id, sum(events) over (order by id) - events as before from own) o
      where before < ${events}
    )
    select r.id from rooms r join portion s on s.id = r.id order by r.id for update of r`);
  if (rooms.length === 0) return null;
  const roomIds = list(
    "bigint",
    rooms.map(({ id }) => id),
  );
  const meetings = await tx.execute<{ id: string; seq: number }>(sql`
    select id, seq from meetings where room_id = any(${roomIds}) and merged_into is null`);
  const ids = list(
    "uuid",
    meetings.map(({ id }) => id),
  );
  await allowWithdrawing(tx);
  const attended = await tx.execute<{ identity: string | null }>(sql`
    delete from attendances where meeting_id = any(${ids}) returning identity`);
  await tx.execute(sql`delete from events where meeting_id = any(${ids})`);
  await tx.execute(sql`delete from waits where meeting_id = any(${ids})`);
  await tx.execute(sql`delete from meetings where merged_into = any(${ids})`);
  await tx.execute(sql`delete from meetings where id = any(${ids})`);
  await tx.execute(sql`delete from rooms where id = any(${roomIds})`);
  const people = [...new Set(attended.flatMap(({ identity }) => identity ?? []))];
  if (people.length > 0) await leavePeopleOut(tx, people);
  return meetings.reduce((sum, { seq }) => sum + seq, 0);
}

/** Lets go of sources of demonstrations of which no room is left, with what was set and expected there. */
export async function dropDemoSources(tx: Transaction): Promise<void> {
  const sources = await tx.execute<{ id: string }>(sql`
    select id from sources s where is_demo
      and not exists (select from rooms where source_id = s.id) for update`);
  const ids = list(
    "uuid",
    sources.map(({ id }) => id),
  );
  await tx.execute(sql`delete from meetings where source_id = any(${ids})`);
  await tx.execute(sql`delete from roster_aliases where source_id = any(${ids})`);
  await tx.execute(sql`delete from sources where id = any(${ids})`);
}
