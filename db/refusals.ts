import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { Ms } from "#domain/event.ts";
import type { RefusalReason } from "#domain/recording.ts";
import type { WireSource } from "#domain/wire.ts";
import { notifyRefusals } from "./bus.ts";
import type { Orm } from "./client.ts";
import { refusals, sources } from "./schema/accounts.ts";

/** Webhooks of one source that were refused for one reason; `overAt` where one was taken after them. */
export interface Stretch {
  sourceId: string;
  reason: RefusalReason;
  count: number;
  firstAt: Ms;
  lastAt: Ms;
  overAt: Ms | null;
}

/** A stretch as it is kept, with its source. */
export type KeptStretch = Stretch & { source: WireSource };

const MOST_COUNTED = 2_000_000_000;

/**
 * Keeps what one process counted, and rings: first that sources were taken again at a moment, then what was
 * refused. Of a source that is gone nothing is kept.
 */
export async function keepRefusals(
  orm: Orm,
  { taken, stretches }: { taken: ReadonlyMap<string, Ms>; stretches: readonly Stretch[] },
): Promise<void> {
  await orm.transaction(async (tx) => {
    if (taken.size > 0) {
      const at = Math.max(...taken.values());
      // One that was refused later, by whichever process, is still refused.
      const isOver = and(
        inArray(refusals.sourceId, [...taken.keys()]),
        isNull(refusals.overAt),
        lte(refusals.lastAt, at),
      );
      await tx.update(refusals).set({ overAt: at }).where(isOver);
    }
    const ids = [...new Set(stretches.map(({ sourceId }) => sourceId))];
    const there = new Set(
      ids.length === 0
        ? []
        : (await tx.select({ id: sources.id }).from(sources).where(inArray(sources.id, ids))).map(
            ({ id }) => id,
          ),
    );
    const rows = stretches
      .filter(({ sourceId }) => there.has(sourceId))
      // Two processes lock them in the same order.
      .toSorted((a, b) => (a.sourceId + a.reason < b.sourceId + b.reason ? -1 : 1));
    if (rows.length > 0) {
      const goesOn = isNull(refusals.overAt);
      await tx
        .insert(refusals)
        .values(rows)
        .onConflictDoUpdate({
          target: [refusals.sourceId, refusals.reason],
          set: {
            count: sql`case when ${goesOn} then least(${refusals.count}::bigint + excluded.count, ${MOST_COUNTED})
              else excluded.count end`,
            firstAt: sql`case when ${goesOn} then least(${refusals.firstAt}, excluded.first_at)
              else excluded.first_at end`,
            lastAt: sql`greatest(${refusals.lastAt}, excluded.last_at)`,
            overAt: sql`excluded.over_at`,
          },
        });
    }
    await notifyRefusals(tx);
  });
}

const columns = {
  source: { id: sources.id, provider: sources.provider, name: sources.name },
  sourceId: refusals.sourceId,
  reason: sql<RefusalReason>`${refusals.reason}`,
  count: refusals.count,
  firstAt: refusals.firstAt,
  lastAt: refusals.lastAt,
  overAt: refusals.overAt,
};

/** What is refused now: at most one row for each source and reason. */
export async function openRefusals(orm: Orm): Promise<KeptStretch[]> {
  return orm
    .select(columns)
    .from(refusals)
    .innerJoin(sources, eq(sources.id, refusals.sourceId))
    .where(isNull(refusals.overAt))
    .orderBy(asc(refusals.firstAt), asc(refusals.sourceId));
}

/** Every source there is. */
export async function namedSources(orm: Orm): Promise<WireSource[]> {
  return orm.select(columns.source).from(sources);
}

/** What was refused, and taken again since a moment; the latest last. */
export async function endedRefusals(orm: Orm, since: Ms): Promise<KeptStretch[]> {
  return orm
    .select(columns)
    .from(refusals)
    .innerJoin(sources, eq(sources.id, refusals.sourceId))
    .where(and(isNotNull(refusals.overAt), sql`${refusals.overAt} >= ${since}`))
    .orderBy(asc(refusals.overAt));
}
