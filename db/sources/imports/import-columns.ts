import { desc } from "drizzle-orm";
import { importColumns } from "#db/schema/operators.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The meanings that an operator chose for the columns of a file, by their names. */
export type StoredColumns = Record<string, string>;

/** Number of files whose chosen columns are read. */
const MOST_FILES = 1_000;

/** All chosen columns, with the names of all columns of the line; the newest first. */
export async function storedColumns(
  orm: Pick<Orm, "select">,
): Promise<{ headings: string; columns: StoredColumns }[]> {
  return orm
    .select({ headings: importColumns.headings, columns: importColumns.columns })
    .from(importColumns)
    .orderBy(desc(importColumns.at))
    .limit(MOST_FILES);
}

/** Stores the columns chosen for a line of headings; of two choices for the same line the later counts. */
export async function rememberColumns(
  orm: Pick<Orm, "insert">,
  chosen: { headings: string; columns: StoredColumns; by: string; at: Ms },
): Promise<void> {
  const { columns, by, at } = chosen;
  await orm
    .insert(importColumns)
    .values(chosen)
    .onConflictDoUpdate({ target: importColumns.headings, set: { columns, by, at } });
}
