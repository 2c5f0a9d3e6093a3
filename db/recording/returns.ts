import { sql } from "drizzle-orm";
import { column } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";
import type { Ms } from "#domain/event.ts";

/** Where and when somebody may have given up waiting, or come in after that. */
export interface Around {
  roomId: number;
  from: Ms;
  to: Ms;
}

/**
 * Says of every wait around that ended without admission whether its person came in to a later meeting of
 * the room on the same day of the zone: the same connection, user id, or for a guest the same name.
 * Answers the meetings of which something else is said than before. One statement.
 */
export async function keepReturns(
  tx: Transaction,
  around: readonly Around[],
  timeZone: string,
): Promise<{ id: string; seq: number }[]> {
  return tx.execute<{ id: string; seq: number }>(sql`
    with lost as (
      select w.meeting_id, w.participant_id, w.started_at, w.ended_at, w.returned, m.room_id,
        a.user_id, case when a.user_id is null then a.name_key end as name_key,
        (to_timestamp(w.ended_at / 1000.0) at time zone ${timeZone})::date as day
      from unnest(
        ${column("bigint", around, ({ roomId }) => roomId)},
        ${column("bigint", around, ({ from }) => from - LONGEST_DAY_MS)},
        ${column("bigint", around, ({ to }) => to)}
      ) as n (room_id, "from", "to")
      join meetings m on m.room_id = n.room_id and m.merged_into is null
        and m.first_at between n."from" - ${LONGEST_MEETING_MS}::bigint and n."to"
      join waits w on w.meeting_id = m.id and w.outcome in ('left', 'short')
        and w.ended_at between n."from" and n."to"
      join attendances a on a.meeting_id = w.meeting_id and a.person_id = w.person_id
    ), told as (
      select l.*, exists (
        select from meetings later
        join attendances a on a.meeting_id = later.id and not a.is_note_taker
        where later.room_id = l.room_id and later.merged_into is null
          and later.first_at between l.ended_at and l.ended_at + ${LONGEST_DAY_MS}::bigint
          and a.first_joined_at > l.ended_at
          and (to_timestamp(a.first_joined_at / 1000.0) at time zone ${timeZone})::date = l.day
          and (a.user_id = l.user_id or a.name_key = l.name_key
            or l.participant_id = any(a.participant_ids))
      ) as came_in
      from lost l
    ), changed as (
      update waits w set returned = t.came_in
      from told t
      where w.meeting_id = t.meeting_id and w.participant_id = t.participant_id
        and w.started_at = t.started_at and w.returned <> t.came_in
      returning w.meeting_id
    )
    select id, seq from meetings where id in (select meeting_id from changed)`);
}

/** A day on which the clock is set back. */
const LONGEST_DAY_MS = 25 * 3_600_000;
/** Whoever gave up waiting in a meeting that began longer ago than this did not come back to another that day. */
const LONGEST_MEETING_MS = 30 * 86_400_000;
