import type { TransactionSql } from "postgres";
import type { Sql } from "#db/connection/client.ts";
import { quoted, tablesInOrder } from "./tables.ts";

/** What a first start leaves: nobody misses it. */
const OF_A_FIRST_START = new Set(["access_links", "attempt_counts"]);

/** Why nothing can be restored into a database; `null` where it is as good as new. */
export async function notEmpty(
  sql: Sql | TransactionSql<{ bigint: number }>,
): Promise<string | null> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
      and not relispartition
    order by 1`;
  const ours = new Set(tablesInOrder().map(({ name }) => name));
  for (const { name } of tables) {
    if (!ours.has(name)) return `has a table ${name}, which is not Rollcall's`;
    if (OF_A_FIRST_START.has(name)) continue;
    const [row] = await sql.unsafe<{ any: boolean }[]>(
      `select exists (select from ${quoted(name)}) as any`,
    );
    if (row?.any) return `has rows in ${name}`;
  }
  return null;
}

/** How many other Rollcall processes are connected to the database. */
export async function othersConnected(sql: Sql): Promise<number> {
  const [row] = await sql<{ others: number }[]>`
    select count(distinct (client_addr, client_port))::int as others from pg_stat_activity
    where datname = current_database() and application_name = 'rollcall'
      and pid <> pg_backend_pid()`;
  return row?.others ?? 0;
}
