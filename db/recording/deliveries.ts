import { and, eq, inArray, sql } from "drizzle-orm";
import { deliveries, deliveryKeys } from "#db/schema/facts.ts";
import { endsOf } from "#db/sql/joined-bytes.ts";
import type { Orm } from "#db/sql/orm.ts";
import { once } from "#db/sql/rendered.ts";
import type { Ms } from "#domain/time/ms.ts";
import { firstIdOf, monthAt } from "./months.ts";

/** The reason of a delivery whose body was erased. */
export const ERASED = "erased with what we held of its meeting";

/** A correctly signed delivery before it is stored. */
export interface NewDelivery {
  sourceId: string;
  /** UUID-shaped digests: of the provider's name for the delivery, and of what happened. */
  key: string;
  occurrence: string;
  /** The key of the room it names, if any. */
  room: string | null;
  receivedAt: Ms;
  status: "recorded" | "ignored" | "unreadable";
  type: string | null;
  reason: string | null;
  /** No webhook brought it: it was found by asking its provider. */
  isReconciled?: boolean;
  body: Uint8Array;
}

/** How a delivery that is no repeat was stored. */
export interface StoredDeliveryId {
  id: number;
  /** Its room was erased: only its arrival is stored. */
  isErased: boolean;
}

/** The column holds no more: 24 days. */
const MOST_KEPT_MS: Ms = 2_147_483_647;

const storingStatement = once<keyof NewDelivery | "month" | "keptMs" | "bodyEnd" | "bodyLength">(
  (of, joined) => sql`
    with d as materialized (
      select d.*, month + nextval('delivery_numbers') as id,
        substring((select ${joined("body")}) from body_end - body_length + 1 for body_length) as body,
        -- Looked up for each by the index, whatever the statistics say of how many there are.
        coalesce((select r.erased_at is not null from rooms r
          where r.source_id = d.source_id and r.key = d.room), false) as erased
      from unnest(
        ${of("month", "bigint")}, ${of("sourceId", deliveryKeys.sourceId)}, ${of("key", deliveryKeys.key)},
        ${of("occurrence", deliveryKeys.occurrence)}, ${of("room", "text")}, ${of("receivedAt", "bigint")},
        ${of("status", "text")}, ${of("type", "text")}, ${of("reason", "text")},
        ${of("keptMs", deliveries.keptMs)}, ${of("isReconciled", deliveries.isReconciled)},
        ${of("bodyEnd", "integer")}, ${of("bodyLength", "integer")}
      ) with ordinality
        as d (month, source_id, key, occurrence, room, received_at, status, type, reason, kept_ms,
          is_reconciled, body_end, body_length, position)
    ), fresh as (
      insert into delivery_keys (source_id, delivery_id, key, occurrence)
      -- In the order of keys, so that two batches seldom deadlock.
      select source_id, id, key, occurrence from d order by key, position
      on conflict do nothing
      returning delivery_id as id
    ), stored as (
      insert into deliveries (id, source_id, room, received_at, status, type, reason, kept_ms,
        is_reconciled, body)
      select id, source_id, room, to_timestamp(received_at / 1000.0),
        case when erased then 'ignored' else status end, type,
        case when erased then ${ERASED} else reason end, kept_ms, is_reconciled,
        case when erased then '' else body end
      from d join fresh using (id)
    ), waiting as (
      insert into unprojected (delivery_id, source_id, room)
      select id, source_id, room from d join fresh using (id) where room is not null and not erased
    )
    select position, id, erased as "isErased" from d join fresh using (id)`,
);

/**
 * Stores each delivery once, also where the first is no longer stored; their months must exist. Ids follow
 * the order given. Deliveries that name a room are to be projected from then on. Answers for each, in order,
 * how it was stored; `null` for a repeat, also of one earlier in the same call. One statement, so one commit.
 * `now` is noted as when they were on their way; `null` where they did not come now.
 */
export async function storeDeliveries(
  orm: Pick<Orm, "execute">,
  all: readonly NewDelivery[],
  now: Ms | null = null,
): Promise<(StoredDeliveryId | null)[]> {
  const ends = endsOf(all.map(({ body }) => body));
  const given = all.map((one, index) => ({
    ...one,
    bodyLength: one.body.byteLength,
    bodyEnd: ends[index],
    isReconciled: one.isReconciled ?? false,
    month: firstIdOf(monthAt(one.receivedAt)),
    // A clock may be set meanwhile, by any length: that keeps no delivery from being stored.
    keptMs: now === null ? null : Math.min(Math.max(0, now - one.receivedAt), MOST_KEPT_MS),
  }));
  const rows = await orm.execute<{ position: number; id: number; isErased: boolean }>(
    storingStatement(given),
  );
  const stored = new Map(rows.map(({ position, id, isErased }) => [position, { id, isErased }]));
  return all.map((_, index) => stored.get(index + 1) ?? null);
}

const countingStatement = once<"sourceId" | "occurrence">(
  (of) => sql`
    with repeated as (
      select k.delivery_id as id, count(*) as times
      from unnest(${of("sourceId", deliveryKeys.sourceId)}, ${of("occurrence", deliveryKeys.occurrence)})
        as r (source_id, occurrence)
      cross join lateral (
        select delivery_id from delivery_keys k
        where k.source_id = r.source_id and k.occurrence = r.occurrence offset 0
      ) k
      group by k.delivery_id
    )
    update deliveries d set repeats = d.repeats + k.times from repeated k
    where d.id = k.id and d.id = any(array(select id from repeated))`,
);

/** Counts repeats on the row of the first delivery, where that is still stored. */
export async function countRepeats(
  orm: Pick<Orm, "execute">,
  repeats: readonly Pick<NewDelivery, "sourceId" | "occurrence">[],
): Promise<void> {
  await orm.execute(countingStatement(repeats));
}

/** The deliveries among these that are stored as recorded. */
export async function recordedOf(orm: Orm, ids: readonly number[]): Promise<Set<number>> {
  const rows = await orm
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(inArray(deliveries.id, [...ids]), eq(deliveries.status, "recorded")));
  return new Set(rows.map(({ id }) => id));
}
