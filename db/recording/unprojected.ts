import {
  and,
  asc,
  count,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  min,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, projections, unprojected } from "#db/schema/facts.ts";
import { list } from "#db/sql/array.ts";
import { excluded } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Month } from "#domain/event/delivery.ts";
import type { StoppingEvent } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { readableAgain } from "./events.ts";
import { firstIdOf } from "./months.ts";

/** A stored delivery that is to be projected. */
export type Unprojected = Omit<typeof unprojected.$inferSelect, "stoppedBy">;

const IS_WAITING = isNull(unprojected.stoppedBy);
/** How many events that stop rooms are looked at together. */
const MOST_LOOKED_AT = 100;

/**
 * Removes deliveries from the queue of those to be projected, and notes when; the caller has locked their rooms, and
 * projects them in the same transaction. Answers the ids that no other process removed before. One statement.
 */
export async function claim(
  tx: Transaction,
  ids: readonly number[],
  now: Ms,
): Promise<Set<number>> {
  const { deliveryId, at } = projections;
  const claimed = tx
    .$with("claimed")
    .as(tx.delete(unprojected).where(isOneOf(ids)).returning({ id: unprojected.deliveryId }));
  const rows = await tx
    .with(claimed)
    .insert(projections)
    .select(
      parts
        .select({ deliveryId: claimed.id, at: sql<Ms>`${now}::bigint`.as(at.name) })
        .from(claimed),
    )
    .onConflictDoUpdate({ target: deliveryId, set: { at: excluded(at) } })
    .returning({ id: deliveryId });
  return new Set(rows.map(({ id }) => id));
}

/** Forgets when deliveries of the months before one were projected, at most so many. Returns how many. */
export async function trimProjections(orm: Orm, before: Month, limit: number): Promise<number> {
  const { deliveryId } = projections;
  const oldest = orm
    .select({ id: deliveryId })
    .from(projections)
    .where(lt(deliveryId, firstIdOf(before)))
    .orderBy(asc(deliveryId))
    .limit(limit);
  const gone = await orm
    .delete(projections)
    .where(inArray(deliveryId, oldest))
    .returning({ id: deliveryId });
  return gone.length;
}

/** The deliveries that wait longest, without those of stopped rooms. */
export async function oldestUnprojected(orm: Orm, limit: number): Promise<Unprojected[]> {
  const { deliveryId, sourceId, room } = unprojected;
  return orm
    .select({ deliveryId, sourceId, room })
    .from(unprojected)
    .where(IS_WAITING)
    .orderBy(asc(deliveryId))
    .limit(limit);
}

/** Whether any of these deliveries is still to be projected, and its room is not stopped. */
export async function isAnyUnprojected(orm: Orm, ids: readonly number[]): Promise<boolean> {
  const rows = await orm
    .select({ id: unprojected.deliveryId })
    .from(unprojected)
    .where(and(isOneOf(ids), IS_WAITING))
    .limit(1);
  return rows.length > 0;
}

/** How many deliveries are stored and not projected, and when the first of them came. */
export interface UnprojectedCount {
  count: number;
  oldestAt: Ms | null;
}

/** `without` leaves out those of stopped rooms, which nothing but a mended event ends. */
export async function unprojectedCount(
  orm: Orm,
  { without }: { without?: "stopped" } = {},
): Promise<UnprojectedCount> {
  const waiting = orm
    .select({ count: count().as("count"), first: min(unprojected.deliveryId).as("first") })
    .from(unprojected)
    .where(without && IS_WAITING)
    .as("waiting");
  const [row] = await orm
    .select({ count: waiting.count, receivedAt: deliveries.receivedAt })
    .from(waiting)
    .leftJoin(deliveries, eq(deliveries.id, waiting.first));
  return { count: row?.count ?? 0, oldestAt: row?.receivedAt?.getTime() ?? null };
}

/** Rooms that cannot be projected because of an event that cannot be read. */
export interface StoppedRooms {
  rooms: number;
  /** When the first delivery came that is not projected therefore. */
  since: Ms;
  /** The event that stops the room of that delivery. */
  event: StoppingEvent;
}

/** `null` where no room is stopped. */
export async function stoppedRooms(orm: Orm): Promise<StoppedRooms | null> {
  const { deliveryId, sourceId, room, stoppedBy } = unprojected;
  const stopped = orm
    .select({
      rooms: sql<number>`count(distinct (${sourceId}, ${room}))::int`.as("rooms"),
      first: min(deliveryId).as("first"),
    })
    .from(unprojected)
    .where(isNotNull(stoppedBy))
    .as("stopped");
  const [row] = await orm
    .select({ rooms: stopped.rooms, event: stoppedBy, receivedAt: deliveries.receivedAt })
    .from(stopped)
    .innerJoin(unprojected, eq(deliveryId, stopped.first))
    .innerJoin(deliveries, eq(deliveries.id, stopped.first));
  if (!row?.event) return null;
  return { rooms: row.rooms, since: row.receivedAt.getTime(), event: row.event };
}

/** Notes which event keeps a room from being projected, with all its deliveries that wait. */
export async function stopRoom(
  orm: Orm,
  { sourceId, room }: Pick<Unprojected, "sourceId" | "room">,
  event: StoppingEvent,
): Promise<void> {
  await orm
    .update(unprojected)
    .set({ stoppedBy: event })
    .where(and(eq(unprojected.sourceId, sourceId), eq(unprojected.room, room), IS_WAITING));
}

/** Lets the deliveries of stopped rooms be projected again where what stopped them can be read now. */
export async function resumeRooms(orm: Orm): Promise<void> {
  const { stoppedBy } = unprojected;
  const rows = await orm
    .selectDistinct({ event: stoppedBy })
    .from(unprojected)
    .where(isNotNull(stoppedBy))
    .limit(MOST_LOOKED_AT);
  const stopping = rows.flatMap(({ event }) => event ?? []);
  if (stopping.length === 0) return;
  for (const event of await readableAgain(orm, stopping)) {
    await orm.update(unprojected).set({ stoppedBy: null }).where(eq(stoppedBy, event));
  }
}

/** Marks a delivery that cannot be projected as one that could not be read. */
export async function markUnreadable(tx: Transaction, id: number, reason: string): Promise<void> {
  await tx.update(deliveries).set({ status: "unreadable", reason }).where(eq(deliveries.id, id));
}

function isOneOf(ids: readonly number[]): SQL {
  return sql`${unprojected.deliveryId} = any(${list("bigint", ids)})`;
}

/** Whether anything of a source is kept and not projected yet; rooms that are stopped are passed over. */
export async function isSourceBehind(
  reader: Pick<Orm, "select">,
  sourceId: string,
): Promise<boolean> {
  const found = await reader
    .select({ id: unprojected.deliveryId })
    .from(unprojected)
    .where(and(eq(unprojected.sourceId, sourceId), IS_WAITING))
    .limit(1);
  return found.length > 0;
}
