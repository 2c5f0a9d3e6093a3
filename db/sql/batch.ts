import { type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Orm } from "./orm.ts";
import { ColumnValues, rendered } from "./rendered.ts";
import { readRows, selection } from "./selected.ts";
import { type Plain, received, type Typed, typed, valuesOf } from "./sent.ts";
import { columnsIn, keyOf, named, nameOf } from "./table-columns.ts";

/*
 * Many rows in one statement, whose text does not depend on how many: each column is one parameter, an array.
 * So a statement is prepared and planned once, for one row and for ten thousand. Names and types of the
 * columns come from the table.
 */

type Columns = Record<string, PgColumn>;
type TypedColumns = Record<string, Typed>;
type Value<C> = C extends Column
  ? C["_"]["data"] | (C["_"]["notNull"] extends true ? never : null)
  : C extends keyof Plain
    ? Plain[C] | null
    : never;
type Row<C extends TypedColumns> = { readonly [Name in keyof C]: Value<C[Name]> };
/** Some of the columns of a table with their values. */
type Part<T extends PgTable> = Partial<T["$inferSelect"]>;
/** What columns are set to: an expression, which may use `excluded`, or the column itself, where it stays. */
type Settings<T extends PgTable> = { [Name in keyof T["$inferInsert"]]?: SQL | PgColumn };
/** The columns of rows that are given for a table. */
type GivenOf<T extends PgTable> = { readonly [Name in keyof T["$inferInsert"]]-?: SQL };
type Writer = Pick<Orm, "execute">;

/** Given rows as a relation. */
export interface Unnested<C extends TypedColumns> {
  /** To read from. */
  from: SQL;
  /** Its columns, by the names of those they were made for. */
  of: { [Name in keyof C]: SQL<Value<C[Name]>> };
}

/** Given rows as a relation called `alias`, typed by columns or by themselves. */
export function unnested<C extends TypedColumns>(
  alias: string,
  columns: C,
  rows: readonly Row<C>[],
): Unnested<C>;
export function unnested(
  alias: string,
  columns: TypedColumns,
  rows: readonly Row<TypedColumns>[],
): Unnested<TypedColumns> {
  const valuesIn = (name: string, of: Typed) =>
    valuesOf(
      of,
      rows.map((row) => row[name]),
    );
  return relation(alias, Object.entries(columns), valuesIn);
}

function relation<Of extends Typed>(
  alias: string,
  columns: readonly [string, Of][],
  valuesIn: (name: string, of: Of) => SQL,
): Unnested<TypedColumns> {
  const names = columns.map(([name]) => sql.identifier(toSnakeCase(name)));
  const values = columns.map(([name, of]) => valuesIn(name, of));
  const read = columns.map(([name, of]): [string, SQL] => [
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

/** The new value of a column where the row exists, for the `set` of an upsert. */
export function excluded<C extends PgColumn>(of: C): SQL<Value<C>> {
  return sql`excluded.${named(of)}`;
}

/** Inserts rows, which all name the same columns. */
export async function insertAll<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length > 0) await orm.execute(batch(table, rows, { kind: "insert", build: insertion }));
}

/**
 * Inserts those of the rows, all of the same columns, that do not exist and for which the condition of `only`
 * is true; existing rows stay as they are.
 */
export async function insertNew<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  only?: (given: GivenOf<T>) => SQL | undefined,
): Promise<void>;
export async function insertNew(
  orm: Writer,
  table: PgTable,
  rows: readonly Row<Columns>[],
  only?: (given: Record<string, SQL>) => SQL | undefined,
): Promise<void> {
  if (rows.length === 0) return;
  const build = (of: Batch) => {
    const condition = only?.(of.given.of);
    return sql`${insertion(of)} ${condition && sql`where ${condition}`} on conflict do nothing`;
  };
  // The condition may differ from call to call, so it is part of the key.
  await orm.execute(batch(table, rows, { kind: "insert new", build, ...(only && { own: only }) }));
}

/**
 * Inserts rows, all of the same columns, and updates those that exist by their primary keys. `set` gives the
 * new value of a column, also of one that the rows do not name, where the row exists. A `set` that is the
 * same object for all calls is rendered once.
 */
export async function upsert<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  set?: Settings<T>,
): Promise<void> {
  if (rows.length > 0) await orm.execute(batch(table, rows, upserting(set)));
}

/** As `upsert`; answers these columns of each row as it is afterwards. */
export async function upserted<T extends PgTable, C extends Columns>(
  orm: Writer,
  table: T,
  rows: readonly T["$inferInsert"][],
  set: Settings<T>,
  columns: C,
): Promise<Row<C>[]> {
  return rows.length === 0 ? [] : answered(orm, table, rows, upserting(set), columns);
}

/** Updates rows by their primary keys; all rows name the same columns. */
export async function updateAll<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
): Promise<void> {
  if (rows.length > 0) await orm.execute(batch(table, rows, { kind: "update", build: change }));
}

/** Deletes the rows of these primary keys. */
export async function deleteAll<T extends PgTable>(
  orm: Writer,
  table: T,
  keys: readonly Part<T>[],
): Promise<void> {
  const deleting = { kind: "delete", build: deletion, of: keyOf(table) };
  if (keys.length > 0) await orm.execute(batch(table, keys, deleting));
}

/** Deletes the rows that match any of these in all columns that these name; all name the same. */
export async function deleteLike<T extends PgTable>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
): Promise<void> {
  if (rows.length > 0) await orm.execute(batch(table, rows, DELETE_LIKE));
}

/** As `deleteLike`; answers these columns of each row as it was. */
export async function deletedLike<T extends PgTable, C extends Columns>(
  orm: Writer,
  table: T,
  rows: readonly Part<T>[],
  columns: C,
): Promise<Row<C>[]> {
  return rows.length === 0 ? [] : answered(orm, table, rows, DELETE_LIKE, columns);
}

/** The parts of a statement: its table, the columns that its rows name, and these rows as a relation. */
interface Batch {
  table: PgTable;
  columns: readonly [string, PgColumn][];
  given: Unnested<TypedColumns>;
}

/**
 * A kind of statement: how it is built, from which columns if not all, and the object that distinguishes it
 * from others.
 */
interface Kind {
  kind: string;
  build: (batch: Batch) => SQL;
  of?: readonly PgColumn[];
  own?: object;
}

const DELETE_LIKE: Kind = { kind: "delete like", build: deletion };

function batch(
  table: PgTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  { kind, build, of, own = table }: Kind,
): SQL {
  const columns = columnsIn(table, rows).filter(([, column]) => of?.includes(column) ?? true);
  const name = [kind, ...columns.map(([column]) => column)].join(" ");
  return rendered({ table, own, kind: name }, rows, () => {
    const given = relation("n", columns, (at, column) =>
      typed(column, new ColumnValues(at, column)),
    );
    return build({ table, columns, given });
  });
}

/** Runs a statement and answers columns of its rows, read as the builder reads them. */
async function answered<C extends Columns>(
  orm: Writer,
  table: PgTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  kind: Kind,
  columns: C,
): Promise<Row<C>[]>;
async function answered(
  orm: Writer,
  table: PgTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  { kind, build, ...rest }: Kind,
  columns: Columns,
): Promise<Row<Columns>[]> {
  const answering = Object.entries(columns).map(([name, of]) => `${name}=${nameOf(of)}`);
  const answers = await orm.execute(
    batch(table, rows, {
      ...rest,
      kind: [kind, ...answering, "of"].join(" "),
      build: (of) => sql`${build(of)} returning ${selection(columns)}`,
    }),
  );
  return readRows(answers, columns);
}

function insertion({ table, columns, given }: Batch): SQL {
  const names = columns.map(([, of]) => named(of));
  const values = columns.map(([name]) => sql`${given.of[name]}`);
  return sql`insert into ${table} (${comma(names)}) select ${comma(values)} from ${given.from}`;
}

function upserting(set: object = {}): Kind {
  const own = new Map<string, SQL | PgColumn | undefined>(Object.entries(set));
  const build = (of: Batch) => {
    const key = keyOf(of.table);
    const given = of.columns.map(([name]) => name);
    const settings = Object.entries<PgColumn>(getTableColumns(of.table))
      .filter(([name, column]) => !key.includes(column) && (given.includes(name) || own.has(name)))
      .map(([name, column]) => sql`${named(column)} = ${own.get(name) ?? excluded(column)}`);
    return sql`
      ${insertion(of)}
      on conflict (${comma(key.map(named))}) do update set ${comma(settings)}`;
  };
  return { kind: "upsert", build, ...(own.size > 0 && { own: set }) };
}

function change({ table, columns, given }: Batch): SQL {
  const key = keyOf(table);
  const settings = columns
    .filter(([, of]) => !key.includes(of))
    .map(([name, of]) => sql`${named(of)} = ${given.of[name]}`);
  const same = columns.filter(([, of]) => key.includes(of));
  return sql`
    update ${table} set ${comma(settings)} from ${given.from} where ${isLike(same, given)}`;
}

function deletion({ table, columns, given }: Batch): SQL {
  return sql`delete from ${table} using ${given.from} where ${isLike(columns, given)}`;
}

/**
 * The first column is compared once more as an array, so that these rows are looked up by it, however few
 * rows there seem to be.
 */
function isLike(columns: readonly [string, PgColumn][], given: Unnested<TypedColumns>): SQL {
  const same = columns.map(([name, of]) => sql`${of} = ${given.of[name]}`);
  const among = columns.slice(0, 1).map(([name, of]) => {
    return sql`${of} = any(${typed(of, new ColumnValues(name, of))})`;
  });
  return sql.join([...same, ...among], sql` and `);
}

function comma(parts: readonly (SQL | ReturnType<typeof sql.identifier>)[]): SQL {
  return sql.join([...parts], sql`, `);
}
