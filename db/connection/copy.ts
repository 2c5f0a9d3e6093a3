import { getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { columnsIn, nameOf } from "#db/sql/table-columns.ts";
import type { Transaction } from "./session.ts";

/** Rows in one text of about so many characters: small ones stall, large ones are memory. */
const TEXT_LENGTH = 256 * 1024;

/** Writes rows by COPY, which all name the same columns. Of COPY's failures see `Transaction.copy`. */
export async function copyInto<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsIn(table, rows);
  const names = columns.map(([, of]) => `"${nameOf(of)}"`).join(", ");
  await tx.copy(`${getTableName(table)} (${names})`, texts(columns, rows));
}

function* texts(
  columns: readonly [string, PgColumn][],
  rows: readonly Readonly<Record<string, unknown>>[],
): Generator<string> {
  let text = "";
  for (const row of rows) {
    for (const [index, [name, of]] of columns.entries()) {
      const value = row[name] ?? null;
      text += index === 0 ? "" : "\t";
      text += value === null ? "\\N" : field(of.mapToDriverValue(value));
    }
    text += "\n";
    if (text.length < TEXT_LENGTH) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

const ESCAPED = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);

/** What a column hands to the driver, as COPY reads it. */
function field(value: unknown): string {
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value instanceof Uint8Array) return `\\\\x${hex(value)}`;
  const text = String(value);
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPED.get(character) ?? character);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
