import { sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";
import type { Ms } from "#domain/event.ts";

/** A correctly signed delivery on its way to be kept. */
export interface NewDelivery {
  sourceId: string;
  /** UUID-shaped digests: of the provider's name for the delivery, and of what it tells. */
  key: string;
  occurrence: string;
  /** The key of the room it names, if any. */
  room: string | null;
  receivedAt: Ms;
  status: "recorded" | "ignored" | "unreadable";
  type: string | null;
  reason: string | null;
  body: Uint8Array;
}

/**
 * Keeps each delivery once. Answers the new row's id for each, in order; `null` for a repeat, also of
 * one earlier in the same call.
 */
export async function keepDeliveries(
  tx: Transaction,
  deliveries: readonly NewDelivery[],
): Promise<(number | null)[]> {
  const rows = await tx.execute<{ id: number; source_id: string; key: string }>(sql`
    insert into deliveries (
      source_id, key, occurrence, room, received_at, status, type, reason, body
    )
    select source_id, key, occurrence, room, to_timestamp(received_at / 1000.0), status, type, reason,
      body
    from unnest(
      ${column("uuid", deliveries, (d) => d.sourceId)},
      ${column("uuid", deliveries, (d) => d.key)},
      ${column("uuid", deliveries, (d) => d.occurrence)},
      ${column("text", deliveries, (d) => d.room)},
      ${column("bigint", deliveries, (d) => d.receivedAt)},
      ${column("text", deliveries, (d) => d.status)},
      ${column("text", deliveries, (d) => d.type)},
      ${column("text", deliveries, (d) => d.reason)},
      ${column("bytea", deliveries, (d) => d.body)}
    ) as d (source_id, key, occurrence, room, received_at, status, type, reason, body)
    on conflict do nothing
    returning id, source_id, key
  `);
  const fresh = new Map(rows.map((row) => [`${row.source_id} ${row.key}`, row.id]));
  return deliveries.map(({ sourceId, key }) => {
    const name = `${sourceId} ${key}`;
    const id = fresh.get(name) ?? null;
    fresh.delete(name);
    return id;
  });
}

/** Counts deliveries that came again on the row of the first. */
export async function countRepeats(
  tx: Transaction,
  repeats: readonly Pick<NewDelivery, "sourceId" | "occurrence">[],
): Promise<void> {
  await tx.execute(sql`
    update deliveries d set repeats = d.repeats + r.times
    from (
      select source_id, occurrence, count(*) as times
      from unnest(
        ${column("uuid", repeats, (r) => r.sourceId)},
        ${column("uuid", repeats, (r) => r.occurrence)}
      ) as r (source_id, occurrence)
      group by source_id, occurrence
    ) r
    where d.source_id = r.source_id and d.occurrence = r.occurrence
  `);
}
