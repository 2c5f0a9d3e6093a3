import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Orm, Sql, Transaction } from "#db/client.ts";

/** A delivery as it was kept. */
export interface KeptDelivery {
  id: number;
  sourceId: string;
  provider: string;
  status: "recorded" | "ignored" | "unreadable";
  body: Buffer;
}

const COLUMNS = sql.raw(`d.id, d.source_id as "sourceId", s.provider, d.status, d.body`);

/** Rooms in the order of their ids, after one; all of them, or the room of one meeting. */
export async function roomsAfter(
  orm: Orm,
  after: number,
  meetingId: string | null,
  limit: number,
): Promise<number[]> {
  const rows = await orm.execute<{ id: number }>(sql`
    select r.id from rooms r
    where r.id > ${after} and (${meetingId}::uuid is null
      or r.id = (select room_id from meetings where id = ${meetingId}::uuid))
    order by r.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

export async function deliveriesById(
  tx: Transaction,
  ids: readonly number[],
): Promise<KeptDelivery[]> {
  return tx.execute<KeptDelivery & Record<string, unknown>>(sql`
    select ${COLUMNS} from deliveries d join sources s on s.id = d.source_id
    where d.id = any(${list("bigint", ids)})`);
}

/** How many rooms there are, or the one of a meeting: what a replay has before it. */
export async function countRooms(orm: Orm): Promise<number> {
  const [row] = await orm.execute<{ count: number }>(sql`select count(*)::int as count from rooms`);
  return row?.count ?? 0;
}

/**
 * The ids of the deliveries that have told nothing, in the order they came: unreadable and ignored ones,
 * and those whose events are no longer there. Erased ones are left out. One pass, whatever their number.
 */
export async function* untoldDeliveries(client: Sql, atOnce: number): AsyncGenerator<number[]> {
  const pages = client<{ id: number }[]>`
    select d.id from deliveries d
    where d.body <> '' and (d.status <> 'recorded'
      or not exists (select from events e where e.delivery_id = d.id))
    order by d.id`.cursor(atOnce);
  for await (const rows of pages) yield rows.map(({ id }) => id);
}

/** What a kept delivery turned out to be. */
export interface Restated {
  id: number;
  sourceId: string;
  status: KeptDelivery["status"];
  key: string;
  occurrence: string;
  room: string | null;
}

/**
 * The ids of the deliveries that are known by any of the names: of each, the first that came.
 * A name is that of a source's key or occurrence.
 */
export async function deliveriesKnownAs(
  tx: Transaction,
  all: readonly Pick<Restated, "sourceId" | "key" | "occurrence">[],
): Promise<Pick<Restated, "id" | "sourceId" | "key" | "occurrence">[]> {
  return tx.execute<Pick<Restated, "id" | "sourceId" | "key" | "occurrence">>(sql`
    select d.id, d.source_id as "sourceId", d.key, d.occurrence
    from unnest(
      ${column("uuid", all, ({ sourceId }) => sourceId)},
      ${column("uuid", all, ({ key }) => key)}
    ) as n (source_id, key)
    join deliveries d on d.source_id = n.source_id and d.key = n.key
    union
    select d.id, d.source_id, d.key, d.occurrence
    from unnest(
      ${column("uuid", all, ({ sourceId }) => sourceId)},
      ${column("uuid", all, ({ occurrence }) => occurrence)}
    ) as n (source_id, occurrence)
    join deliveries d on d.source_id = n.source_id and d.occurrence = n.occurrence`);
}

/** Says what kept deliveries turned out to be, and by what they are known from now on. */
export async function restateDeliveries(tx: Transaction, all: readonly Restated[]): Promise<void> {
  await tx.execute(sql`
    update deliveries d set status = n.status, key = n.key, occurrence = n.occurrence, room = n.room,
      reason = case when n.status = 'unreadable' then d.reason end
    from unnest(
      ${column("bigint", all, ({ id }) => id)},
      ${column("text", all, ({ status }) => status)},
      ${column("uuid", all, ({ key }) => key)},
      ${column("uuid", all, ({ occurrence }) => occurrence)},
      ${column("text", all, ({ room }) => room)}
    ) as n (id, status, key, occurrence, room)
    where d.id = n.id`);
}

/** Forgets deliveries that turned out to be repeats, and counts each on the first of its kind. */
export async function foldRepeats(
  tx: Transaction,
  all: readonly { id: number; first: number }[],
): Promise<void> {
  await tx.execute(sql`
    update deliveries d set repeats = d.repeats + r.times
    from (
      select n.first, sum(1 + own.repeats) as times
      from unnest(
        ${column("bigint", all, ({ id }) => id)},
        ${column("bigint", all, ({ first }) => first)}
      ) as n (id, first)
      join deliveries own on own.id = n.id
      group by n.first
    ) r
    where d.id = r.first`);
  await tx.execute(sql`
    delete from deliveries where id = any(${list(
      "bigint",
      all.map(({ id }) => id),
    )})`);
}
