import { asc, count, eq, min, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, unprojected } from "#db/schema/facts.ts";
import { list } from "#db/sql/array.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A stored delivery that is to be projected. */
export type Unprojected = typeof unprojected.$inferSelect;

/**
 * Removes deliveries from the queue of those to be projected; the caller has locked their rooms, and projects
 * them in the same transaction. Answers the ids that no other process removed before.
 */
export async function claim(tx: Transaction, ids: readonly number[]): Promise<Set<number>> {
  const rows = await tx
    .delete(unprojected)
    .where(isOneOf(ids))
    .returning({ id: unprojected.deliveryId });
  return new Set(rows.map(({ id }) => id));
}

/** The deliveries that wait longest. */
export async function oldestUnprojected(orm: Orm, limit: number): Promise<Unprojected[]> {
  return orm.select().from(unprojected).orderBy(asc(unprojected.deliveryId)).limit(limit);
}

/** Whether any of these deliveries is still to be projected. */
export async function isAnyUnprojected(orm: Orm, ids: readonly number[]): Promise<boolean> {
  const rows = await orm
    .select({ id: unprojected.deliveryId })
    .from(unprojected)
    .where(isOneOf(ids))
    .limit(1);
  return rows.length > 0;
}

/** How many deliveries are stored and not projected, and when the first of them came. */
export interface UnprojectedCount {
  count: number;
  oldestAt: Ms | null;
}

export async function unprojectedCount(orm: Orm): Promise<UnprojectedCount> {
  const waiting = orm
    .select({ count: count().as("count"), first: min(unprojected.deliveryId).as("first") })
    .from(unprojected)
    .as("waiting");
  const [row] = await orm
    .select({ count: waiting.count, receivedAt: deliveries.receivedAt })
    .from(waiting)
    .leftJoin(deliveries, eq(deliveries.id, waiting.first));
  return { count: row?.count ?? 0, oldestAt: row?.receivedAt?.getTime() ?? null };
}

/** Marks a delivery that cannot be projected as one that could not be read. */
export async function markUnreadable(tx: Transaction, id: number, reason: string): Promise<void> {
  await tx.update(deliveries).set({ status: "unreadable", reason }).where(eq(deliveries.id, id));
}

function isOneOf(ids: readonly number[]): SQL {
  return sql`${unprojected.deliveryId} = any(${list("bigint", ids)})`;
}
