import { sql } from "drizzle-orm";
import { list } from "./array.ts";
import type { Orm } from "./client.ts";

/** Rings once for each payload on a channel, when the transaction commits. */
export async function notify(
  tx: Pick<Orm, "execute">,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  await tx.execute(
    sql`select pg_notify(${channel}, p) from unnest(${list("text", payloads)}) as p`,
  );
}
