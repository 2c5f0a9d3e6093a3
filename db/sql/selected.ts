import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Orm } from "./orm.ts";

type Columns = Record<string, PgColumn>;
type Row<C extends Columns> = {
  [Name in keyof C]: C[Name]["_"]["data"] | (C[Name]["_"]["notNull"] extends true ? never : null);
};

/** Columns of rows `from` something that the builder cannot express, each row as the builder would read it. */
export async function selected<C extends Columns>(
  orm: Pick<Orm, "execute">,
  columns: C,
  from: SQL,
): Promise<Row<C>[]> {
  return readRows(await orm.execute(sql`select ${selection(columns)} from ${from}`), columns);
}

/** Columns under their names in the schema. */
export function selection(columns: Columns): SQL {
  const named = Object.entries(columns).map(([name, of]) => sql`${of} as ${sql.identifier(name)}`);
  return sql.join(named, sql`, `);
}

/** The rows that the database answered to a `selection`. */
export function readRows<C extends Columns>(
  rows: readonly Record<string, unknown>[],
  columns: C,
): Row<C>[];
export function readRows(
  rows: readonly Record<string, unknown>[],
  columns: Columns,
): Row<Columns>[] {
  const all = Object.entries(columns);
  return rows.map((row) =>
    Object.fromEntries(
      all.map(([name, of]) => [name, row[name] === null ? null : of.mapFromDriverValue(row[name])]),
    ),
  );
}
