import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { postgresFailure } from "./failure.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
/** Any fixed number: two processes that start at once must not migrate at once. */
const MIGRATION_LOCK = 7_726_551;
const NO_SUCH_TABLE = "42P01";

/** A migration, as the journal has it; `when` is what the database remembers it by, and rises with each. */
export interface Migration {
  tag: string;
  when: number;
}

interface Options {
  migrationsFolder?: string;
  /** The `when` of the last one to apply, as an older version would; without it all of them. */
  upTo?: number;
}

/** Every migration there is, the earliest first. */
export function migrations(migrationsFolder: string = MIGRATIONS): Migration[] {
  const text = readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8");
  const { entries }: { entries: Migration[] } = JSON.parse(text);
  return entries.toSorted((a, b) => a.when - b.when);
}

/** Whether a database has every migration there is. One statement. */
export async function isCurrent(sql: postgres.Sql<{ bigint: number }>): Promise<boolean> {
  return ((await lastApplied(sql)) ?? 0) >= (migrations().at(-1)?.when ?? 0);
}

/**
 * Brings the database at `url` to the current schema. Safe to run from several processes at once. Where it is there
 * already, one statement says so. After an upgrade the tables are analysed: new ones have no statistics, and lists
 * over a long past would get bad plans until autovacuum came by. It may not come by a table that a migration wrote anew,
 * of which PostgreSQL then looks every row up that an index has: such tables are vacuumed.
 */
export async function migrate(url: string, options: Options = {}): Promise<void> {
  const { migrationsFolder = MIGRATIONS, upTo = Number.POSITIVE_INFINITY } = options;
  const last = migrations(migrationsFolder).findLast(({ when }) => when <= upTo)?.when ?? 0;
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    if (((await lastApplied(sql)) ?? 0) >= last) return;
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const before = await lastApplied(sql);
    if ((before ?? 0) >= last) return;
    const files = await filesOfTables(sql);
    await apply(sql, migrationsFolder, last);
    // At the very first start the tables are empty.
    if (before === null) return;
    for (const [table, file] of await filesOfTables(sql)) {
      if (files.has(table) && files.get(table) !== file) await sql`vacuum ${sql(table)}`;
    }
    await sql`analyze`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The file that each table stands in: another one where all its rows were written anew. */
async function filesOfTables(sql: postgres.Sql): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; file: string }[]>`
    select relname as name, relfilenode::bigint as file from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  return new Map(rows.map(({ name, file }) => [name, Number(file)]));
}

/** The `when` of the last migration that was applied; `null` in a database without any. */
export async function lastApplied(
  sql: postgres.Sql | postgres.Sql<{ bigint: number }>,
): Promise<number | null> {
  try {
    const [row] = await sql<{ when: string | number }[]>`
      select created_at as when from drizzle.__drizzle_migrations order by created_at desc limit 1`;
    return row === undefined ? null : Number(row.when);
  } catch (error) {
    if (postgresFailure(error)?.code === NO_SUCH_TABLE) return null;
    throw error;
  }
}

/** Applies what is missing up to one, in one transaction. What does it is read only where something is missing. */
async function apply(sql: postgres.Sql, migrationsFolder: string, last: number): Promise<void> {
  const [{ readMigrationFiles }, { PgDialect }, { PostgresJsSession }] = await Promise.all([
    import("drizzle-orm/migrator"),
    import("drizzle-orm/pg-core"),
    import("drizzle-orm/postgres-js"),
  ]);
  const missing = readMigrationFiles({ migrationsFolder }).filter(
    ({ folderMillis }) => folderMillis <= last,
  );
  const dialect = new PgDialect();
  await dialect.migrate(missing, new PostgresJsSession(sql, dialect, undefined), migrationsFolder);
}
