import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";

/** The tables of all projections, and of the deliveries they are built from. */
const TABLES = [
  "deliveries",
  "delivery_keys",
  "events",
  "rooms",
  "meetings",
  "attendances",
  "waits",
  "people",
  "aliases",
] as const;

/** `stale_at` may be sooner than necessary, and bodies are never written again. */
const LEFT_OUT = ["stale_at", "body"];

/** How many rows a table has and the sum of their hashes, whatever their order; by the table's name. */
export type Digest = Record<string, string>;

/** Every table of ours; what is partitioned counts as one. */
export async function tablesOf({ orm }: Pick<Database, "orm">): Promise<string[]> {
  const rows = await orm.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`);
  return rows.map(({ name }) => name);
}

/** A digest of every row and column, in little memory however many there are. */
export async function digestOf(
  { orm }: Pick<Database, "orm">,
  tables: readonly string[] = TABLES,
): Promise<Digest> {
  const digest: Digest = {};
  for (const table of tables) {
    const columns = await orm.execute<{ name: string }>(sql`
      select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} order by column_name`);
    const included = columns.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name));
    const [row] = await orm.execute<{ count: string; sum: string }>(sql`
      select count(*)::text as count, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum
      from (
        select ${sql.join(
          included.map((name) => sql.identifier(name)),
          sql`, `,
        )} from ${sql.identifier(table)}
      ) t`);
    digest[table] = `${row?.count} rows, ${row?.sum}`;
  }
  return digest;
}
