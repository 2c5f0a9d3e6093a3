import { type Query, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { dialect } from "./dialect.ts";
import { RenderedStatement } from "./filled.ts";
import { escapedBytes } from "./joined-bytes.ts";
import { arrayOf, type Typed, typed } from "./sent.ts";

/*
 * Drizzle renders a statement anew at every call, which for a batch of a few rows costs as much as running
 * it. Statements of batches are rendered once, with placeholders for the values of their rows.
 */

/** The placeholder for the values of a column, of the rows that a statement is given. */
export class ColumnValues {
  readonly name: string;
  readonly of: Typed;
  constructor(name: string, of: Typed) {
    this.name = name;
    this.of = of;
  }
}

/** The placeholder for the bytes of a column, of all rows in a row. */
class JoinedBytes {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * A statement for rows that is rendered once: `of` is the placeholder for the values of a column, each as one
 * array, and `joined` for the bytes of a column, one after the other without anything between them. Everything that
 * does not come from the rows must be the same each time.
 */
export function once<Name extends string>(
  make: (of: (name: Name, type: Typed) => SQL, joined: (name: Name) => SQL) => SQL,
): (rows: readonly Readonly<Record<Name, unknown>>[]) => SQL {
  let statement: Query | null = null;
  return (rows) => {
    statement ??= dialect.sqlToQuery(
      make(
        (name, type) => typed(type, new ColumnValues(name, type)),
        (name) => sql`decode(${new JoinedBytes(name)}, 'escape')`,
      ),
    );
    return filled(statement, rows);
  };
}

const statements = new WeakMap<PgTable, WeakMap<object, Map<string, Query>>>();

/** A statement for rows; for one table, `own` and kind it is rendered once. */
export function rendered(
  { table, own, kind }: { table: PgTable; own: object; kind: string },
  rows: Rows,
  make: () => SQL,
): SQL {
  const ofTable = statements.get(table) ?? new WeakMap<object, Map<string, Query>>();
  statements.set(table, ofTable);
  const kinds = ofTable.get(own) ?? new Map<string, Query>();
  ofTable.set(own, kinds);
  const statement = kinds.get(kind) ?? dialect.sqlToQuery(make());
  kinds.set(kind, statement);
  return filled(statement, rows);
}

function filled({ sql, params }: Query, rows: Rows): SQL {
  const values = params.map((param) => {
    if (param instanceof JoinedBytes) return escapedBytes(bytesOf(rows, param.name));
    if (!(param instanceof ColumnValues)) return param;
    const { of, name } = param;
    return arrayOf(
      of,
      rows.map((row) => row[name]),
    );
  });
  return new RenderedStatement(sql, values);
}

function bytesOf(rows: Rows, name: string): Uint8Array[] {
  return rows.map(({ [name]: value }) => {
    if (value instanceof Uint8Array) return value;
    throw new Error(`${name} has no bytes`);
  });
}
