import { sql } from "drizzle-orm";
import { unnested } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Sends one notification for each payload on a channel, when the transaction commits. */
export async function notify(
  tx: Pick<Orm, "select">,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  const rows = payloads.map((payload) => ({ payload }));
  const { from, of } = unnested("n", { payload: "text" }, rows);
  await tx.select({ sent: sql`pg_notify(${channel}, ${of.payload})` }).from(from);
}
