import { and, asc, eq, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, deliveryKeys } from "#db/schema/facts.ts";
import { rooms } from "#db/schema/projected.ts";
import { deleteAll, deletedLike, unnested, updateAll } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { NewDelivery } from "./deliveries.ts";

/** A delivery as it is stored. */
export interface StoredDelivery extends Omit<NewDelivery, "receivedAt" | "body"> {
  id: number;
  provider: string;
  body: Buffer;
  /** The people of its room were erased. */
  isErased: boolean;
}

/** The deliveries among these that are still stored. */
export async function deliveriesById(
  tx: Transaction,
  ids: readonly number[],
): Promise<StoredDelivery[]> {
  const given = givenOf(ids);
  const { id, sourceId, room, status, type, reason, body } = deliveries;
  const isItsKey = and(eq(deliveryKeys.sourceId, sourceId), eq(deliveryKeys.deliveryId, id));
  return (
    tx
      .select({
        ...{ id, sourceId, provider: sources.provider, room, status, type, reason, body },
        key: sql<string>`${deliveryKeys.key}`,
        occurrence: sql<string>`${deliveryKeys.occurrence}`,
        isErased: sql<boolean>`${rooms.erasedAt} is not null`,
      })
      .from(given.from)
      .innerJoin(deliveries, eq(id, given.of.id))
      .innerJoin(sources, eq(sources.id, sourceId))
      // There always is one. As a left join it is looked up after the delivery, by the whole index.
      .leftJoin(deliveryKeys, isItsKey)
      .leftJoin(rooms, and(eq(rooms.sourceId, sourceId), eq(rooms.key, room)))
      .orderBy(asc(id))
  );
}

/** The bodies of these deliveries, in no order, without those that are no longer stored. One statement. */
export async function storedBodies(
  orm: Orm,
  ids: readonly number[],
): Promise<Pick<StoredDelivery, "id" | "provider" | "status" | "body">[]> {
  const given = givenOf(ids);
  const { id, sourceId, status, body } = deliveries;
  return orm
    .select({ id, provider: sources.provider, status, body })
    .from(given.from)
    .innerJoin(deliveries, eq(id, given.of.id))
    .innerJoin(sources, eq(sources.id, sourceId));
}

function givenOf(ids: readonly number[]) {
  return unnested(
    "n",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
}

/** Locks deliveries; answers those that are still stored, with their status. */
export async function lockDeliveries(
  tx: Transaction,
  ids: readonly number[],
): Promise<Pick<StoredDelivery, "id" | "status">[]> {
  const given = givenOf(ids);
  return tx
    .select({ id: deliveries.id, status: deliveries.status })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id))
    .orderBy(asc(deliveries.id))
    .for("update", { of: deliveries });
}

/** What names a delivery in its source. */
export type DeliveryNames = Pick<StoredDelivery, "id" | "sourceId" | "key" | "occurrence">;

/** The deliveries that have the keys of these: themselves, or others, which may no longer be stored. */
export async function deliveriesWithKeys(
  tx: Transaction,
  names: readonly DeliveryNames[],
): Promise<DeliveryNames[]> {
  const { deliveryId: id, sourceId, key, occurrence } = deliveryKeys;
  const given = unnested("n", { sourceId, key, occurrence }, names);
  const isOfSource = eq(sourceId, given.of.sourceId);
  return union(
    tx
      .select({ id, sourceId, key, occurrence })
      .from(given.from)
      .innerJoin(deliveryKeys, and(isOfSource, eq(key, given.of.key))),
    tx
      .select({ id, sourceId, key, occurrence })
      .from(given.from)
      .innerJoin(deliveryKeys, and(isOfSource, eq(occurrence, given.of.occurrence))),
  );
}

/** Rewrites stored deliveries that are now read otherwise. Fails where another delivery has one of their keys. */
export async function restateDeliveries(
  tx: Transaction,
  all: readonly Omit<StoredDelivery, "provider" | "body" | "isErased">[],
): Promise<void> {
  await updateAll(
    tx,
    deliveryKeys,
    all.map(({ id, sourceId, key, occurrence }) => ({ sourceId, deliveryId: id, key, occurrence })),
  );
  await updateAll(
    tx,
    deliveries,
    all.map(({ id, room, status, type, reason }) => ({ id, room, status, type, reason })),
  );
}

/** Removes deliveries that turned out to be repeats, and counts them on the first, where that is still stored. */
export async function foldRepeats(
  tx: Transaction,
  repeats: readonly { id: number; of: number }[],
): Promise<void> {
  const columns = {
    deliveryId: deliveries.id,
    sourceId: deliveries.sourceId,
    repeats: deliveries.repeats,
  };
  const gone = await deletedLike(
    tx,
    deliveries,
    repeats.map(({ id }) => ({ id })),
    columns,
  );
  await deleteAll(tx, deliveryKeys, gone);
  const firstOf = new Map(repeats.map(({ id, of }) => [id, of]));
  const times = new Map<number, number>();
  for (const { deliveryId, repeats } of gone) {
    const first = firstOf.get(deliveryId) ?? deliveryId;
    times.set(first, (times.get(first) ?? 0) + repeats + 1);
  }
  const given = unnested(
    "n",
    { id: deliveries.id, repeats: deliveries.repeats },
    [...times].map(([id, repeats]) => ({ id, repeats })),
  );
  await tx
    .update(deliveries)
    .set({ repeats: sql`${deliveries.repeats} + ${given.of.repeats}` })
    .from(given.from)
    .where(eq(deliveries.id, given.of.id));
}
