import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { storedMonths } from "#db/recording/months.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { DeliveryStatus, Month } from "#domain/event/delivery.ts";

/** A delivery as it is stored, without its body; of `deliveries` and `sources`. */
const DELIVERY = {
  id: deliveries.id,
  type: deliveries.type,
  room: deliveries.room,
  status: deliveries.status,
  reason: deliveries.reason,
  repeats: deliveries.repeats,
  /** RFC 3339. */
  receivedAt: sql<string>`
    to_char(${deliveries.receivedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  source: sourceJson(),
};

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number];

/** One delivery with the exact bytes of its body, which is empty once erased. */
export async function deliveryById(
  reader: Reader,
  id: number,
): Promise<(DeliveryRow & { body: Buffer }) | null> {
  const [row] = await reader
    .select({ ...DELIVERY, body: deliveries.body })
    .from(deliveries)
    .innerJoin(sources, eq(sources.id, deliveries.sourceId))
    .where(eq(deliveries.id, id));
  return row ?? null;
}

/** Whether the deliveries of a month were dropped: none of them can be read any more, while later ones can. */
export async function isMonthDropped(reader: Reader, month: Month): Promise<boolean> {
  const months = (await storedMonths(reader)).map((one) => one.month);
  return month < (months.at(-1) ?? "") && !months.includes(month);
}

export interface DeliveryFilter {
  /** Only these ids; `null` for any. */
  ids: readonly number[] | null;
  source: string | null;
  room: string | null;
  status: DeliveryStatus | null;
}

/** Deliveries newest first (with a `previous` cursor: the rows before it, nearest first). */
export function listDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  cursor: ListCursor<{ id: number }> | null,
  limit: number,
) {
  const back = cursor?.direction === "previous";
  const conditions: SQL[] = [];
  if (filter.ids !== null) conditions.push(isOneOf(deliveries.id, filter.ids));
  if (filter.source !== null) {
    conditions.push(sql`${deliveries.sourceId}::text = ${filter.source}`);
  }
  if (filter.room !== null) conditions.push(eq(deliveries.room, filter.room));
  // The literal lets the planner use the partial index of unreadable deliveries.
  if (filter.status !== null) conditions.push(eq(deliveries.status, filter.status).inlineParams());
  if (cursor !== null) conditions.push((back ? gt : lt)(deliveries.id, cursor.key.id));
  return reader
    .select(DELIVERY)
    .from(deliveries)
    .innerJoin(sources, eq(sources.id, deliveries.sourceId))
    .where(and(...conditions))
    .orderBy((back ? asc : desc)(deliveries.id))
    .limit(limit);
}
