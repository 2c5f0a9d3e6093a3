import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  isNotNull,
  isNull,
  ne,
  notExists,
  or,
  sql,
} from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { keptReturns } from "#db/schema/erased.ts";
import { deliveries, deliveryKeys, events, unprojected } from "#db/schema/facts.ts";
import { importLines, imports, statements, waitHandlings } from "#db/schema/operators.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { deleteAll, deletedLike, insertNew, isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { allowWithdrawing } from "./events.ts";
import { type ImportLine, linesIn } from "./imports.ts";

/** Marks an import as undone. Answers whether it was in force, or its undoing was not finished. */
export async function markImportUndone(
  orm: Pick<Orm, "select" | "update">,
  { id, by, at }: { id: string; by: string; at: Ms },
): Promise<boolean> {
  const rows = await orm
    .update(imports)
    .set({
      undoneBy: sql`coalesce(${imports.undoneBy}, ${by})`,
      undoneAt: sql`coalesce(${imports.undoneAt}, ${at}::bigint)`,
    })
    .where(and(eq(imports.id, id), or(isNull(imports.undoneAt), exists(linesIn(orm, id)))))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** A line in force, with when it was imported. */
export type StandingLine = ImportLine & { at: Ms };

/** For lines by their keys: the same line in the first import in force, other than `besides`. */
export async function standingLines(
  tx: Transaction,
  { sourceId, keys, besides }: { sourceId: string; keys: readonly string[]; besides: string },
): Promise<StandingLine[]> {
  return tx
    .selectDistinctOn([importLines.key], { ...getTableColumns(importLines), at: imports.at })
    .from(importLines)
    .innerJoin(imports, eq(imports.id, importLines.importId))
    .where(
      and(
        eq(importLines.sourceId, sourceId),
        isOneOf(importLines.key, keys),
        ne(importLines.importId, besides),
        isNull(imports.undoneAt),
      ),
    )
    .orderBy(asc(importLines.key), asc(imports.at), asc(imports.id));
}

/** Gives lines the changed keys of their deliveries. */
export async function renameLines(
  tx: Transaction,
  moves: readonly { sourceId: string; from: string; to: string }[],
): Promise<void> {
  const before = moves.map(({ sourceId, from }) => ({ sourceId, key: from }));
  const deleted = await deletedLike(tx, importLines, before, getTableColumns(importLines));
  const after = new Map(moves.map(({ sourceId, from, to }) => [`${sourceId} ${from}`, to]));
  const renamed = deleted.map((line) => ({
    ...line,
    key: after.get(`${line.sourceId} ${line.key}`) ?? line.key,
  }));
  await insertNew(tx, importLines, renamed);
}

/** Deletes deliveries with their keys, as if they had never come. */
export async function forgetDeliveries(tx: Transaction, ids: readonly number[]): Promise<void> {
  const names = { sourceId: deliveries.sourceId, deliveryId: deliveries.id };
  const deleted = await deletedLike(
    tx,
    deliveries,
    ids.map((id) => ({ id })),
    names,
  );
  await deleteAll(
    tx,
    unprojected,
    ids.map((deliveryId) => ({ deliveryId })),
  );
  await deleteAll(tx, deliveryKeys, deleted);
}

/** The meetings of rooms that have events from these deliveries. */
export async function meetingsOfImport(
  tx: Transaction,
  roomIds: readonly number[],
  deliveryIds: readonly number[],
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: events.meetingId })
    .from(meetings)
    .innerJoin(events, eq(events.meetingId, meetings.id))
    .where(and(isOneOf(meetings.roomId, roomIds), isOneOf(events.deliveryId, deliveryIds)));
  return rows.map(({ id }) => id);
}

/** The deliveries that gave the events filed in a room. */
export async function deliveriesOfRoom(tx: Transaction, roomId: number): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ id: events.deliveryId })
    .from(meetings)
    .innerJoin(events, eq(events.meetingId, meetings.id))
    .where(and(eq(meetings.roomId, roomId), isNotNull(events.deliveryId)))
    .orderBy(asc(events.deliveryId));
  return rows.flatMap(({ id }) => id ?? []);
}

/**
 * Deletes meetings that have no events left, with the rows merged into them; sets the latest meeting of
 * locked rooms, and deletes rooms with no meeting, statement or delivery left.
 */
export async function dropEmptied(
  tx: Transaction,
  meetingIds: readonly string[],
  roomIds: readonly number[],
): Promise<void> {
  await tx
    .delete(meetings)
    .where(or(isOneOf(meetings.id, meetingIds), isOneOf(meetings.mergedInto, meetingIds)));
  const isOfRoom = and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto));
  const left = tx.select({ id: meetings.id }).from(meetings).where(isOfRoom);
  const stated = tx
    .select({ id: statements.id })
    .from(statements)
    .where(sql`${statements.roomIds} @> array[${rooms.id}]`);
  const silent = tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.sourceId, rooms.sourceId),
        eq(deliveries.room, rooms.key),
        sql`${deliveries.status} <> 'recorded'`,
      ),
    );
  const isOfRooms = and(isOneOf(rooms.id, roomIds), isNull(rooms.erasedAt));
  const gone = await tx
    .delete(rooms)
    .where(and(isOfRooms, notExists(left), notExists(stated), notExists(silent)))
    .returning({ id: rooms.id });
  const goneIds = gone.map(({ id }) => id);
  await tx.delete(keptReturns).where(isOneOf(keptReturns.roomId, goneIds));
  await tx.delete(waitHandlings).where(isOneOf(waitHandlings.roomId, goneIds));
  const latest = left.orderBy(desc(meetings.firstAt), desc(meetings.id)).limit(1);
  await tx
    .update(rooms)
    .set({ currentMeetingId: sql`${latest}` })
    .where(isOfRooms);
}

/** How many events of each meeting come from deliveries: corrections of operators are not counted. */
export async function countProjected(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: events.meetingId, count: count(events.deliveryId) })
    .from(events)
    .where(isOneOf(events.meetingId, meetingIds))
    .groupBy(events.meetingId);
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** The meetings among these without an event from a delivery; the corrections of operators in them are deleted. */
export async function withdrawStatusEvents(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<string[]> {
  const fromDeliveries = tx
    .select({ seq: events.seq })
    .from(events)
    .where(and(eq(events.meetingId, meetings.id), isNotNull(events.deliveryId)));
  const rows = await tx
    .select({ id: meetings.id })
    .from(meetings)
    .where(
      and(isOneOf(meetings.id, meetingIds), isNull(meetings.mergedInto), notExists(fromDeliveries)),
    );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    await allowWithdrawing(tx);
    await tx.delete(events).where(isOneOf(events.meetingId, ids));
  }
  return ids;
}
