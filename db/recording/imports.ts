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
  type SQL,
  sql,
} from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, deliveryKeys, events, unprojected } from "#db/schema/facts.ts";
import { importLines, imports, statements } from "#db/schema/operators.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { deleteAll, deletedLike, deleteLike, excluded, insertNew, isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { named } from "#db/sql/table-columns.ts";
import type { ImportResult } from "#domain/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";
import { allowWithdrawing } from "./events.ts";

/** A file that is being imported. */
export interface NewImport {
  sourceId: string;
  file: string;
  timeZone: string;
  dates: ImportResult["dates"]["order"];
  /** Of the file and of how it is read. */
  digest: string;
  /** Of the file alone. */
  content: string;
  /** The room that somebody said. */
  room: string | null;
  by: string;
  at: Ms;
}

/** A line of an import, as what it is kept and as it is told. */
export type ImportLine = typeof importLines.$inferSelect;

/** Begins an import; answers its id. The same file, read in the same way, is the import that stands already. */
export async function openImport(orm: Pick<Orm, "insert">, given: NewImport): Promise<string> {
  const [row] = await orm
    .insert(imports)
    .values({ ...given, id: uuid() })
    .onConflictDoUpdate({
      target: imports.digest,
      targetWhere: sql`${named(imports.undoneAt)} is null`,
      set: { digest: excluded(imports.digest) },
    })
    .returning({ id: imports.id });
  if (row === undefined) throw new Error("an import was not kept");
  return row.id;
}

/** Keeps lines of an import, but for those of rooms whose people were erased. */
export async function keepLines(
  orm: Pick<Orm, "execute" | "select">,
  lines: readonly ImportLine[],
): Promise<void> {
  const erased = (sourceId: SQL, key: SQL) =>
    orm
      .select({ id: rooms.id })
      .from(rooms)
      .where(and(eq(rooms.sourceId, sourceId), eq(rooms.key, key), isNotNull(rooms.erasedAt)));
  await insertNew(orm, importLines, lines, (line) => notExists(erased(line.sourceId, line.room)));
}

/** Lets go of lines of an import. */
export async function dropLines(
  tx: Transaction,
  importId: string,
  keys: readonly string[],
): Promise<void> {
  await tx
    .delete(importLines)
    .where(and(eq(importLines.importId, importId), isOneOf(importLines.key, keys)));
}

/** Lets go of every line that speaks of erased rooms. */
export async function eraseLines(
  tx: Transaction,
  erased: readonly { sourceId: string; key: string }[],
): Promise<void> {
  const theirs = erased.map(({ sourceId, key }) => ({ sourceId, room: key }));
  await deleteLike(tx, importLines, theirs);
}

/** Says what an import told, all of it kept; one that told nothing is none. Answers whether it is one. */
export async function closeImport(
  orm: Pick<Orm, "$count" | "delete" | "select" | "update">,
  id: string,
  { added, ...projected }: { added: number; meetings: number; people: number },
): Promise<boolean> {
  const [row] = await orm
    .update(imports)
    .set({
      ...projected,
      added: sql`coalesce(${imports.added}, 0) + ${added}::integer`,
      lines: orm.$count(importLines, eq(importLines.importId, id)),
    })
    .where(eq(imports.id, id))
    .returning({ lines: imports.lines });
  if (row !== undefined && row.lines !== null && row.lines > 0) return true;
  const isEmpty = notExists(linesIn(orm, id));
  await orm.delete(imports).where(and(eq(imports.id, id), isNull(imports.undoneAt), isEmpty));
  return false;
}

function linesIn(orm: Pick<Orm, "select">, importId: string) {
  return orm
    .select({ key: importLines.key })
    .from(importLines)
    .where(eq(importLines.importId, importId));
}

/** Says that an import is taken back. Answers whether it stood, or not all of it was taken back yet. */
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

/** Lines of an import, room by room; at most so many. */
export async function linesOf(
  tx: Transaction,
  importId: string,
  limit: number | null = null,
): Promise<ImportLine[]> {
  const all = tx
    .select()
    .from(importLines)
    .where(eq(importLines.importId, importId))
    .orderBy(asc(importLines.room), asc(importLines.key));
  return limit === null ? all : all.limit(limit);
}

/** A line that stands, with when it was imported. */
export type StandingLine = ImportLine & { at: Ms };

/** Of lines by their names: the same in the first of the imports that stand, but for one of these. */
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

/** Lines are named as the deliveries that they are, also when these turn out to be others. */
export async function renameLines(
  tx: Transaction,
  moves: readonly { sourceId: string; from: string; to: string }[],
): Promise<void> {
  const before = moves.map(({ sourceId, from }) => ({ sourceId, key: from }));
  const gone = await deletedLike(tx, importLines, before, getTableColumns(importLines));
  const after = new Map(moves.map(({ sourceId, from, to }) => [`${sourceId} ${from}`, to]));
  const renamed = gone.map((line) => ({
    ...line,
    key: after.get(`${line.sourceId} ${line.key}`) ?? line.key,
  }));
  await insertNew(tx, importLines, renamed);
}

/** Forgets deliveries, as if they had never come. */
export async function forgetDeliveries(tx: Transaction, ids: readonly number[]): Promise<void> {
  const names = { sourceId: deliveries.sourceId, deliveryId: deliveries.id };
  const gone = await deletedLike(
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
  await deleteAll(tx, deliveryKeys, gone);
}

/** Which meetings of rooms have events that deliveries told. */
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

/** The deliveries that told what is filed in a room. */
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
 * Lets go of meetings of which nothing is left, with what led to them; says which meeting of locked rooms is
 * the latest now, and lets go of rooms that nothing is heard or stated of any more.
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
  const theirs = and(isOneOf(rooms.id, roomIds), isNull(rooms.erasedAt));
  await tx.delete(rooms).where(and(theirs, notExists(left), notExists(stated), notExists(silent)));
  const latest = left.orderBy(desc(meetings.firstAt), desc(meetings.id)).limit(1);
  await tx
    .update(rooms)
    .set({ currentMeetingId: sql`${latest}` })
    .where(theirs);
}

/** How many events of meetings deliveries told: those that an operator said are left out. */
export async function countProjected(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: events.meetingId, told: count(events.deliveryId) })
    .from(events)
    .where(isOneOf(events.meetingId, meetingIds))
    .groupBy(events.meetingId);
  return new Map(rows.map(({ id, told: projectedCount }) => [id, projectedCount]));
}

/** Those of meetings of which nothing is told any more, with whatever an operator had said of them taken back. */
export async function withdrawStatusEvents(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<string[]> {
  const projected = tx
    .select({ seq: events.seq })
    .from(events)
    .where(and(eq(events.meetingId, meetings.id), isNotNull(events.deliveryId)));
  const rows = await tx
    .select({ id: meetings.id })
    .from(meetings)
    .where(
      and(isOneOf(meetings.id, meetingIds), isNull(meetings.mergedInto), notExists(projected)),
    );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    await allowWithdrawing(tx);
    await tx.delete(events).where(isOneOf(events.meetingId, ids));
  }
  return ids;
}
