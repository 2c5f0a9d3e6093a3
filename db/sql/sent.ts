import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { type ArrayType, literal } from "./array.ts";

/** How values of a column are sent as an array, and how they are read back in SQL. */
interface Sending {
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

/** By the SQL types of the schema's columns. */
const SENDING: Readonly<Record<string, Sending>> = {
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

/** Types of values that belong to no column. */
export interface Plain {
  bigint: number;
  integer: number;
  text: string;
}

/** A column, or a plain type, that gives values their type. */
export type Typed = PgColumn | keyof Plain;

function sendingOf(of: Typed): Sending {
  const type = typeof of === "string" ? of : of.getSQLType();
  const sent = SENDING[type];
  if (sent === undefined) throw new Error(`no batch takes a ${type}`);
  return sent;
}

/** Values of a column as one parameter, an array. */
export function valuesOf(of: Typed, values: readonly unknown[]): SQL {
  return typed(of, arrayOf(of, values));
}

/** Such an array, cast to the type of the column. */
export function typed(of: Typed, array: unknown): SQL {
  return sql`${array}::${sql.raw(sendingOf(of).type)}[]`;
}

/** Values of a column as PostgreSQL's literal of an array. */
export function arrayOf(of: Typed, values: readonly unknown[]): string {
  return literal(values.map(sendingOf(of).element));
}

/** A value of the column, from what was sent for it. */
export function received(of: Typed, expression: SQL): SQL {
  return sendingOf(of).read?.(expression) ?? expression;
}
