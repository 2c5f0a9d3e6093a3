import { and, asc, eq, isNotNull, isNull, notExists, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Transaction } from "#db/connection/session.ts";
import { importLines, imports } from "#db/schema/operators.ts";
import { rooms } from "#db/schema/projected.ts";
import { deleteLike, excluded, insertNew, isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { named } from "#db/sql/table-columns.ts";
import type { ImportResult } from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A file that is being imported. */
export interface NewImport {
  sourceId: string;
  file: string;
  timeZone: string;
  dates: ImportResult["dates"]["order"];
  /** Digest of the file and of how it is read. */
  digest: string;
  /** Digest of the file alone. */
  content: string;
  /** The room that the operator chose. */
  room: string | null;
  by: string;
  at: Ms;
}

/** A line of an import, as it is stored and as the delivery it becomes. */
export type ImportLine = typeof importLines.$inferSelect;

/** Begins an import; answers its id. The same file, read in the same way, is the import in force already. */
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

/** Stores lines of an import, except those of rooms whose people were erased. */
export async function storeLines(
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

/** Deletes lines of an import. */
export async function dropLines(
  tx: Transaction,
  importId: string,
  keys: readonly string[],
): Promise<void> {
  await tx
    .delete(importLines)
    .where(and(eq(importLines.importId, importId), isOneOf(importLines.key, keys)));
}

/** Deletes every import line of erased rooms. */
export async function eraseLines(
  tx: Transaction,
  erased: readonly { sourceId: string; key: string }[],
): Promise<void> {
  const lineKeys = erased.map(({ sourceId, key }) => ({ sourceId, room: key }));
  await deleteLike(tx, importLines, lineKeys);
}

/**
 * Stores what an import added, once all of it is stored; an import without lines is deleted. Answers whether
 * it has any.
 */
export async function closeImport(
  orm: Pick<Orm, "$count" | "delete" | "select" | "update">,
  id: string,
  { added, ...counts }: { added: number; meetings: number; people: number },
): Promise<boolean> {
  const [row] = await orm
    .update(imports)
    .set({
      ...counts,
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

/** Lines of an import, room by room; at most `limit`. */
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

export function linesIn(orm: Pick<Orm, "select">, importId: string) {
  return orm
    .select({ key: importLines.key })
    .from(importLines)
    .where(eq(importLines.importId, importId));
}
