import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { keptMonths } from "#db/recording/months.ts";
import { sourceJson } from "#db/source-json.ts";
import type { DeliveryStatus, Month } from "#domain/delivery.ts";
import type { Place } from "./lists.ts";
import type { Reader } from "./meeting.ts";

/** A delivery as it was kept, without its body. */
export interface DeliveryRow {
  id: number;
  source: { id: string; provider: string; name: string };
  type: string | null;
  room: string | null;
  status: DeliveryStatus;
  reason: string | null;
  /** RFC 3339. */
  receivedAt: string;
  repeats: number;
}

const COLUMNS = sql.raw(`
  d.id, d.type, d.room, d.status, d.reason, d.repeats,
  to_char(d.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
  ${sourceJson("s")} as source`);

/** One delivery with the exact bytes of its body, which are none where it was erased. */
export async function deliveryById(
  reader: Reader,
  id: number,
): Promise<(DeliveryRow & { body: Buffer }) | null> {
  const [row] = await reader.execute<DeliveryRow & { body: Buffer } & Record<string, unknown>>(sql`
    select ${COLUMNS}, d.body from deliveries d join sources s on s.id = d.source_id
    where d.id = ${id}`);
  return row ?? null;
}

/** Whether a month was dropped: none of its deliveries can be looked at any more, while later ones can. */
export async function isMonthDropped(reader: Reader, month: Month): Promise<boolean> {
  const kept = (await keptMonths(reader)).map((one) => one.month);
  return month < (kept.at(-1) ?? "") && !kept.includes(month);
}

export interface DeliveryFilter {
  /** Only these; `null` for any. */
  ids: readonly number[] | null;
  source: string | null;
  room: string | null;
  status: DeliveryStatus | null;
}

/** Deliveries newest first (with a `previous` place: the rows before it, nearest first). */
export async function listDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  place: Place<number> | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const back = place?.direction === "previous";
  const conditions: SQL[] = [sql`true`];
  if (filter.ids !== null) conditions.push(sql`d.id = any(${list("bigint", filter.ids)})`);
  if (filter.source !== null) conditions.push(sql`d.source_id::text = ${filter.source}`);
  if (filter.room !== null) conditions.push(sql`d.room = ${filter.room}`);
  // The literal lets the planner use the index of the unreadable ones.
  if (filter.status !== null) conditions.push(sql.raw(`d.status = '${filter.status}'`));
  if (place !== null) {
    conditions.push(back ? sql`d.id > ${place.key}` : sql`d.id < ${place.key}`);
  }
  return reader.execute<DeliveryRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from deliveries d join sources s on s.id = d.source_id
    where ${sql.join(conditions, sql` and `)}
    order by d.id ${sql.raw(back ? "asc" : "desc")} limit ${limit}`);
}
