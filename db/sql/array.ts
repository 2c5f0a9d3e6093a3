import { type SQL, sql } from "drizzle-orm";
import { parse } from "postgres-array";

type Element = string | number | boolean | Uint8Array | null;

/** PostgreSQL types of the arrays in the recorder's batches. */
export type ArrayType =
  | "bigint"
  | "boolean"
  | "bytea"
  | "double precision"
  | "integer"
  | "text"
  | "timestamptz"
  | "uuid";

/**
 * A column of values as one parameter, for `unnest`: `value` of each row. Written as PostgreSQL's own array
 * literal, because the driver guesses an array's type from its first element and guesses wrong for bytes and
 * booleans.
 */
export function column<Row>(
  type: ArrayType,
  rows: readonly Row[],
  value: (row: Row) => Element,
): SQL {
  return sql`${literal(rows.map(value))}::${sql.raw(type)}[]`;
}

/** The values as PostgreSQL's array literal. */
export function literal(values: readonly Element[]): string {
  return `{${values.map(element).join(",")}}`;
}

/** The values as one parameter, an array. */
export function list(type: ArrayType, values: readonly Element[]): SQL {
  return column(type, values, (value) => value);
}

const UNQUOTED = /^\{(?!null[,}])[\w.-]+(?:,(?!null[,}])[\w.-]+)*\}$/i;

/**
 * Reads PostgreSQL's literal of an array of texts. It does not quote ids of providers: an array of such is
 * split, in a tenth of the time.
 */
export function textsIn(literal: string): (string | null)[] {
  if (literal === "{}") return [];
  return UNQUOTED.test(literal) ? literal.slice(1, -1).split(",") : parse(literal);
}

function element(value: Element): string {
  if (value === null) return "NULL";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return `"${value.replace(/[\\"]/g, "\\$&")}"`;
  return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}"`;
}
