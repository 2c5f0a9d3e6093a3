import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { deleteAll, excluded, upsert } from "#db/batch.ts";
import { waits } from "#db/schema/told.ts";
import type { Transaction } from "#db/session.ts";
import type { KeptWait, WaitKey } from "#domain/plan/kept.ts";

/** Who returned to a later meeting did so still, unless the wait ended otherwise. */
const RETURNED = {
  returned: sql`${waits.returned} and ${excluded(waits.outcome)} in ('left', 'short')`,
};

export async function keepWaits(tx: Transaction, all: readonly KeptWait[]): Promise<void> {
  await upsert(tx, waits, all, RETURNED);
}

export async function dropWaits(tx: Transaction, keys: readonly WaitKey[]): Promise<void> {
  await deleteAll(tx, waits, keys);
}

/**
 * Makes the waits of meetings those that their attendances have, whatever became of them. Who returned to a
 * later meeting is not said here. What is so already is not written.
 */
export async function mendWaits(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  const ids = list("uuid", meetingIds);
  await tx.execute(sql`
    with told as (
      select a.meeting_id, w."participantId" as participant_id, w."startedAt" as started_at,
        m.room_id, a.person_id, a.identity, a.name, w."endedAt" as ended_at, w.outcome, w.inferred
      from attendances a
      join meetings m on m.id = a.meeting_id
      cross join jsonb_to_recordset(a.waits) as w (
        "participantId" text, "startedAt" bigint, "endedAt" bigint, outcome text, inferred boolean
      )
      where a.meeting_id = any(${ids}) and a.wait_count > 0 and not a.is_note_taker
    ), gone as (
      delete from waits w where w.meeting_id = any(${ids}) and not exists (
        select from told t where t.meeting_id = w.meeting_id
          and t.participant_id = w.participant_id and t.started_at = w.started_at
      )
    )
    insert into waits (
      meeting_id, participant_id, started_at, room_id, person_id, identity, name, ended_at, outcome,
      inferred
    )
    -- Of these meetings, and not all that there are, to be held against them.
    select t.* from told t left join waits w on w.meeting_id = any(${ids})
      and w.meeting_id = t.meeting_id and w.participant_id = t.participant_id
      and w.started_at = t.started_at
    where (t.room_id, t.person_id, t.identity, t.name, t.ended_at, t.outcome, t.inferred)
      is distinct from
      (w.room_id, w.person_id, w.identity, w.name, w.ended_at, w.outcome, w.inferred)
      or (w.returned and w.outcome not in ('left', 'short'))
    on conflict (meeting_id, participant_id, started_at) do update set
      room_id = excluded.room_id, person_id = excluded.person_id, identity = excluded.identity,
      name = excluded.name, ended_at = excluded.ended_at, outcome = excluded.outcome,
      inferred = excluded.inferred,
      returned = ${RETURNED.returned}`);
}
