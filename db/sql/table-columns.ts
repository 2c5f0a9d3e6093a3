import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { CASING } from "./casing.ts";

/** The columns that the rows have, as the first of them has. */
export function columnsIn(table: PgTable, [first = {}]: readonly object[]): [string, PgColumn][] {
  return Object.entries<PgColumn>(getTableColumns(table)).filter(([name]) =>
    Object.hasOwn(first, name),
  );
}

const keys = new WeakMap<PgTable, PgColumn[]>();

/** The columns of the primary key, as the table has them. */
export function keyOf(table: PgTable): PgColumn[] {
  const known = keys.get(table);
  if (known !== undefined) return known;
  const { primaryKeys, columns } = getTableConfig(table);
  const names = new Set(primaryKeys[0]?.columns.map(({ name }) => name));
  const key = columns.filter(({ name, primary }) => primary || names.has(name));
  keys.set(table, key);
  return key;
}

const casing = new CasingCache(CASING);

/** A column without its table: as where it is written, and in what an index is known by. */
export function named(of: PgColumn): SQL {
  return sql`${sql.identifier(nameOf(of))}`;
}

/** What a column is called in the database. */
export function nameOf(of: PgColumn): string {
  return casing.getColumnCasing(of);
}
