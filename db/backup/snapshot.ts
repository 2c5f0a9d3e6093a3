import type { TransactionSql } from "postgres";
import type { Database } from "#db/connection/client.ts";
import { storedMonths } from "#db/recording/months.ts";
import type { Month } from "#domain/event/delivery.ts";
import { quoted, type TableInBackup, tablesInOrder } from "./tables.ts";

/** Everything in the database at one moment, however long it takes to read. */
export interface Snapshot {
  /** The `when` of the last migration: the schema that the rows are of. */
  schema: number;
  /** The version of PostgreSQL, as it says it. */
  postgres: string;
  /** The months that deliveries have a partition for. */
  months: Month[];
  /** What each sequence last gave out. */
  sequences: { name: string; last: number }[];
  tables: TableInBackup[];
  /** About how many rows there are; 0 where the database has no idea. */
  estimatedRows: number;
  /** The rows of a table in the text form of COPY, in chunks of any length. */
  rowsOf(table: TableInBackup): AsyncIterable<Uint8Array>;
}

/**
 * Does the work over one snapshot of the database, which others go on writing to. When the work fails in the middle of
 * a table, the connection is ended: the rest of its rows could not be taken back otherwise.
 */
export async function inSnapshot<T>(
  database: Pick<Database, "session" | "orm">,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const session = database.session();
  let isWhole = false;
  const done = Promise.withResolvers<T>();
  const ended = session
    .begin("isolation level repeatable read read only", async (tx) => {
      try {
        const result = await work(await snapshotOf(tx, database));
        isWhole = true;
        done.resolve(result);
      } catch (error) {
        done.reject(error);
        await session.end({ timeout: 0 });
      }
    })
    .catch((error: unknown) => done.reject(error));
  try {
    return await done.promise;
  } finally {
    if (isWhole) await ended;
    await session.end({ timeout: 5 });
  }
}

async function snapshotOf(
  tx: TransactionSql<{ bigint: number }>,
  { orm }: Pick<Database, "orm">,
): Promise<Snapshot> {
  const tables = tablesInOrder();
  // So that no migration changes a table, and no month is dropped, between the snapshot and the reading of its rows.
  await tx.unsafe(
    `lock table ${tables.map(({ name }) => quoted(name)).join(", ")} in access share mode`,
  );
  // This takes the snapshot. Sequences are read after it: whatever it sees has a number that was given out before.
  const [at] = await tx<{ schema: number; postgres: string; rows: number }[]>`
    select (select max(created_at) from drizzle.__drizzle_migrations) as schema,
      current_setting('server_version') as postgres,
      (select sum(greatest(reltuples, 0))::int8 from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace) as rows`;
  const sequences = await tx<{ name: string; last: number }[]>`
    select sequencename as name, last_value as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by 1`;
  return {
    schema: at?.schema ?? 0,
    postgres: at?.postgres ?? "",
    months: (await storedMonths(orm)).map(({ month }) => month),
    sequences: [...sequences],
    tables,
    estimatedRows: at?.rows ?? 0,
    async *rowsOf({ name, columns }) {
      const of = `select ${columns.map(quoted).join(", ")} from ${quoted(name)}`;
      // A partitioned table can be copied only by a statement that reads it.
      const rows = await tx.unsafe(`copy (${of}) to stdout`).readable();
      yield* rows;
      // The driver pauses a connection that is ahead, and goes on with it when it is asked for more: after the last row
      // nobody asks.
      rows._read(0);
    },
  };
}
