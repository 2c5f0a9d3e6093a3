import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Orm, Transaction } from "#db/client.ts";

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

/** Deliveries that told nothing when they came, in the order they came. */
export async function silentDeliveries(
  orm: Orm,
  after: number,
  limit: number,
): Promise<KeptDelivery[]> {
  return orm.execute<KeptDelivery & Record<string, unknown>>(sql`
    select ${COLUMNS} from deliveries d join sources s on s.id = d.source_id
    where d.id > ${after} and d.status <> 'recorded'
    order by d.id limit ${limit}`);
}

/** Says what kept deliveries turned out to be. */
export async function restateDeliveries(
  tx: Transaction,
  all: readonly Pick<KeptDelivery, "id" | "status">[],
): Promise<void> {
  await tx.execute(sql`
    update deliveries d set status = n.status,
      reason = case when n.status = 'unreadable' then d.reason end
    from unnest(
      ${column("bigint", all, ({ id }) => id)},
      ${column("text", all, ({ status }) => status)}
    ) as n (id, status)
    where d.id = n.id and d.status <> n.status`);
}
