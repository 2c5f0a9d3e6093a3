import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { type ArrayType, literal } from "./array.ts";

/** What arrays of the elements of a column are made of, and what is read of them again. */
interface Sent {
  type: ArrayType;
  element: (value: unknown) => Parameters<typeof literal>[0][number];
  read?: (expression: SQL) => SQL;
}

const asIs = (value: unknown) =>
  typeof value === "string" ||
  typeof value === "number" ||
  typeof value === "boolean" ||
  value instanceof Uint8Array
    ? value
    : null;
const asJson = (value: unknown) =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** By the types of the schema's columns. */
const SENT: Readonly<Record<string, Sent>> = {
  bigint: { type: "bigint", element: asIs },
  boolean: { type: "boolean", element: asIs },
  bytea: { type: "bytea", element: asIs },
  "double precision": { type: "double precision", element: asIs },
  integer: { type: "integer", element: asIs },
  jsonb: { type: "text", element: asJson, read: (json) => sql`${json}::jsonb` },
  text: { type: "text", element: asIs },
  // Arrays of arrays are rectangular, so each travels as JSON.
  "text[]": {
    type: "text",
    element: asJson,
    read: (json) => sql`array(select jsonb_array_elements_text(${json}::jsonb))`,
  },
  "timestamp with time zone": {
    type: "timestamptz",
    element: (value) => (value instanceof Date ? value.toISOString() : asIs(value)),
  },
  tsvector: { type: "text", element: asIs, read: (text) => sql`${text}::tsvector` },
  uuid: { type: "uuid", element: asIs },
};

/** Types that values may have of themselves, and not as those of a column. */
export interface Plain {
  bigint: number;
  text: string;
}

/** What says which type values are of. */
export type Typed = PgColumn | keyof Plain;

function sentAs(of: Typed): Sent {
  const type = typeof of === "string" ? of : of.getSQLType();
  const sent = SENT[type];
  if (sent === undefined) throw new Error(`no batch takes a ${type}`);
  return sent;
}

/** Values of a column as one parameter, an array. */
export function valuesOf(of: Typed, values: readonly unknown[]): SQL {
  return typed(of, arrayOf(of, values));
}

/** What is such an array, as one of the column's type. */
export function typed(of: Typed, array: unknown): SQL {
  return sql`${array}::${sql.raw(sentAs(of).type)}[]`;
}

/** Values of a column as PostgreSQL's literal of an array. */
export function arrayOf(of: Typed, values: readonly unknown[]): string {
  return literal(values.map(sentAs(of).element));
}

/** A value of the column, of what was sent of it. */
export function received(of: Typed, expression: SQL): SQL {
  return sentAs(of).read?.(expression) ?? expression;
}
