import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/sql/orm.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/lists/total.ts";

/** The limit of a count: one row more than is counted shows that there are more. */
export const COUNTED_LIMIT = MOST_COUNTED + 1;

/** Counts the rows of a statement that is limited to `COUNTED_LIMIT`. One statement. */
export async function countOf(reader: Reader, rows: SQL): Promise<Total> {
  const [row] = await reader
    .select({ found: sql<number>`count(*)::int` })
    .from(sql`(${rows}) found`);
  return totalOf(row?.found ?? 0);
}
