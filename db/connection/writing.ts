import { sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { oneRow } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import { callFunction } from "./call.ts";

/** Number of filler rows, about a MiB of them. */
const ROWS = 16_384;

/**
 * Resolves when the database takes what is written, and rejects as the write would. It commits a meaningless
 * line to the write-ahead log; with `room` it also takes some disk space, and frees it.
 */
export async function tryWriting(orm: Orm, { room }: { room: boolean }): Promise<void> {
  await orm.transaction(async (tx) => {
    // Updates no row, and fails all the same where a transaction may only read.
    await tx.update(sources).set({ name: sources.name }).where(sql`false`);
    await callFunction(tx, sql`pg_logical_emit_message(true, 'rollcall', '')`);
    if (!room) return;
    await tx.execute(sql`
        create temporary table rollcall_room on commit drop as
        select md5(n::text) as line from generate_series(1, ${ROWS}::int) n`);
  });
}

/** Whether transactions on this database may only read. */
export async function isReadOnly(orm: Pick<Orm, "select">): Promise<boolean> {
  const [row] = await orm
    .select({ only: sql<string>`current_setting('transaction_read_only')` })
    .from(oneRow);
  return row?.only === "on";
}
