import { getTableColumns, getTableName, type SQLWrapper, Subquery } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/**
 * Some rows of a table, found by a part of a statement, to be read in its place and under its name: whatever is
 * said of the table then speaks of these alone.
 */
export function standingFor<T extends PgTable>(
  table: T,
  rows: SQLWrapper,
): Subquery<T["_"]["name"], T["_"]["columns"]> {
  return new Subquery(rows.getSQL(), getTableColumns(table), getTableName(table));
}
