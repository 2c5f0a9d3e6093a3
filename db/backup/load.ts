import { sql } from "drizzle-orm";
import { callFunction } from "#db/connection/call.ts";
import type { Database } from "#db/connection/client.ts";
import { makeMonth, storedMonths } from "#db/recording/months.ts";
import { OF_A_FIRST_START } from "./place.ts";
import type { Snapshot } from "./snapshot.ts";
import { quoted, type TableInBackup, withColumns } from "./tables.ts";

/** What a snapshot says of itself, before its rows. */
export type SnapshotHead = Pick<Snapshot, "months" | "sequences">;

/** The rows of one table, as `Snapshot.rowsOf` gave them. */
export interface TableRows {
  table: TableInBackup;
  rows: AsyncIterable<Uint8Array>;
}

/**
 * Puts a snapshot into an empty database of its schema, in one transaction: all of it, or nothing. `before` runs when
 * all rows are in, before that is committed. The tables have to come in the order of the snapshot.
 */
export async function loadSnapshot(
  { transaction }: Pick<Database, "transaction">,
  { months, sequences }: SnapshotHead,
  tables: AsyncIterable<TableRows>,
  before: () => Promise<void>,
): Promise<void> {
  await transaction(async (tx) => {
    for (const table of OF_A_FIRST_START) await tx.delete(table);
    const there = new Set((await storedMonths(tx)).map(({ month }) => month));
    for (const month of months) if (!there.has(month)) await makeMonth(tx, month);
    for await (const { table, rows } of tables) await tx.copy(withColumns(table), rows);
    for (const { name, last } of sequences) {
      await callFunction(tx, sql`setval(${quoted(name)}::regclass, ${last}::bigint)`);
    }
    await before();
  });
}
