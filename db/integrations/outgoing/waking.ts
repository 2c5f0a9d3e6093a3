import type { Sql } from "#db/connection/client.ts";
import { notify } from "#db/connection/notify.ts";
import type { Orm } from "#db/sql/orm.ts";

const CHANNEL = "rollcall_outgoing";

/** Has whoever sends look again, once the transaction commits: something was changed by hand. */
export async function wakeSender(orm: Pick<Orm, "select">): Promise<void> {
  await notify(orm, CHANNEL, ["changed"]);
}

/** Calls `woken` for each of these from now on; the function it answers ends that. */
export async function listenForWaking(
  client: Sql,
  woken: () => void,
): Promise<() => Promise<void>> {
  const { unlisten } = await client.listen(CHANNEL, woken, woken);
  return unlisten;
}
