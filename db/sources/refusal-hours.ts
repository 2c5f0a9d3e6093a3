import { and, asc, desc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { refusalHours, refusals, sourceSecrets, sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { excluded } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { latestOfSource } from "./reading-sources.ts";
import { SOURCE } from "./source-json.ts";

/** How many webhooks were refused in an hour; `sourceId` is `null` for addresses of no source. */
export type RefusalHour = typeof refusalHours.$inferSelect;

const MOST_COUNTED = 2_000_000_000;

/** Adds what was counted to what is stored. One statement, none for nothing. */
export async function addHours(
  orm: Pick<Orm, "insert">,
  hours: readonly RefusalHour[],
): Promise<void> {
  if (hours.length === 0) return;
  const { count, lastAt, lastAddress } = refusalHours;
  // All processes lock the rows in the same order.
  const inOrder = hours.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await orm
    .insert(refusalHours)
    .values(inOrder)
    .onConflictDoUpdate({
      target: [refusalHours.hour, refusalHours.sourceId, refusalHours.reason],
      set: {
        count: sql`least(${count}::bigint + ${excluded(count)}, ${MOST_COUNTED})`,
        lastAt: sql`greatest(${lastAt}, ${excluded(lastAt)})`,
        lastAddress: sql`case when ${excluded(lastAt)} >= ${lastAt} then ${excluded(lastAddress)}
          else ${lastAddress} end`,
      },
    });
}

function keyOf({ hour, sourceId, reason }: RefusalHour): string {
  return `${hour} ${sourceId} ${reason}`;
}

/** What was refused since a moment, hour by hour, earliest first, with its source. One statement. */
export function hoursSince(reader: Reader, since: Ms) {
  return reader
    .select({
      ...{ sourceId: refusalHours.sourceId, reason: refusalHours.reason },
      ...{ hour: refusalHours.hour, count: refusalHours.count },
      ...{ lastAt: refusalHours.lastAt, lastAddress: refusalHours.lastAddress },
    })
    .from(refusalHours)
    .where(gte(refusalHours.hour, since))
    .orderBy(asc(refusalHours.hour));
}

/** What a hint about the refusals of each source follows from. Two statements. */
export async function refusalFacts(reader: Reader) {
  const newestSecret = parts
    .select({ at: sourceSecrets.createdAt })
    .from(sourceSecrets)
    .where(and(eq(sourceSecrets.sourceId, sources.id), isNull(sourceSecrets.retiredAt)))
    .orderBy(desc(sourceSecrets.createdAt))
    .limit(1);
  const received = parts
    .select({ at: deliveries.receivedAt })
    .from(deliveries)
    .where(eq(deliveries.id, latestOfSource.id));
  const msOf = (moment: unknown) =>
    sql<Ms | null>`(extract(epoch from (${moment})) * 1000)::bigint`;
  const [known, open] = await Promise.all([
    reader
      .select({
        ...SOURCE,
        pausedAt: sources.pausedAt,
        secretAt: msOf(newestSecret),
        takenAt: msOf(received),
      })
      .from(sources)
      .crossJoinLateral(latestOfSource),
    reader
      .select({
        ...{ sourceId: refusals.sourceId, reason: refusals.reason },
        ...{ firstAt: refusals.firstAt, overAt: refusals.overAt },
      })
      .from(refusals),
  ]);
  return { sources: known, stretches: open };
}

/** Deletes what was counted before a moment. */
export async function trimHours(orm: Pick<Orm, "delete">, before: Ms): Promise<void> {
  await orm.delete(refusalHours).where(lt(refusalHours.hour, before));
}
