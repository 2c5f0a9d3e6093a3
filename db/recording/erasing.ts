import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import { ERASED } from "./deliveries.ts";
import { allowWithdrawing } from "./events.ts";
import { lockPeople, tellAnew, tellJoined } from "./everybody.ts";
import { eraseLines } from "./imports.ts";
import { forgetLinks } from "./links.ts";

/** A room whose people are erased: since when, and the delivery that said so, which is kept. */
export interface ErasedRoom {
  id: number;
  sourceId: string;
  key: string;
  at: Ms;
  proof: number | null;
}

/** A meeting whose people are erased, if there was one, and the one that keeps its numbers. */
export interface ErasedMeeting {
  id: string | null;
  remains: string;
  at: Ms;
  reason: string | null;
}

/**
 * Takes the people out of everything that is kept of locked rooms and their meetings: events, attendances,
 * waits, what `people` tell of them, what was stated of them, and what the deliveries said. Deliveries are
 * found through the events they told, and those that told none by their room, or, where that is not known, by
 * its key in their bodies.
 */
export async function eraseRooms(
  tx: Transaction,
  rooms: readonly ErasedRoom[],
  meetings: readonly ErasedMeeting[],
): Promise<void> {
  const ids = list(
    "uuid",
    meetings.flatMap(({ id }) => id ?? []),
  );
  await eraseLines(tx, rooms);
  await tx.execute(sql`
    with rooms as (
      select * from unnest(
        ${column("uuid", rooms, ({ sourceId }) => sourceId)},
        ${column("text", rooms, ({ key }) => key)},
        ${column("bytea", rooms, ({ key }) => Buffer.from(JSON.stringify(key)))}
      ) as r (source_id, key, written)
    ), told as (
      select delivery_id as id from events where meeting_id = any(${ids}) and delivery_id is not null
    ), silent as (
      select d.id from rooms r
      join deliveries d on d.source_id = r.source_id and d.room = r.key and d.status <> 'recorded'
      union all
      select d.id from rooms r
      join deliveries d on d.source_id = r.source_id and d.room is null and d.status <> 'recorded'
        and position(r.written in d.body) > 0
    )
    update deliveries d set body = '', reason = ${ERASED},
      status = case when d.status = 'recorded' then 'recorded' else 'ignored' end
    from (select id from told union select id from silent) n
    where d.id = n.id and d.id <> all(${proofsOf(rooms)})`);
  const [, attended] = await Promise.all([
    allowWithdrawing(tx),
    tx.execute<{ identity: string | null }>(
      sql`delete from attendances where meeting_id = any(${ids}) returning identity`,
    ),
    tx.execute(sql`delete from events where meeting_id = any(${ids})`),
    tx.execute(sql`delete from waits where meeting_id = any(${ids})`),
    tx.execute(sql`
      update statements s set facts = null, erased_at = coalesce(s.erased_at, n.at)
      from unnest(
        ${column("bigint", rooms, ({ id }) => id)},
        ${column("bigint", rooms, ({ at }) => at)}
      ) as n (id, at)
      where s.room_ids @> array[n.id]`),
    tx.execute(sql`
      update meetings m set erased_at = n.at, erased_reason = n.reason,
        lost_count = coalesce(o.lost_count, 0), left_count = coalesce(o.left_count, 0),
        people_left_count = coalesce(o.people_left_count, 0)
      from unnest(
        ${column("uuid", meetings, ({ remains }) => remains)},
        ${column("uuid", meetings, ({ id }) => id)},
        ${column("bigint", meetings, ({ at }) => at)},
        ${column("text", meetings, ({ reason }) => reason)}
      ) as n (remains, id, at, reason) left join meetings o on o.id = n.id
      where m.id = n.remains`),
    tx.execute(sql`
      update rooms r set erased_at = n.at
      from unnest(
        ${column("bigint", rooms, ({ id }) => id)},
        ${column("bigint", rooms, ({ at }) => at)}
      ) as n (id, at)
      where r.id = n.id`),
  ]);
  const people = new Set(attended.flatMap(({ identity }) => identity ?? []));
  if (people.size > 0) await leavePeopleOut(tx, [...people]);
}

/** Leaves of people what they attended elsewhere, and of those who attended nothing else nothing. */
export async function leavePeopleOut(tx: Transaction, ids: readonly string[]): Promise<void> {
  const joined = await lockPeople(tx, ids);
  await tellAnew(tx, ids);
  await tellJoined(tx, joined);
  await forgetLinks(tx, ids);
}

/** Leaves nothing of deliveries of an erased room but what names them. */
export async function eraseDeliveries(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update deliveries d set body = '', reason = ${ERASED}, status = 'ignored'
    from unnest(${list("bigint", ids)}) as n (id)
    where d.id = n.id`);
}

function proofsOf(rooms: readonly ErasedRoom[]) {
  return list(
    "bigint",
    rooms.flatMap(({ proof }) => proof ?? []),
  );
}
