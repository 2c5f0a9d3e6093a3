import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { CASING } from "./casing.ts";

/** The columns that the first of the rows names; all rows name the same. */
export function columnsIn(table: PgTable, [first = {}]: readonly object[]): [string, PgColumn][] {
  return Object.entries<PgColumn>(getTableColumns(table)).filter(([name]) =>
    Object.hasOwn(first, name),
  );
}

const keys = new WeakMap<PgTable, PgColumn[]>();

/** The columns of the primary key, as the table has them. */
export function keyOf(table: PgTable): PgColumn[] {
  const cached = keys.get(table);
  if (cached !== undefined) return cached;
  const { primaryKeys, columns } = getTableConfig(table);
  const names = new Set(primaryKeys[0]?.columns.map(({ name }) => name));
  const key = columns.filter(({ name, primary }) => primary || names.has(name));
  keys.set(table, key);
  return key;
}

const casing = new CasingCache(CASING);

/** The name of a column without its table, for places where it is written and for the target of a conflict. */
export function named(of: PgColumn): SQL {
  return sql`${sql.identifier(nameOf(of))}`;
}

/** The name of a column in the database. */
export function nameOf(of: PgColumn): string {
  return casing.getColumnCasing(of);
}
