import { getTableName } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import type { Sql } from "#db/connection/client.ts";
import { accessLinks, attemptCounts } from "#db/schema/members.ts";
import { quoted, tablesInOrder } from "./tables.ts";

/** The tables in which a first start leaves rows: nobody misses them. */
export const OF_A_FIRST_START = [accessLinks, attemptCounts] as const;

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
  const missedByNobody = new Set<string>(OF_A_FIRST_START.map(getTableName));
  for (const { name } of tables) {
    if (!ours.has(name)) return `has a table ${name}, which is not Rollcall's`;
    if (missedByNobody.has(name)) continue;
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
