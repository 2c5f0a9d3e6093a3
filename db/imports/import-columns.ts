import { desc } from "drizzle-orm";
import { importColumns } from "#db/schema/operators.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What somebody said that columns of a file are, by their names. */
export type StoredColumns = Record<string, string>;

/** Of so many files what was said is looked at. */
const MOST = 1_000;

/** Everything that was said of columns, with the names of all columns of the line; the newest first. */
export async function storedColumns(
  orm: Pick<Orm, "select">,
): Promise<{ headings: string; columns: StoredColumns }[]> {
  return orm
    .select({ headings: importColumns.headings, columns: importColumns.columns })
    .from(importColumns)
    .orderBy(desc(importColumns.at))
    .limit(MOST);
}

/** Remembers what was said of the columns of a line; of two words about one the later counts. */
export async function rememberColumns(
  orm: Pick<Orm, "insert">,
  said: { headings: string; columns: StoredColumns; by: string; at: Ms },
): Promise<void> {
  const { columns, by, at } = said;
  await orm
    .insert(importColumns)
    .values(said)
    .onConflictDoUpdate({ target: importColumns.headings, set: { columns, by, at } });
}
