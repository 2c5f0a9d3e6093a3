import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  lt,
  ne,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { firstIdOf, monthAfter, monthAt, storedMonths } from "#db/recording/months.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { DeliveryResult, Month } from "#domain/event/delivery.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Found, type FoundDeliveries, foundBy } from "./found.ts";
import { kindsFor, WITH_TYPE, WITHOUT_TYPE } from "./kinds.ts";

const ID = { id: deliveries.id };
const { body: _left, ...STORED } = getTableColumns(deliveries);

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
 * and kind by kind from an index in the order of the list. Those of a person, or with ids that are given, are in the
 * order of their ids, which is the one in which they came: so no more is read of them than is shown.
 */
export async function listDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  cursor: ListCursor<DeliveryPlace> | null,
  limit: number,
) {
  const order = { direction: cursor?.direction === "previous" ? asc : desc, limit };
  const within = (id: SQLWrapper) => [...ofDays(id, filter), ...beyondId(id, cursor)];
  const found = foundBy(filter, order.direction, within);
  if (found !== null) {
    return reader
      .select({ ...DELIVERY, source: sourceJson() })
      .from(standingFor(deliveries, amongFound(STORED, found, filter, order)))
      .innerJoin(sources, eq(sources.id, deliveries.sourceId))
      .orderBy(order.direction(deliveries.id));
  }
  return reader
    .select({ ...DELIVERY, source: sourceJson() })
    .from(sources)
    .crossJoinLateral(standingFor(deliveries, firstOf(STORED, filter, beyond(cursor), order)))
    .where(hasSource(sources.id, filter))
    .orderBy(order.direction(deliveries.receivedAt), order.direction(deliveries.id))
    .limit(limit);
}

/** How many deliveries a list has, counted up to a limit. One statement. */
export function countDeliveries(reader: Reader, filter: DeliveryFilter): Promise<Total> {
  const order = { direction: desc, limit: COUNTED_LIMIT };
  const found = foundBy(filter, order.direction, (id) => ofDays(id, filter));
  if (found !== null) return countOf(reader, amongFound(ID, found, filter, order));
  const counted = parts
    .select(ID)
    .from(sources)
    .crossJoinLateral(standingFor(deliveries, firstOf(ID, filter, [], order)))
    .where(hasSource(sources.id, filter))
    .limit(COUNTED_LIMIT);
  return countOf(reader, sql`${counted}`);
}

type Columns = typeof STORED | typeof ID;
interface Order {
  direction: typeof asc | typeof desc;
  limit: number;
}

/** The first deliveries of a source, beside `sources`: of each kind, where it is narrowed to kinds. */
function firstOf(
  columns: Columns,
  filter: DeliveryFilter,
  within: readonly SQL[],
  { direction, limit }: Order,
): SQL {
  const { sourceId, receivedAt, id } = deliveries;
  const first = (ofKind?: SQL) =>
    parts
      .select(columns)
      .from(deliveries)
      .where(and(eq(sourceId, sources.id), ...conditionsOf(filter), ...within, ofKind))
      // Also where they are counted: without an order the planner would take the bodies, one after the other.
      .orderBy(direction(receivedAt), direction(id))
      .limit(limit);
  const kinds = kindsFor(filter);
  if (kinds === null) return first().getSQL();
  return sql`
    select of_kind.* from ${kinds}
    cross join lateral (${first(WITH_TYPE)} union all ${first(WITHOUT_TYPE)}) as of_kind`;
}

/** The first deliveries among those that were found, each looked up in their order until there are enough. */
function amongFound(
  columns: Columns,
  found: Found,
  filter: DeliveryFilter,
  { direction, limit }: Order,
): SQL {
  const own = parts
    .select(columns)
    .from(deliveries)
    .where(
      and(
        eq(deliveries.id, found.id),
        hasSource(deliveries.sourceId, filter),
        ...conditionsOf(filter),
      ),
    )
    .offset(0);
  return sql`
    select own.* from ${found.from} cross join lateral ${own} as own
    order by ${direction(found.id)} limit ${sql.raw(String(limit))}`;
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

/** As text: what an address names may be no id at all. */
function hasSource(id: SQLWrapper, { source }: DeliveryFilter): SQL | undefined {
  return source === null ? undefined : sql`${id}::text = ${source.toLowerCase()}`;
}

function conditionsOf({ room, type, status, from, to }: DeliveryFilter): SQL[] {
  const { receivedAt, id } = deliveries;
  return [
    ...(room === null ? [] : [eq(deliveries.room, room)]),
    ...(type === null ? [] : [eq(deliveries.type, type)]),
    // What waits is found by its own table.
    ...(status === null || status === "waiting" ? [] : [resultIs(status)]),
    ...(from === null ? [] : [sql`${receivedAt} >= ${momentOf(from)}`]),
    ...(to === null ? [] : [sql`${receivedAt} < ${momentOf(to)}`]),
    ...ofDays(id, { from, to }),
  ];
}

/** An id begins with its month, so that other months are not looked at. */
function ofDays(id: SQLWrapper, { from, to }: Pick<DeliveryFilter, "from" | "to">): SQL[] {
  return [
    ...(from === null ? [] : [sql`${id} >= ${firstIdOf(monthAt(from))}::bigint`]),
    ...(to === null ? [] : [sql`${id} < ${firstIdOf(monthAfter(monthAt(to)))}::bigint`]),
  ];
}

/** A condition with literals, so that the planner can use the partial index of each. */
export function resultIs(result: Exclude<DeliveryResult, "waiting">): SQL {
  switch (result) {
    case "recorded":
    case "ignored":
    case "unreadable":
      return eq(deliveries.status, result).inlineParams();
    case "repeated":
      return gt(deliveries.repeats, 0).inlineParams();
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

function beyondId(id: SQLWrapper, cursor: ListCursor<DeliveryPlace> | null): SQL[] {
  if (cursor === null) return [];
  const place = sql`${cursor.key.id}::bigint`;
  return [cursor.direction === "previous" ? sql`${id} > ${place}` : sql`${id} < ${place}`];
}

function momentOf(at: Ms): SQL {
  return sql`${new Date(at).toISOString()}::timestamptz`;
}
