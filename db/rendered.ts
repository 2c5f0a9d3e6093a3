import { SQL, StringChunk, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { dialect } from "./dialect.ts";
import { arrayOf } from "./sent.ts";

/*
 * Drizzle renders a statement anew whenever it is asked, which for a batch of a few rows costs as much as to run
 * it. Those of the batches are rendered once, with places where the values of their rows go.
 */

/** Where the values of a column go, of the rows that a statement is given. */
export class Place {
  readonly name: string;
  readonly of: PgColumn;
  constructor(name: string, of: PgColumn) {
    this.name = name;
    this.of = of;
  }
}

/** The text around the parameters, and what each of these is. */
interface Rendered {
  texts: readonly StringChunk[];
  params: readonly unknown[];
}

const known = new WeakMap<PgTable, WeakMap<object, Map<string, Rendered>>>();

/** A statement for rows; of one table, `own` and kind it is made once. */
export function rendered(
  { table, own, kind }: { table: PgTable; own: object; kind: string },
  rows: readonly Readonly<Record<string, unknown>>[],
  make: () => SQL,
): SQL {
  const ofTable = known.get(table) ?? new WeakMap<object, Map<string, Rendered>>();
  known.set(table, ofTable);
  const kinds = ofTable.get(own) ?? new Map<string, Rendered>();
  ofTable.set(own, kinds);
  const statement = kinds.get(kind) ?? render(make());
  kinds.set(kind, statement);
  return filled(statement, rows);
}

function render(statement: SQL): Rendered {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return { texts: text.split(/\$\d+/).map((part) => new StringChunk(part)), params };
}

function filled(
  { texts, params }: Rendered,
  rows: readonly Readonly<Record<string, unknown>>[],
): SQL {
  const values = params.map((param) =>
    sql.param(
      param instanceof Place
        ? arrayOf(
            param.of,
            rows.map((row) => row[param.name]),
          )
        : param,
    ),
  );
  return new SQL(
    texts.flatMap((text, index) => [text, ...(index < values.length ? [values[index]] : [])]),
  );
}
