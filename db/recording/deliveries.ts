import { sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";
import type { Ms } from "#domain/event.ts";
import { firstIdOf, monthAt } from "./months.ts";

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
 * Keeps each delivery once, also where the first is no longer kept; their months are there. Answers the new
 * row's id for each, in order; `null` for a repeat, also of one earlier in the same call.
 */
export async function keepDeliveries(
  tx: Transaction,
  deliveries: readonly NewDelivery[],
): Promise<(number | null)[]> {
  const rows = await tx.execute<{ place: number; id: number }>(sql`
    with d as materialized (
      select d.*, month + nextval('delivery_numbers') as id
      from unnest(
        ${column("bigint", deliveries, (d) => firstIdOf(monthAt(d.receivedAt)))},
        ${column("uuid", deliveries, (d) => d.sourceId)},
        ${column("uuid", deliveries, (d) => d.key)},
        ${column("uuid", deliveries, (d) => d.occurrence)},
        ${column("text", deliveries, (d) => d.room)},
        ${column("bigint", deliveries, (d) => d.receivedAt)},
        ${column("text", deliveries, (d) => d.status)},
        ${column("text", deliveries, (d) => d.type)},
        ${column("text", deliveries, (d) => d.reason)},
        ${column("bytea", deliveries, (d) => d.body)}
      ) with ordinality
        as d (month, source_id, key, occurrence, room, received_at, status, type, reason, body, place)
    ), fresh as (
      insert into delivery_keys (source_id, delivery_id, key, occurrence)
      select source_id, id, key, occurrence from d order by place
      on conflict do nothing
      returning delivery_id as id
    ), kept as (
      insert into deliveries (id, source_id, room, received_at, status, type, reason, body)
      select id, source_id, room, to_timestamp(received_at / 1000.0), status, type, reason, body
      from d join fresh using (id)
    )
    select place, id from d join fresh using (id)`);
  const ids = new Map(rows.map(({ place, id }) => [place, id]));
  return deliveries.map((_, index) => ids.get(index + 1) ?? null);
}

/** Counts deliveries that came again on the row of the first, where that is still kept. */
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
    join delivery_keys k on k.source_id = r.source_id and k.occurrence = r.occurrence
    where d.id = k.delivery_id
  `);
}
