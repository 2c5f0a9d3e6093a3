import { and, asc, eq, gt, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { isTheirs } from "#db/recording/theirs.ts";
import { deliveries, deliveryKeys, events } from "#db/schema/facts.ts";
import { importLines } from "#db/schema/operators.ts";
import { attendances } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";

/** The reason of a delivery whose body was erased because it named somebody. */
const ERASED_WITH_PERSON = "erased with a person whom it named";

/**
 * Erases the bodies of deliveries, and of the lines of files that they were. Their ids and keys stay, so that a repeat
 * is still a repeat, and what was read from them stays as it was recorded.
 */
export async function eraseBodies(
  tx: Transaction,
  ids: readonly number[],
  reason = ERASED_WITH_PERSON,
): Promise<void> {
  if (ids.length === 0) return;
  const { sourceId, deliveryId, key } = deliveryKeys;
  const given = unnested(
    "n",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
  await tx
    .update(deliveries)
    .set({
      ...{ body: Buffer.alloc(0), reason },
      status: sql`case when ${deliveries.status} = 'recorded' then 'recorded' else 'ignored' end`,
    })
    .from(given.from)
    .where(eq(deliveries.id, given.of.id));
  const own = await tx
    .select({ sourceId, key })
    .from(given.from)
    .innerJoin(deliveries, eq(deliveries.id, given.of.id))
    .innerJoin(deliveryKeys, and(eq(sourceId, deliveries.sourceId), eq(deliveryId, deliveries.id)));
  const lines = unnested("l", { sourceId: importLines.sourceId, key: importLines.key }, own);
  await tx
    .update(importLines)
    .set({ body: Buffer.alloc(0) })
    .from(lines.from)
    .where(and(eq(importLines.sourceId, lines.of.sourceId), eq(importLines.key, lines.of.key)));
}

/** Whether a body has one of these texts in it. */
function says(texts: readonly string[]): SQL {
  const needles = list(
    "bytea",
    texts.map((text) => Buffer.from(text)),
  );
  return sql`exists (select from unnest(${needles}) as needle where position(needle in ${deliveries.body}) > 0)`;
}

/** Deliveries that gave events of these meetings, whose bodies have one of these texts in them. */
export async function deliveriesSaying(
  tx: Pick<Transaction, "selectDistinct">,
  meetingIds: readonly string[],
  texts: readonly string[],
): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ id: deliveries.id })
    .from(events)
    .innerJoin(deliveries, eq(deliveries.id, events.deliveryId))
    .where(and(isOneOf(events.meetingId, meetingIds), isNotNull(events.deliveryId), says(texts)));
  return rows.map(({ id }) => id);
}

/** How many deliveries that are still stored reported what some people did. */
export async function deliveriesNaming(
  orm: Pick<Orm, "select">,
  identities: readonly string[],
): Promise<number> {
  const rows = await orm
    .select({ count: sql<number>`count(distinct ${deliveries.id})::int` })
    .from(attendances)
    .innerJoin(events, isTheirs())
    .innerJoin(deliveries, eq(deliveries.id, events.deliveryId))
    .where(isOneOf(attendances.identity, identities));
  return rows[0]?.count ?? 0;
}

/**
 * The next deliveries of a source after one that gave no events, and those among them whose bodies have one of these
 * texts in them. `last` is `null` at the end.
 */
export async function silentSaying(
  tx: Pick<Transaction, "select">,
  sourceId: string,
  texts: readonly string[],
  after: number,
  limit: number,
): Promise<{ ids: number[]; last: number | null }> {
  // Written out, so that the planner can use the partial index of deliveries that gave no event.
  const rows = await tx
    .select({ id: deliveries.id, isSaying: sql<boolean>`${says(texts)}` })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.sourceId, sourceId),
        sql`${deliveries.status} <> 'recorded'`,
        gt(deliveries.id, after),
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(limit);
  return {
    ids: rows.filter(({ isSaying }) => isSaying).map(({ id }) => id),
    last: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
  };
}

/**
 * How a text may be written in JSON: as it is, and with every letter beyond ASCII escaped. A text of one word counts
 * where it is all that is said: within a sentence it may be any word.
 */
export function spellingsOf(text: string): string[] {
  const whole = JSON.stringify(text);
  const plain = /\S\s+\S/.test(text) ? whole.slice(1, -1) : whole;
  const escaped = (of: string, upper: boolean) =>
    of.replace(/[\u0080-\uffff]/g, (letter) => {
      const hex = letter.charCodeAt(0).toString(16).padStart(4, "0");
      return `\\u${upper ? hex.toUpperCase() : hex}`;
    });
  return [...new Set([plain, escaped(plain, false), escaped(plain, true)])];
}
