import { and, asc, eq, isNotNull, isNull, or } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Expired, Retained, Retention } from "#domain/privacy/retention/retention.ts";

/** A source that does not keep everything for ever. */
export interface LimitedSource extends Retention {
  id: string;
  name: string;
  retained: Retained | null;
}

/** The sources that do not keep everything for ever, without those that are being deleted. */
export async function limitedSources(orm: Pick<Orm, "select">): Promise<LimitedSource[]> {
  const { id, name, keepDeliveriesMonths, keepPeopleDays, retained } = sources;
  return orm
    .select({ id, name, keepDeliveriesMonths, keepPeopleDays, retained })
    .from(sources)
    .where(
      and(
        or(isNotNull(keepDeliveriesMonths), isNotNull(keepPeopleDays)),
        isNull(sources.deletingSince),
      ),
    )
    .orderBy(asc(sources.createdAt), asc(id));
}

/** Notes what was done so far with what is old of a source. */
export async function noteRetained(
  orm: Pick<Orm, "update">,
  id: string,
  retained: Retained,
): Promise<void> {
  await orm.update(sources).set({ retained }).where(eq(sources.id, id));
}

/** Adds to what was done, in the transaction that did it: after a crash nothing is counted twice, or missing. */
export async function addRetained(
  tx: Pick<Orm, "select" | "update">,
  id: string,
  more: Partial<Expired>,
): Promise<void> {
  const [row] = await tx
    .select({ retained: sources.retained })
    .from(sources)
    .where(eq(sources.id, id))
    .for("update");
  if (row === undefined || row.retained === null) return;
  const { retained } = row;
  await noteRetained(tx, id, {
    ...retained,
    deliveries: retained.deliveries + (more.deliveries ?? 0),
    meetings: retained.meetings + (more.meetings ?? 0),
    people: retained.people + (more.people ?? 0),
  });
}
