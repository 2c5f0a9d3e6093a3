import { type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import { CasingCache, toSnakeCase } from "drizzle-orm/casing";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { CASING } from "./casing.ts";
import type { Orm } from "./client.ts";
import { received, valuesOf } from "./sent.ts";

/*
 * Many rows in one statement, whose text does not tell how many: each column is one parameter, an array. So a
 * statement is prepared and planned once, for one row and for ten thousand. What a table is made of, the table
 * says itself.
 */

type Columns = Record<string, PgColumn>;
type Value<C extends Column> = C["_"]["data"] | (C["_"]["notNull"] extends true ? never : null);
type Row<C extends Columns> = { readonly [Name in keyof C]: Value<C[Name]> };
/** Some of the columns of a table with their values. */
type Part<T extends PgTable> = Partial<T["$inferSelect"]>;
/** What columns are set to: an expression, which may speak of `excluded`, or themselves, where they stay. */
type Settings<T extends PgTable> = { [Name in keyof T["$inferInsert"]]?: SQL | PgColumn };
/** The columns of rows that are given for a table. */
type GivenOf<T extends PgTable> = { readonly [Name in keyof T["$inferInsert"]]-?: SQL };
type Writer = Pick<Orm, "execute">;

/** A relation of given rows. */
export interface Unnested<C extends Columns> {
  /** To be read from. */
  from: SQL;
  /** Its columns, by the names of those they were made for. */
  of: { [Name in keyof C]: SQL<Value<C[Name]>> };
}

/** Given rows as a relation called `alias`, typed by columns. */
export function unnested<C extends Columns>(
  alias: string,
  columns: C,
  rows: readonly Row<C>[],
): Unnested<C>;
export function unnested(
  alias: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
): Unnested<Columns> {
  const names = Object.keys(columns).map((name) => sql.identifier(toSnakeCase(name)));
  const values = Object.entries(columns).map(([name, of]) =>
    valuesOf(
      of,
      rows.map((row) => row[name]),
    ),
  );
  const read = Object.entries(columns).map(([name, of]): [string, SQL] => [
    name,
    received(of, sql`${sql.identifier(alias)}.${sql.identifier(toSnakeCase(name))}`),
  ]);
  return {
    from: sql`unnest(${comma(values)}) as ${sql.identifier(alias)} (${comma(names)})`,
    of: Object.fromEntries(read),
  };
}

/** Whether a column is one of some values. */
export function isOneOf<C extends PgColumn>(
  of: C,
  values: readonly C["_"]["data"][],
): SQL<boolean> {
  return sql`${of} = any(${valuesOf(of, values)})`;
}

/** What a row that is there already would have become, as `set` of an upsert may speak of it. */
export function excluded<C extends PgColumn>(of: C): SQL<Value<C>> {
  return sql`excluded.${named(of)}`;
}

/** Inserts rows, which all name the same columns. */
export async function insertAll<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length > 0) await orm.execute(insertion(table, rows));
}

/**
 * Inserts those of the rows, all of the same columns, that are not there, and of which what `only` says is true;
 * what is there stays as it is.
 */
export async function insertNew<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  only?: (given: GivenOf<T>) => SQL | undefined,
): Promise<void> {
  if (rows.length === 0) return;
  await orm.execute(sql`${insertion(table, rows, only)} on conflict do nothing`);
}

/**
 * Inserts rows, all of the same columns, and makes those that are there by their primary keys like them. `set`
 * tells of a column what it becomes where the row is there.
 */
export async function upsert<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  set: Settings<T> = {},
): Promise<void> {
  if (rows.length > 0) await orm.execute(upsertion(table, rows, set));
}

/** As `upsert`; answers these columns of each row as it is then. */
export async function upserted<T extends PgTable, C extends Columns>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  set: Settings<T>,
  columns: C,
): Promise<Row<C>[]> {
  return rows.length === 0 ? [] : answered(orm, upsertion(table, rows, set), columns);
}

/** What a statement answers of its rows, read as the builder reads it. */
async function answered<C extends Columns>(
  orm: Writer,
  statement: SQL,
  columns: C,
): Promise<Row<C>[]>;
async function answered(orm: Writer, statement: SQL, columns: Columns): Promise<Row<Columns>[]> {
  const all = Object.entries(columns);
  const selection = all.map(([name, of]) => sql`${of} as ${sql.identifier(name)}`);
  const rows = await orm.execute(sql`${statement} returning ${comma(selection)}`);
  return rows.map((row) =>
    Object.fromEntries(
      all.map(([name, of]) => [name, row[name] === null ? null : of.mapFromDriverValue(row[name])]),
    ),
  );
}

function upsertion<T extends PgTable>(
  table: T,
  rows: readonly T["$inferInsert"][],
  set: Settings<T>,
): SQL {
  const key = keyOf(table);
  const own = new Map<string, SQL | PgColumn | undefined>(Object.entries(set));
  const settings = columnsIn(table, rows)
    .filter(([, of]) => !key.includes(of))
    .map(([name, of]) => sql`${named(of)} = ${own.get(name) ?? sql`excluded.${named(of)}`}`);
  return sql`
    ${insertion(table, rows)}
    on conflict (${comma(key.map(named))}) do update set ${comma(settings)}`;
}

/** Makes the rows of these primary keys like these, which all name the same columns. */
export async function updateAll<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
): Promise<void> {
  if (rows.length === 0) return;
  const key = keyOf(table);
  const columns = columnsIn(table, rows);
  const given = unnested("n", Object.fromEntries(columns), rows);
  const settings = columns
    .filter(([, of]) => !key.includes(of))
    .map(([name, of]) => sql`${named(of)} = ${given.of[name]}`);
  await orm.execute(sql`
    update ${table} set ${comma(settings)} from ${given.from} where ${isOf(key, columns, given)}`);
}

/** Deletes the rows of these primary keys. */
export async function deleteAll<T extends PgTable>(
  orm: Writer,
  table: T,
  keys: readonly Part<T>[],
): Promise<void> {
  if (keys.length === 0) return;
  const key = keyOf(table);
  const columns = Object.entries(getTableColumns(table)).filter(([, of]) => key.includes(of));
  const given = unnested("k", Object.fromEntries(columns), keys);
  await orm.execute(
    sql`delete from ${table} using ${given.from} where ${isOf(key, columns, given)}`,
  );
}

/** Deletes the rows that are, in all columns that these name, as any of them; all name the same. */
export async function deleteLike<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
): Promise<void> {
  if (rows.length > 0) await orm.execute(deletion(table, rows));
}

/** As `deleteLike`; answers these columns of each row as it was. */
export async function deletedLike<T extends PgTable, C extends Columns>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
  columns: C,
): Promise<Row<C>[]> {
  return rows.length === 0 ? [] : answered(orm, deletion(table, rows), columns);
}

function deletion<T extends PgTable>(table: T, rows: readonly Part<T>[]): SQL {
  const columns = columnsIn(table, rows);
  const given = unnested("k", Object.fromEntries(columns), rows);
  const all = columns.map(([, of]) => of);
  return sql`delete from ${table} using ${given.from} where ${isOf(all, columns, given)}`;
}

function insertion<T extends PgTable>(
  table: T,
  rows: readonly T["$inferInsert"][],
  only?: (given: GivenOf<T>) => SQL | undefined,
): SQL;
function insertion(
  table: PgTable,
  rows: readonly Row<Columns>[],
  only: (given: Record<string, SQL>) => SQL | undefined = () => undefined,
): SQL {
  const columns = columnsIn(table, rows);
  const given = unnested("n", Object.fromEntries(columns), rows);
  const names = columns.map(([, of]) => named(of));
  const values = columns.map(([name]) => sql`${given.of[name]}`);
  const condition = only(given.of);
  return sql`
    insert into ${table} (${comma(names)}) select ${comma(values)} from ${given.from}
    ${condition && sql`where ${condition}`}`;
}

/** The columns that the rows have, as the first of them has. */
export function columnsIn(table: PgTable, [first = {}]: readonly object[]): [string, PgColumn][] {
  return Object.entries<PgColumn>(getTableColumns(table)).filter(([name]) =>
    Object.hasOwn(first, name),
  );
}

/** The columns of the primary key, as the table has them. */
function keyOf(table: PgTable): PgColumn[] {
  const { primaryKeys, columns } = getTableConfig(table);
  const names = new Set(primaryKeys[0]?.columns.map(({ name }) => name));
  return columns.filter(({ name, primary }) => primary || names.has(name));
}

function isOf(
  key: readonly PgColumn[],
  columns: readonly [string, PgColumn][],
  given: Unnested<Columns>,
): SQL {
  const same = columns
    .filter(([, of]) => key.includes(of))
    .map(([name, of]) => sql`${of} = ${given.of[name]}`);
  return sql.join(same, sql` and `);
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

function comma(parts: readonly (SQL | ReturnType<typeof sql.identifier>)[]): SQL {
  return sql.join([...parts], sql`, `);
}
