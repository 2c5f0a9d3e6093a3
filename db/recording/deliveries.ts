import { sql } from "drizzle-orm";
import type { Ms } from "#domain/event.ts";
import { column } from "../array.ts";
import type { Transaction } from "../client.ts";

/** A correctly signed delivery on its way to be kept. */
export interface NewDelivery {
  sourceId: string;
  /** UUID-shaped digests: of the provider's name for the delivery, and of what it tells. */
  key: string;
  occurrence: string;
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
    insert into deliveries (source_id, key, occurrence, received_at, status, type, reason, body)
    select source_id, key, occurrence, to_timestamp(received_at / 1000.0), status, type, reason, body
    from unnest(
      ${column(
        "uuid",
        deliveries.map((d) => d.sourceId),
      )},
      ${column(
        "uuid",
        deliveries.map((d) => d.key),
      )},
      ${column(
        "uuid",
        deliveries.map((d) => d.occurrence),
      )},
      ${column(
        "bigint",
        deliveries.map((d) => d.receivedAt),
      )},
      ${column(
        "text",
        deliveries.map((d) => d.status),
      )},
      ${column(
        "text",
        deliveries.map((d) => d.type),
      )},
      ${column(
        "text",
        deliveries.map((d) => d.reason),
      )},
      ${column(
        "bytea",
        deliveries.map((d) => d.body),
      )}
    ) as d (source_id, key, occurrence, received_at, status, type, reason, body)
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
        ${column(
          "uuid",
          repeats.map((r) => r.sourceId),
        )},
        ${column(
          "uuid",
          repeats.map((r) => r.occurrence),
        )}
      ) as r (source_id, occurrence)
      group by source_id, occurrence
    ) r
    where d.source_id = r.source_id and d.occurrence = r.occurrence
  `);
}
