import type { SQL } from "drizzle-orm";
import { oneRow } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Calls a function of the database for its effect; its answer is dropped. */
export async function callFunction(tx: Pick<Orm, "select">, called: SQL): Promise<void> {
  await tx.select({ called }).from(oneRow);
}
