import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
/** Any fixed number: two processes that start at once must not migrate at once. */
const MIGRATION_LOCK = 7_726_551;

/**
 * Brings the database at `url` to the current schema. Safe to run from several processes at once. After an
 * upgrade the tables are analysed: new ones have no statistics, and lists over a long past would get bad
 * plans until autovacuum came by.
 */
export async function migrate(url: string, migrationsFolder = MIGRATIONS): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const before = await countApplied(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder });
    // At the very first start the tables are empty.
    if (before > 0 && (await countApplied(sql)) > before) await sql`analyze`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** How many migrations were applied; 0 in a database without the table of migrations. */
async function countApplied(sql: postgres.Sql): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`;
  if (table?.["yes"] !== true) return 0;
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from drizzle.__drizzle_migrations`;
  return row?.count ?? 0;
}
