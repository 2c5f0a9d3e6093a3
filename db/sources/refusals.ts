import { and, asc, eq, gte, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { notifyRefusals } from "#db/connection/bus.ts";
import { refusals, sources } from "#db/schema/accounts.ts";
import { excluded, isOneOf, upsert } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addHours, type RefusalHour } from "./refusal-hours.ts";

/** Webhooks of one source that were refused for one reason; `overAt` is when the next one was accepted. */
export type RefusalRow = typeof refusals.$inferSelect;

/** A stored refusal with its source. */
export type NamedRefusal = RefusalRow & { source: WireSource };

const MOST_COUNTED = 2_000_000_000;

/**
 * Stores what one process counted: first that sources accepted webhooks again at a moment, then what was refused.
 * Notifies the bus, where that is of sources. Refusals of a source that no longer exists are dropped.
 */
export async function storeRefusals(
  orm: Orm,
  {
    taken,
    stretches: counted,
    hours,
  }: {
    taken: ReadonlyMap<string, Ms>;
    stretches: readonly RefusalRow[];
    hours: readonly RefusalHour[];
  },
): Promise<void> {
  await orm.transaction(async (tx) => {
    if (taken.size > 0) {
      const at = Math.max(...taken.values());
      // A webhook refused later, by any process, is still refused.
      const isOver = and(
        isOneOf(refusals.sourceId, [...taken.keys()]),
        isNull(refusals.overAt),
        lte(refusals.lastAt, at),
      );
      await tx.update(refusals).set({ overAt: at }).where(isOver);
    }
    const ids = [...new Set([...counted, ...hours].flatMap(({ sourceId }) => sourceId ?? []))];
    const existing =
      ids.length === 0
        ? []
        : await tx.select({ id: sources.id }).from(sources).where(isOneOf(sources.id, ids));
    const existingIds = new Set(existing.map(({ id }) => id));
    const rows = counted
      .filter(({ sourceId }) => existingIds.has(sourceId))
      // All processes lock the rows in the same order.
      .toSorted((a, b) => (a.sourceId + a.reason < b.sourceId + b.reason ? -1 : 1));
    const goesOn = isNull(refusals.overAt);
    const [count, firstAt] = [excluded(refusals.count), excluded(refusals.firstAt)];
    await upsert(tx, refusals, rows, {
      count: sql`case when ${goesOn} then least(${refusals.count}::bigint + ${count}, ${MOST_COUNTED})
        else ${count} end`,
      firstAt: sql`case when ${goesOn} then least(${refusals.firstAt}, ${firstAt}) else ${firstAt} end`,
      lastAt: sql`greatest(${refusals.lastAt}, ${excluded(refusals.lastAt)})`,
    });
    await addHours(
      tx,
      hours.filter(({ sourceId }) => sourceId === null || existingIds.has(sourceId)),
    );
    // What strangers send changes nothing that is read again: they cannot make every process read.
    if (taken.size + counted.length > 0) await notifyRefusals(tx);
  });
}

const columns = {
  source: { id: sources.id, provider: sources.provider, name: sources.name },
  sourceId: refusals.sourceId,
  reason: refusals.reason,
  count: refusals.count,
  firstAt: refusals.firstAt,
  lastAt: refusals.lastAt,
  overAt: refusals.overAt,
};

/** What is refused now: at most one row for each source and reason. */
export async function openRefusals(orm: Orm): Promise<NamedRefusal[]> {
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

/** Refusals that ended since a moment because a webhook was accepted again; the latest last. */
export async function endedRefusals(orm: Orm, since: Ms): Promise<NamedRefusal[]> {
  return orm
    .select(columns)
    .from(refusals)
    .innerJoin(sources, eq(sources.id, refusals.sourceId))
    .where(and(isNotNull(refusals.overAt), gte(refusals.overAt, since)))
    .orderBy(asc(refusals.overAt));
}
