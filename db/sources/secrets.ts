import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { sourceSecrets, sources } from "#db/schema/accounts.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Adds a live secret to a source; it becomes the newest whatever the clock says. `sealed` is encrypted. */
export async function addSecret(orm: Orm, sourceId: string, sealed: Buffer): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.select({ id: sources.id }).from(sources).where(eq(sources.id, sourceId)).for("update");
    const [latest] = await tx
      .select({ at: sourceSecrets.createdAt })
      .from(sourceSecrets)
      .where(eq(sourceSecrets.sourceId, sourceId))
      .orderBy(desc(sourceSecrets.createdAt))
      .limit(1);
    const after = latest === undefined ? 0 : latest.at.getTime() + 1;
    await tx.insert(sourceSecrets).values({
      id: uuid(),
      sourceId,
      sealed,
      createdAt: sql`greatest(now(), ${new Date(after).toISOString()}::timestamptz)`,
    });
  });
}

/**
 * Retires secrets: from that moment on no signature with them is accepted, `"now"` is at once, and `null` is not until
 * somebody says when. One that is retired already stays so.
 */
export async function retireSecrets(
  orm: Orm,
  ids: readonly string[],
  at: Ms | "now" | null = "now",
): Promise<void> {
  const isLive = or(isNull(sourceSecrets.retiredAt), sql`${sourceSecrets.retiredAt} > now()`);
  const moment = typeof at === "number" ? new Date(at) : at;
  await orm
    .update(sourceSecrets)
    .set({ retiredAt: moment === "now" ? sql`now()` : moment })
    .where(and(isOneOf(sourceSecrets.id, ids), isLive));
}

/** Notes that a secret was used, unless a later use is stored. */
export async function noteSecretUsed(orm: Orm, id: string, at: Ms): Promise<void> {
  const moment = new Date(at);
  await orm
    .update(sourceSecrets)
    .set({ lastUsedAt: moment })
    .where(
      and(
        eq(sourceSecrets.id, id),
        or(isNull(sourceSecrets.lastUsedAt), lt(sourceSecrets.lastUsedAt, moment)),
      ),
    );
}
