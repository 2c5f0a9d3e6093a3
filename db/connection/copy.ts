import { getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { columnsIn, nameOf } from "#db/sql/table-columns.ts";
import type { Transaction } from "./session.ts";

/** Length, in characters, of the chunks that rows are sent in: small ones stall, large ones take memory. */
const TEXT_LENGTH = 256 * 1024;

/** Writes rows by COPY; all rows name the same columns. For how COPY fails see `Transaction.copy`. */
export async function copyInto<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsIn(table, rows);
  const names = columns.map(([, of]) => `"${nameOf(of)}"`).join(", ");
  await tx.copy(`${getTableName(table)} (${names})`, chunks(columns, rows));
}

function* chunks(
  columns: readonly [string, PgColumn][],
  rows: readonly Readonly<Record<string, unknown>>[],
): Generator<string> {
  let chunk = "";
  for (const row of rows) {
    for (const [index, [name, of]] of columns.entries()) {
      const value = row[name] ?? null;
      chunk += index === 0 ? "" : "\t";
      chunk += value === null ? "\\N" : field(of.mapToDriverValue(value));
    }
    chunk += "\n";
    if (chunk.length < TEXT_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

const ESCAPED = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);

/** A value as the column hands it to the driver, in the text form of COPY. */
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
