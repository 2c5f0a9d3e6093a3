import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";

/**
 * Where one of these texts stands in the database, as the names of tables: every column of every table that the
 * catalogue lists is searched, bytes as bytes and all others as they are written.
 */
export async function tablesWith(
  { orm }: Pick<Database, "orm">,
  texts: readonly string[],
): Promise<string[]> {
  const columns = await orm.execute<{ name: string; columns: string[]; bytes: string[] }>(sql`
    select c.relname as name,
      array_agg(a.attname::text) filter (where a.atttypid <> 'bytea'::regtype) as columns,
      coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'bytea'::regtype), '{}') as bytes
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by 1 order by 1`);
  const named = columns.map((table) => {
    const from = sql.identifier(table.name);
    const plain = table.columns.map((one) => sql`coalesce(${sql.identifier(one)}::text, '')`);
    const written = sql.join(plain, sql` || ' ' || `);
    const found = texts.flatMap((text) => [
      sql`position(${text} in ${written}) > 0`,
      ...table.bytes.map(
        (one) => sql`position(convert_to(${text}, 'UTF8') in ${sql.identifier(one)}) > 0`,
      ),
    ]);
    return sql`select ${table.name}::text as name where exists (
      select from ${from} where ${sql.join(found, sql` or `)})`;
  });
  if (texts.length === 0) return [];
  const rows = await orm.execute<{ name: string }>(sql.join(named, sql` union all `));
  return rows.map(({ name }) => name);
}
