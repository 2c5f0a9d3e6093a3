import type { Sql } from "#db/connection/client.ts";
import { notify } from "#db/connection/notify.ts";
import { installation } from "#db/schema/accounts.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { CodeDemand } from "#domain/access/code-demand.ts";

const CHANNEL = "rollcall_installation";

/** The time zone set for the installation; `null` where none is. */
export async function installedZone(orm: Pick<Orm, "select">): Promise<string | null> {
  const [row] = await orm.select({ timeZone: installation.timeZone }).from(installation);
  return row?.timeZone ?? null;
}

/** Sets the time zone, or with `null` removes it, and notifies every process. */
export async function installZone(orm: Orm, timeZone: string | null): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx
      .insert(installation)
      .values({ timeZone })
      .onConflictDoUpdate({ target: installation.only, set: { timeZone } });
    await notify(tx, CHANNEL, [""]);
  });
}

/** So many days the audit log is kept; `null` for good. */
export async function keptDays(reader: Pick<Orm, "select">): Promise<number | null> {
  const [row] = await reader.select({ days: installation.auditDays }).from(installation);
  return row?.days ?? null;
}

/** Sets for how many days the audit log is kept, or with `null` for good. */
export async function keepDays(orm: Pick<Orm, "insert">, auditDays: number | null): Promise<void> {
  await orm
    .insert(installation)
    .values({ auditDays })
    .onConflictDoUpdate({ target: installation.only, set: { auditDays } });
}

/** Of whom a code besides the password is demanded. */
export async function demandedCode(reader: Pick<Orm, "select">): Promise<CodeDemand> {
  const [row] = await reader.select({ of: installation.codeOf }).from(installation);
  return row?.of ?? "nobody";
}

/** Sets of whom a code is demanded, from their next sign-in on. */
export async function demandCode(orm: Pick<Orm, "insert">, codeOf: CodeDemand): Promise<void> {
  await orm
    .insert(installation)
    .values({ codeOf })
    .onConflictDoUpdate({ target: installation.only, set: { codeOf } });
}

/**
 * Calls `changed` at every change from now on, and after changes that may have been missed. The function it
 * answers stops it.
 */
export async function listenInstallation(
  client: Sql,
  changed: () => void,
): Promise<() => Promise<void>> {
  const { unlisten } = await client.listen(CHANNEL, changed, changed);
  return unlisten;
}
