import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { meetings, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { hasOutcome } from "#db/waits/wait-outcome.ts";
import { eachLeftCount, LEFT_COUNTS } from "#domain/meetings/left-counts.ts";

const COUNTED = {
  waits: sql`count(*)`,
  people: sql`count(distinct ${waits.personId})`,
};

/**
 * Counts for each of the meetings how its waits were left, as `leftCountsOf` does. Which people returned is only known
 * from the written rows.
 */
export async function countLeft(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  if (meetingIds.length === 0) return;
  const given = unnested(
    "i",
    { id: meetings.id },
    meetingIds.map((id) => ({ id })),
  );
  const each = parts
    .select(
      eachLeftCount(({ name, of, isCounted }) =>
        sql<number>`${COUNTED[of]} filter (where ${hasOutcome(isCounted)})`.as(name),
      ),
    )
    .from(waits)
    .where(eq(waits.meetingId, given.of.id))
    .as("each_counted");
  const counted = parts
    .select({ id: sql`${given.of.id}`.as("counted_id"), ...each._.selectedFields })
    .from(given.from)
    .crossJoinLateral(each)
    .as("counted");
  const listed = (columns: SQL[]) => sql`(${sql.join(columns, sql`, `)})`;
  const before = listed(LEFT_COUNTS.map(({ name }) => sql`${meetings[name]}`));
  const now = listed(LEFT_COUNTS.map(({ name }) => sql`${counted[name]}`));
  await tx
    .update(meetings)
    .set(eachLeftCount(({ name }) => sql`${counted[name]}`))
    .from(counted)
    .where(
      and(
        eq(meetings.id, counted.id),
        isOneOf(meetings.id, meetingIds),
        sql`${before} is distinct from ${now}`,
      ),
    );
}
