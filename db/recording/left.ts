import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { meetings, waits } from "#db/schema/projected.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { leftBeforeAdmitted, reallyLost } from "#db/waits/wait-outcome.ts";

/** What `countLeft` writes, and an erasure leaves as it was. */
export const LEFT_COUNTS = ["lostCount", "peopleLeftCount", "leftCount"] as const;

/**
 * Counts for each of the meetings the waits that were left before admitted, the people of these, and the
 * people who were lost: as `countWaits` and `peopleLeftOf` do. Which people returned is only known from the
 * written rows.
 */
export async function countLeft(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  if (meetingIds.length === 0) return;
  const given = unnested(
    "i",
    { id: meetings.id },
    meetingIds.map((id) => ({ id })),
  );
  const people = (of: SQL) => sql<number>`count(distinct ${waits.personId}) filter (where ${of})`;
  const each = parts
    .select({
      waits: sql<number>`count(*) filter (where ${leftBeforeAdmitted()})`.as("waits_left"),
      people: people(leftBeforeAdmitted()).as("people_left"),
      lost: people(reallyLost()).as("people_lost"),
    })
    .from(waits)
    .where(eq(waits.meetingId, given.of.id))
    .as("each_counted");
  const counted = parts
    .select({ id: sql`${given.of.id}`.as("counted_id"), ...each._.selectedFields })
    .from(given.from)
    .crossJoinLateral(each)
    .as("counted");
  const { lostCount, peopleLeftCount, leftCount } = meetings;
  await tx
    .update(meetings)
    .set({
      lostCount: sql`${counted.waits}`,
      peopleLeftCount: sql`${counted.people}`,
      leftCount: sql`${counted.lost}`,
    })
    .from(counted)
    .where(
      and(
        eq(meetings.id, counted.id),
        isOneOf(meetings.id, meetingIds),
        sql`(${lostCount}, ${peopleLeftCount}, ${leftCount})
          is distinct from (${counted.waits}, ${counted.people}, ${counted.lost})`,
      ),
    );
}
