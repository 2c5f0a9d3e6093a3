import { sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { column } from "#db/sql/array.ts";
import { outcomesOf } from "#db/waits/wait-outcome.ts";
import { isGivenUp, LONGEST_DAY_MS } from "#domain/meeting/wait.ts";
import type { RoomPeriod } from "#domain/projection/changes.ts";

/**
 * Writes for every wait around that ended without admission whether its person came in to a later meeting of
 * the room on the same day of the zone: the same connection, user id, or for a guest the same name; also where that
 * name was erased since. Answers the meetings whose waits changed. One statement.
 */
export async function storeReturns(
  tx: Transaction,
  around: readonly RoomPeriod[],
  timeZone: string,
): Promise<{ id: string; seq: number }[]> {
  return tx.execute<{ id: string; seq: number }>(sql`
    -- Each step finds its rows by an index and is hidden from the others, so that there is one possible plan,
    -- whatever the statistics say of how many rows there are. Room and time of waits are compared as one row:
    -- compared one by one, the waits of all rooms in that time were as good a way, and were read for each room.
    with lost as (
      select w.row_id, w.participant_id, w.started_at, w.ended_at, w.returned, w.room_id, a.user_id,
        case when a.user_id is null then a.name_key end as name_key,
        (to_timestamp(w.ended_at / 1000.0) at time zone ${timeZone})::date as day
      from unnest(
        ${column("bigint", around, ({ roomId }) => roomId)},
        ${column("bigint", around, ({ from }) => from - LONGEST_DAY_MS)},
        ${column("bigint", around, ({ to }) => to)}
      ) as n (room_id, "from", "to")
      cross join lateral (
        select w.ctid as row_id, w.* from waits w
        where (w.room_id, w.started_at) >= (n.room_id, n."from" - ${LONGEST_MEETING_MS}::bigint)
          and (w.room_id, w.started_at) <= (n.room_id, n."to")
          and w.outcome in ${sql.raw(outcomesOf(isGivenUp))}
          and w.ended_at between n."from" and n."to"
        offset 0
      ) w
      cross join lateral (
        select user_id, name_key from attendances a
        where a.meeting_id = w.meeting_id and a.person_id = w.person_id
        offset 0
      ) a
    ), returns as (
      select l.row_id, l.returned, exists (
        select from (
          select id from meetings m
          where m.room_id = l.room_id and m.merged_into is null
            and m.first_at between l.ended_at and l.ended_at + ${LONGEST_DAY_MS}::bigint
          offset 0
        ) later
        cross join lateral (
          select from attendances a
          where a.meeting_id = later.id and not a.is_note_taker and a.first_joined_at > l.ended_at
            and (to_timestamp(a.first_joined_at / 1000.0) at time zone ${timeZone})::date = l.day
            and (a.user_id = l.user_id or a.name_key = l.name_key
              or l.participant_id = any(a.participant_ids))
          offset 0
        ) a
      ) or exists (
        select from kept_returns k where k.room_id = l.room_id
          and k.participant_id = l.participant_id and k.started_at = l.started_at
        offset 0
      ) as came_in
      from lost l
    ), changed as (
      update waits set returned = not returned
      where ctid = any(array(select row_id from returns where returned <> came_in))
      returning meeting_id
    )
    select id, seq from meetings where id = any(array(select meeting_id from changed))`);
}

/** No wait is longer. */
const LONGEST_MEETING_MS = 30 * 86_400_000;
