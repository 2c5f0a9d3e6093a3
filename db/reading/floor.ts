import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Ms } from "#domain/event.ts";
import type { Tenure } from "#domain/host.ts";
import type { Visit } from "#domain/participant.ts";
import type { Wait } from "#domain/wait.ts";
import type { Today } from "#domain/wire.ts";
import {
  MEETING_COLUMNS,
  MEETING_TABLES,
  type MeetingRow,
  OUTCOME,
  type Reader,
} from "./meeting.ts";

/** The meetings in progress, and those that ended less than their empty gap ago. */
export async function meetingsOnFloor(reader: Reader, now: Ms): Promise<MeetingRow[]> {
  return reader.execute<MeetingRow & Record<string, unknown>>(sql`
    select ${MEETING_COLUMNS} from ${MEETING_TABLES}
    where m.merged_into is null and m.status <> 'ended'
    union all
    select ${MEETING_COLUMNS} from ${MEETING_TABLES}
    where m.merged_into is null and m.status = 'ended' and m.ended_at > ${now} - s.empty_gap_ms
      and m.ended_at > ${now - 86_400_000}`);
}

/** Somebody a summary names: who is or was host, and who waits. */
export interface Notable {
  meetingId: string;
  personId: string;
  name: string | null;
  status: "waiting" | "present" | "left" | "not_admitted";
  isHost: boolean;
  tenures: Tenure[];
  waits: Wait[];
}

export async function notablePeople(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<Notable[]> {
  const ids = list("uuid", meetingIds);
  const columns = sql.raw(
    `meeting_id as "meetingId", person_id as "personId", name, status, is_host as "isHost", tenures, waits`,
  );
  return reader.execute<Notable & Record<string, unknown>>(sql`
    select ${columns} from attendances where meeting_id = any(${ids}) and tenures <> '[]'::jsonb
      and not is_note_taker
    union
    select ${columns} from attendances where meeting_id = any(${ids}) and status = 'waiting'
      and not is_note_taker`);
}

/** The visits of everybody in the meetings, for the people over time. */
export async function visitsOf(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<{ meetingId: string; visits: Visit[] }[]> {
  return reader.execute<{ meetingId: string; visits: Visit[] }>(sql`
    select meeting_id as "meetingId", visits from attendances
    where meeting_id = any(${list("uuid", meetingIds)}) and not is_note_taker`);
}

/** What somebody did in a meeting, for saying what an event meant. */
export interface Deeds {
  meetingId: string;
  personId: string;
  name: string | null;
  isNoteTaker: boolean;
  visits: Visit[];
  waits: Wait[];
}

export async function deedsOf(
  reader: Reader,
  people: readonly { meetingId: string; personId: string }[],
): Promise<Deeds[]> {
  return reader.execute<Deeds & Record<string, unknown>>(sql`
    select a.meeting_id as "meetingId", a.person_id as "personId", a.name, a.is_note_taker as "isNoteTaker",
      a.visits, a.waits
    from (
      select distinct * from unnest(
        ${column("uuid", people, ({ meetingId }) => meetingId)},
        ${column("text", people, ({ personId }) => personId)}
      ) as k (meeting_id, person_id)
    ) k
    join attendances a on a.meeting_id = k.meeting_id and a.person_id = k.person_id`);
}

export type WaitCounts = Omit<Today, "since" | "target_ms">;

/** The waits that began since a moment, counted by how they ended. */
export async function countWaits(reader: Reader, since: Ms, targetMs: Ms): Promise<WaitCounts> {
  const [row] = await reader.execute<WaitCounts & Record<string, unknown>>(sql`
    select
      count(*) filter (where outcome = 'waiting')::int as waiting,
      count(*) filter (where outcome = 'admitted')::int as admitted,
      count(*) filter (where outcome = 'left')::int as "left",
      count(*) filter (where outcome = 'short')::int as short,
      count(*) filter (where outcome = 'came_back')::int as came_back,
      count(*) filter (where outcome = 'unknown')::int as unknown,
      count(*) filter (where outcome = 'admitted' and ended_at - started_at <= ${targetMs})::int
        as admitted_within,
      count(*) filter (
        where outcome in ('left', 'came_back') and ended_at - started_at > ${targetMs}
      )::int as left_after
    from (
      select started_at, ended_at, ${OUTCOME} as outcome from waits w where started_at >= ${since}
    ) w`);
  if (!row) throw new Error("an aggregate always answers one row");
  return row;
}

/** When anything was last received, or, where no delivery is kept, happened last; and whether any source exists. */
export async function heardOf(
  reader: Reader,
): Promise<{ sources: number; lastEventAt: Ms | null }> {
  const [row] = await reader.execute<{ sources: number; lastEventAt: Ms | null }>(sql`
    select (select count(*)::int from sources) as sources, coalesce(
      (select (extract(epoch from received_at) * 1000)::bigint from deliveries order by id desc limit 1),
      (select tip_at from meetings where merged_into is null order by tip_at desc limit 1)
    ) as "lastEventAt"`);
  return row ?? { sources: 0, lastEventAt: null };
}
