import type { Sql } from "#db/connection/client.ts";
import { notify } from "#db/connection/notify.ts";
import { installation } from "#db/schema/accounts.ts";
import type { Orm } from "#db/sql/orm.ts";

const CHANNEL = "rollcall_installation";

/** The zone that was set for the installation; `null` where none was. */
export async function installedZone(orm: Pick<Orm, "select">): Promise<string | null> {
  const [row] = await orm.select({ timeZone: installation.timeZone }).from(installation);
  return row?.timeZone ?? null;
}

/** Sets it, or takes it back, and tells every process that it did. */
export async function installZone(orm: Orm, timeZone: string | null): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx
      .insert(installation)
      .values({ timeZone })
      .onConflictDoUpdate({ target: installation.only, set: { timeZone } });
    await notify(tx, CHANNEL, [""]);
  });
}

/** Hears of every change from now on, and of those that may have been missed. The answer stops it. */
export async function hearInstallation(
  client: Sql,
  heard: () => void,
): Promise<() => Promise<void>> {
  const { unlisten } = await client.listen(CHANNEL, heard, heard);
  return unlisten;
}
