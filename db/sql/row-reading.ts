import { Column, getTableName, SQL, type SQLWrapper, Subquery } from "drizzle-orm";
import { instanceCheck } from "./instance-check.ts";

/*
 * Makes rows of the database's answers as Drizzle does. Drizzle decides for each value of each row anew how
 * to read it, which for the records of a large meeting, and for a page of a list, takes a quarter of the
 * reading.
 */

interface Field {
  path: string[];
  field: SQLWrapper;
}

type Reader = (value: unknown) => unknown;

/** A value of a row: its index, its name, and how it is read, if it is not as it came. */
interface Reading {
  index: number;
  name: string;
  read: Reader | null;
}

/** A nested object of a row, or in place of its values one value. */
type Part = Reading | { name: string; inner: Reading[] };

/** A nested object with columns of one table alone: `null` in a row where that table was not joined. */
interface Joined {
  name: string;
  table: string;
  /** The index of its first column, which is null in such a row. */
  index: number;
}

export type ReadRows = (rows: unknown[][], isThere: (table: string) => boolean) => object[];

/** A function that reads rows of these fields; `isThere` says whether every row has one of the table. */
export function rowsOf(fields: readonly Field[]): ReadRows {
  const parts = partsOf(fields);
  const joined = joinedIn(fields);
  return (rows, isThere) => {
    const absent = joined.filter(({ table }) => !isThere(table));
    return rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (const part of parts)
        row[part.name] = "inner" in part ? objectOf(part.inner, values) : readValue(part, values);
      for (const { name, index } of absent) if (values[index] === null) row[name] = null;
      return row;
    });
  };
}

/** In the order of their first fields. */
function partsOf(fields: readonly Field[]): Part[] {
  const nested = new Map<string, Reading[]>();
  const parts: Part[] = [];
  for (const [index, { path, field }] of fields.entries()) {
    const [name = "", inner] = path;
    const read = readerOf(field);
    if (inner === undefined) {
      parts.push({ index, name, read });
      continue;
    }
    const existing = nested.get(name);
    const own = existing ?? [];
    own.push({ index, name: inner, read });
    if (existing !== undefined) continue;
    nested.set(name, own);
    parts.push({ name, inner: own });
  }
  return parts;
}

function objectOf(readings: readonly Reading[], values: readonly unknown[]): object {
  const object: Record<string, unknown> = {};
  for (const reading of readings) object[reading.name] = readValue(reading, values);
  return object;
}

function readValue({ index, read }: Reading, values: readonly unknown[]): unknown {
  const value = values[index] ?? null;
  return value === null || read === null ? value : read(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const isColumn = instanceCheck(Column);
const isAliased = instanceCheck(SQL.Aliased);
const isSubquery = instanceCheck(Subquery);

function readerOf(field: SQLWrapper): Reader | null {
  if (isColumn(field)) return (value) => field.mapFromDriverValue(value);
  const statement = isSubquery(field) ? field._.sql : isAliased(field) ? field.sql : field;
  const decoder: unknown = Reflect.get(statement, "decoder");
  if (!isDecoder(decoder) || decoder === AS_IT_CAME) return null;
  return (value) => decoder.mapFromDriverValue(value);
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

function isDecoder(value: unknown): value is Decoder {
  return isRecord(value) && typeof value["mapFromDriverValue"] === "function";
}

const AS_IT_CAME: unknown = Reflect.get(new SQL([]), "decoder");

function joinedIn(fields: readonly Field[]): Joined[] {
  const objects = new Map<string, Joined | null>();
  for (const [index, { path, field }] of fields.entries()) {
    const [name, ...deeper] = path;
    if (name === undefined || deeper.length !== 1 || !isColumn(field)) continue;
    const table = getTableName(field.table);
    const previous = objects.get(name);
    if (previous === undefined) objects.set(name, { name, table, index });
    else if (previous !== null && previous.table !== table) objects.set(name, null);
  }
  return [...objects.values()].filter((one) => one !== null);
}
