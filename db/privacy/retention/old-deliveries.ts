import { and, eq, exists, lt, notExists, type SQL, sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { firstIdOf, storedMonths, tableOf } from "#db/recording/months.ts";
import { deliveries, deliveryKeys, unprojected } from "#db/schema/facts.ts";
import { importLines } from "#db/schema/operators.ts";
import { deleteAll } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Month } from "#domain/event/delivery.ts";

/** A source, and the first month of which it keeps deliveries. */
export interface KeptFrom {
  id: string;
  from: Month;
}

/** A month with deliveries of some sources, and how many it has of each. */
export interface OldMonth {
  month: Month;
  counts: Map<string, number>;
}

/** The months before one whose deliveries are stored, earliest first, with their deliveries by source. */
export async function monthsBefore(
  { orm }: Pick<Database, "orm">,
  before: Month,
): Promise<OldMonth[]> {
  const months = (await storedMonths(orm)).filter(({ month }) => month < before);
  if (months.length === 0) return [];
  const each = months.map(({ month }) => {
    const table = sql.identifier(tableOf(month));
    return sql`select ${month} as month, ${deliveries.sourceId} as source, count(*)::int as count
      from ${table} as ${deliveries} group by 2`;
  });
  const rows = await orm.execute<{ month: Month; source: string; count: number }>(
    sql.join(each, sql` union all `),
  );
  const byMonth = Map.groupBy(rows, ({ month }) => month);
  return months.map(({ month }) => ({
    month,
    counts: new Map((byMonth.get(month) ?? []).map(({ source, count }) => [source, count])),
  }));
}

/** Waits to be projected: nothing but itself holds its facts. */
function waits(orm: Pick<Orm, "select">): SQL {
  return exists(
    orm
      .select({ id: unprojected.deliveryId })
      .from(unprojected)
      .where(eq(unprojected.deliveryId, deliveries.id)),
  );
}

/**
 * Deletes the next deliveries of a source of a month, as if their month had been dropped: their keys stay, but for
 * those of unreadable ones, which may come again. What waits to be projected stays. Returns how many.
 */
export async function deleteOfMonth(
  tx: Transaction,
  sourceId: string,
  month: Month,
  limit: number,
): Promise<number> {
  const table = sql.identifier(tableOf(month));
  const rows = await tx.execute<{ id: number; status: string }>(sql`
    with old as (
      select ${deliveries.id} from ${table} as ${deliveries}
      where ${deliveries.sourceId} = ${sourceId} and not ${waits(tx)} limit ${sql.raw(String(limit))}
    )
    delete from ${table} as ${deliveries} using old where ${deliveries.id} = old.id
    returning ${deliveries.id} as id, ${deliveries.status} as status`);
  const unread = rows.filter(({ status }) => status === "unreadable");
  await deleteAll(
    tx,
    deliveryKeys,
    unread.map(({ id }) => ({ sourceId, deliveryId: id })),
  );
  return rows.length;
}

/** Erases the lines of imported files that were deliveries before a month. Returns how many, at most `limit`. */
export async function emptyLinesBefore(
  tx: Transaction,
  { id, from }: KeptFrom,
  limit: number,
): Promise<number> {
  const { sourceId, deliveryId, key } = deliveryKeys;
  const old = tx
    .select({ importId: importLines.importId, key: importLines.key })
    .from(importLines)
    .innerJoin(deliveryKeys, and(eq(sourceId, importLines.sourceId), eq(key, importLines.key)))
    .where(
      and(
        eq(importLines.sourceId, id),
        lt(deliveryId, firstIdOf(from)),
        sql`octet_length(${importLines.body}) > 0`,
        notExists(
          tx
            .select({ id: unprojected.deliveryId })
            .from(unprojected)
            .where(eq(unprojected.deliveryId, deliveryId)),
        ),
      ),
    )
    .limit(limit)
    .as("old");
  const emptied = await tx
    .update(importLines)
    .set({ body: Buffer.alloc(0) })
    .from(old)
    .where(and(eq(importLines.importId, old.importId), eq(importLines.key, old.key)))
    .returning({ key: importLines.key });
  return emptied.length;
}

/** How many deliveries of a source came before a month. */
export async function countBefore(
  orm: Pick<Orm, "select">,
  { id, from }: KeptFrom,
): Promise<number> {
  const [row] = await orm
    .select({ count: sql<number>`count(*)::int` })
    .from(deliveries)
    .where(and(eq(deliveries.sourceId, id), lt(deliveries.id, firstIdOf(from))));
  return row?.count ?? 0;
}
