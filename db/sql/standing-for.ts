import { getTableColumns, getTableName, type SQLWrapper, Subquery } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/**
 * Some rows of a table, found by a subquery, to be read in its place and under its name: expressions about
 * the table then mean these rows alone.
 */
export function standingFor<T extends PgTable>(
  table: T,
  rows: SQLWrapper,
): Subquery<T["_"]["name"], T["_"]["columns"]> {
  return new Subquery(rows.getSQL(), getTableColumns(table), getTableName(table));
}
