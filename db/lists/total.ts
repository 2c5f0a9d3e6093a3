import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/sql/orm.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/lists/total.ts";

/** To be looked for: one more than is counted says that there are more. */
export const COUNTED_LIMIT = MOST_COUNTED + 1;

/** How many rows a statement finds that looks for no more than `COUNTED_LIMIT`. One statement. */
export async function countOf(reader: Reader, rows: SQL): Promise<Total> {
  const [row] = await reader
    .select({ found: sql<number>`count(*)::int` })
    .from(sql`(${rows}) found`);
  return totalOf(row?.found ?? 0);
}
