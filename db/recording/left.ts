import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";

/**
 * Counts for each of the meetings the people who left before they were admitted: those with a wait that
 * ended so, not shortly after it began, and with none after which they came back. As `lostOf` does.
 */
export async function countLeft(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  const ids = list("uuid", meetingIds);
  await tx.execute(sql`
    update meetings m set left_count = n.left_count
    from (
      select i.id, (
        select count(*) from (
          select from waits w where w.meeting_id = i.id
          group by w.person_id
          having bool_or(w.outcome = 'left') and not bool_or(w.returned or w.outcome = 'came_back')
        ) p
      ) as left_count
      from unnest(${ids}) as i (id)
    ) n
    where m.id = n.id and m.left_count <> n.left_count`);
}
