import { and, asc, desc, eq, gt, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { firstIdOf, monthAfter, monthAt, storedMonths } from "#db/recording/months.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, unprojected } from "#db/schema/facts.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { DeliveryResult, Month } from "#domain/event/delivery.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type FoundDeliveries, foundBy } from "./found.ts";

/** A delivery as it is stored, without its body. */
const DELIVERY = {
  id: deliveries.id,
  sourceId: deliveries.sourceId,
  type: deliveries.type,
  room: deliveries.room,
  status: deliveries.status,
  reason: deliveries.reason,
  repeats: deliveries.repeats,
  keptMs: deliveries.keptMs,
  isReconciled: deliveries.isReconciled,
  /** The moment as a number. */
  receivedAt: sql<Ms>`(extract(epoch from ${deliveries.receivedAt}) * 1000)::bigint`.as(
    "received_ms",
  ),
};

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number];

/** One delivery with the exact bytes of its body, which is empty once erased. */
export async function deliveryById(
  reader: Reader,
  id: number,
): Promise<(DeliveryRow & { body: Buffer }) | null> {
  const [row] = await reader
    .select({ ...DELIVERY, source: sourceJson(), body: deliveries.body })
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

export interface DeliveryFilter extends FoundDeliveries {
  source: string | null;
  /** The key of the room that it names. */
  room: string | null;
  type: string | null;
  status: DeliveryResult | null;
  from: Ms | null;
  to: Ms | null;
}

/** Where a delivery stands in the list. */
export interface DeliveryPlace {
  at: Ms;
  id: number;
}

/**
 * Deliveries, newest first; with a `previous` cursor the rows before it, nearest first. One statement: source by source
 * from an index in the order of the list, or from the ids that a person or their own numbers lead to.
 */
export async function listDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  cursor: ListCursor<DeliveryPlace> | null,
  limit: number,
) {
  const isBack = cursor?.direction === "previous";
  const direction = isBack ? asc : desc;
  const conditions = [...conditionsOf(filter), ...beyond(cursor)];
  const { receivedAt, id } = deliveries;
  const found = foundBy(filter);
  if (found !== null) {
    return reader
      .select({ ...DELIVERY, source: sourceJson() })
      .from(found.from)
      .innerJoin(deliveries, eq(id, found.id))
      .innerJoin(sources, eq(sources.id, deliveries.sourceId))
      .where(and(isOfSource(filter), ...conditions))
      .orderBy(direction(receivedAt), direction(id))
      .limit(limit);
  }
  const own = parts
    .select(DELIVERY)
    .from(deliveries)
    .where(and(eq(deliveries.sourceId, sources.id), ...conditions))
    .orderBy(direction(receivedAt), direction(id))
    .limit(limit)
    .as("own");
  return reader
    .select({
      ...{ id: own.id, sourceId: own.sourceId, type: own.type, room: own.room },
      ...{ status: own.status, reason: own.reason, repeats: own.repeats, keptMs: own.keptMs },
      isReconciled: own.isReconciled,
      receivedAt: own.receivedAt,
      source: sourceJson(),
    })
    .from(sources)
    .crossJoinLateral(own)
    .where(isOfSource(filter))
    .orderBy(direction(own.receivedAt), direction(own.id))
    .limit(limit);
}

/** How many deliveries a list has, counted up to a limit. One statement. */
export function countDeliveries(reader: Reader, filter: DeliveryFilter): Promise<Total> {
  const conditions = conditionsOf(filter);
  const found = foundBy(filter);
  if (found !== null) {
    const counted = parts
      .select({ id: deliveries.id })
      .from(found.from)
      .innerJoin(deliveries, eq(deliveries.id, found.id))
      .innerJoin(sources, eq(sources.id, deliveries.sourceId))
      .where(and(isOfSource(filter), ...conditions))
      .limit(COUNTED_LIMIT);
    return countOf(reader, sql`${counted}`);
  }
  const own = parts
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.sourceId, sources.id), ...conditions))
    // As the list is read: without an order the planner would take the bodies, one after the other.
    .orderBy(desc(deliveries.receivedAt), desc(deliveries.id))
    .limit(COUNTED_LIMIT)
    .as("own");
  const counted = parts
    .select({ id: own.id })
    .from(sources)
    .crossJoinLateral(own)
    .where(isOfSource(filter))
    .limit(COUNTED_LIMIT);
  return countOf(reader, sql`${counted}`);
}

/** A page of the ids of what could not be read, oldest first, in the sight there is. */
export async function unreadableAfter(
  reader: Reader,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await reader
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(resultIs("unreadable"), ne(deliveries.body, Buffer.alloc(0)), gt(deliveries.id, after)),
    )
    .orderBy(asc(deliveries.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

function isOfSource({ source }: DeliveryFilter): SQL | undefined {
  // As text: what an address names may be no id at all.
  return source === null ? undefined : sql`${sources.id}::text = ${source.toLowerCase()}`;
}

function conditionsOf({ room, type, status, from, to }: DeliveryFilter): SQL[] {
  const { receivedAt, id } = deliveries;
  return [
    ...(room === null ? [] : [eq(deliveries.room, room)]),
    ...(type === null ? [] : [eq(deliveries.type, type)]),
    ...(status === null ? [] : [resultIs(status)]),
    // An id begins with its month, so that other months are not looked at.
    ...(from === null
      ? []
      : [sql`${receivedAt} >= ${momentOf(from)}`, gte(id, firstIdOf(monthAt(from)))]),
    ...(to === null
      ? []
      : [sql`${receivedAt} < ${momentOf(to)}`, lt(id, firstIdOf(monthAfter(monthAt(to))))]),
  ];
}

/** A condition with literals, so that the planner can use the partial index of each. */
export function resultIs(result: DeliveryResult): SQL {
  switch (result) {
    case "recorded":
    case "ignored":
    case "unreadable":
      return eq(deliveries.status, result).inlineParams();
    case "repeated":
      return gt(deliveries.repeats, 0).inlineParams();
    case "waiting":
      return sql`${deliveries.id} in (select ${unprojected.deliveryId} from ${unprojected})`;
    default:
      return result satisfies never;
  }
}

function beyond(cursor: ListCursor<DeliveryPlace> | null): SQL[] {
  if (cursor === null) return [];
  const { receivedAt, id } = deliveries;
  const place = sql`(${momentOf(cursor.key.at)}, ${cursor.key.id}::bigint)`;
  const month = monthAt(cursor.key.at);
  return cursor.direction === "previous"
    ? [sql`(${receivedAt}, ${id}) > ${place}`, gte(id, firstIdOf(month))]
    : [sql`(${receivedAt}, ${id}) < ${place}`, lt(id, firstIdOf(monthAfter(month)))];
}

function momentOf(at: Ms): SQL {
  return sql`${new Date(at).toISOString()}::timestamptz`;
}
