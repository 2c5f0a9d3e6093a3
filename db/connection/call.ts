import type { SQL } from "drizzle-orm";
import { oneRow } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Has the database call a function of its own, for what it does and not for what it answers. */
export async function callFunction(tx: Pick<Orm, "select">, called: SQL): Promise<void> {
  await tx.select({ called }).from(oneRow);
}
