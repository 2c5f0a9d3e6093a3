import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";

type Room = { sourceId: string; key: string; at: Ms };

/**
 * Takes the names out of every roster of locked rooms; how many were expected stays. A class list goes the same
 * way where nothing else uses it; one that others use stays theirs, and is no longer of these rooms.
 */
export async function eraseRosters(tx: Transaction, rooms: readonly Room[]): Promise<void> {
  const erased = sql`unnest(
    ${column("uuid", rooms, ({ sourceId }) => sourceId)},
    ${column("text", rooms, ({ key }) => key)},
    ${column("bigint", rooms, ({ at }) => at)}
  ) as n (source_id, key, at)`;
  await tx.execute(sql`
    insert into expected_people (scheduled_id, position, role)
    select s.id, e.position, e.role from ${erased}
    join scheduled_meetings s on s.source_id = n.source_id and s.room = n.key
    join class_list_entries e on e.list_id = s.class_list_id where s.withdrawn_at is null
    on conflict do nothing`);
  const used = await tx.execute<{ listId: string }>(sql`
    with attached as (
      delete from room_class_lists l using ${erased}
      where l.source_id = n.source_id and (l.series = 'room:' || n.key or exists (
        select 1 from rooms r where r.source_id = n.source_id and r.key = n.key
          and l.series = 'title:' || r.title
          and not exists (select 1 from rooms o where o.source_id = r.source_id and o.title = r.title
            and o.erased_at is null and o.key <> all(${list(
              "text",
              rooms.map(({ key }) => key),
            )}))))
      returning l.list_id
    ), scheduled as (
      select s.class_list_id from ${erased}
      join scheduled_meetings s on s.source_id = n.source_id and s.room = n.key
    ), repeated as (
      select p.class_list_id from ${erased}
      join repetitions p on p.source_id = n.source_id and p.room = n.key
    )
    select list_id as "listId" from attached
    union select class_list_id from scheduled where class_list_id is not null
    union select class_list_id from repeated where class_list_id is not null`);
  await tx.execute(sql`
    with erased as (
      update scheduled_meetings s set title = null, words = null, class_list_id = null, erased_at = n.at
      from ${erased} where s.source_id = n.source_id and s.room = n.key
      returning s.id
    ), forgotten as (
      delete from roster_aliases where roster_id in (select id from erased)
    )
    update expected_people set name = null, name_key = null, words = null, user_id = null, email = null
    where scheduled_id in (select id from erased)`);
  await tx.execute(sql`
    update repetitions p set title = null, class_list_id = null, next_day = null
    from ${erased} where p.source_id = n.source_id and p.room = n.key`);
  await tx.execute(sql`
    delete from roster_aliases a using ${erased}
    where a.source_id = n.source_id and a.room = n.key`);
  const [room] = rooms;
  if (used.length === 0 || room === undefined) return;
  await tx.execute(sql`
    with unused as (
      update class_lists c set name = null, name_key = '', erased_at = ${room.at}
      where c.id = any(${list(
        "uuid",
        used.map(({ listId }) => listId),
      )})
        and not exists (select 1 from room_class_lists r where r.list_id = c.id)
        and not exists (select 1 from scheduled_meetings s where s.class_list_id = c.id)
        and not exists (select 1 from repetitions p where p.class_list_id = c.id)
      returning c.id
    ), forgotten as (
      delete from roster_aliases where roster_id in (select id from unused)
    )
    update class_list_entries set name = null, name_key = null, words = null, user_id = null, email = null
    where list_id in (select id from unused)`);
}
