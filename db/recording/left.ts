import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { list } from "#db/array.ts";
import { waits } from "#db/schema/told.ts";
import type { Transaction } from "#db/session.ts";
import { leftBeforeAdmitted, reallyLost } from "#db/wait-outcome.ts";

const w = alias(waits, "w");

/**
 * Counts for each of the meetings the waits that were left before admitted, the people of these, and the
 * people who were lost: as `countWaits` and `peopleLeftOf` do.
 */
export async function countLeft(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  if (meetingIds.length === 0) return;
  const ids = list("uuid", meetingIds);
  await tx.execute(sql`
    update meetings m set lost_count = n.waits, people_left_count = n.people, left_count = n.lost
    from (
      select i.id, c.*
      from unnest(${ids}) as i (id) cross join lateral (
        select count(*) filter (where ${leftBeforeAdmitted(w)}) as waits,
          count(distinct w.person_id) filter (where ${leftBeforeAdmitted(w)}) as people,
          count(distinct w.person_id) filter (where ${reallyLost(w)}) as lost
        from waits w where w.meeting_id = i.id
      ) c
    ) n
    where m.id = n.id
      and (m.lost_count, m.people_left_count, m.left_count) is distinct from (n.waits, n.people, n.lost)`);
}
