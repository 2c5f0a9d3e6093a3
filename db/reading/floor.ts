import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Ms } from "#domain/event.ts";
import type { Tenure } from "#domain/host.ts";
import type { Visit } from "#domain/participant.ts";
import type { PersonStatus } from "#domain/story.ts";
import type { Wait } from "#domain/wait.ts";
import type { Reader } from "./meeting.ts";

/** Who waits in a meeting since when: as its summary says. */
const WAITING_SINCE = sql.raw(`(
  select meeting_id, min(started_at) as at from waits where outcome = 'waiting' group by meeting_id
)`);

const IN_PROGRESS = sql.raw("m.merged_into is null and m.status <> 'ended'");

/** A meeting's place on the floor, as `placeOf` in the domain tells it of its summary. */
export interface Place {
  id: string;
  rank: 0 | 1 | 2;
  at: Ms | null;
}

/**
 * The places of the meetings in progress, and of those that ended less than their empty gap ago, in their
 * order, at most `limit`.
 */
export async function placesOnFloor(
  reader: Reader,
  now: Ms,
  limit: number | null,
): Promise<Place[]> {
  return reader.execute<Place & Record<string, unknown>>(sql`
    select id, rank, at from (
      select m.id, case when w.at is null then 1 else 0 end as rank, coalesce(w.at, m.started_at) as at
      from meetings m left join ${WAITING_SINCE} w on w.meeting_id = m.id
      where ${IN_PROGRESS}
      union all
      select m.id, 2, m.started_at
      from meetings m join sources s on s.id = m.source_id
      where m.merged_into is null and m.status = 'ended' and m.ended_at > ${now} - s.empty_gap_ms
        and m.ended_at > ${now - 86_400_000}
    ) m
    order by rank, at nulls first, id
    limit ${limit}`);
}

export interface Totals {
  meetings: number;
  present: number;
  waiting: number;
  hostless: number;
  waitingWithoutHost: number;
  longestSince: Ms | null;
}

/** What is counted over all meetings in progress: one statement. */
export async function floorTotals(reader: Reader): Promise<Totals> {
  const [row] = await reader.execute<Totals & Record<string, unknown>>(sql`
    select count(*)::int as meetings,
      coalesce(sum(present_count), 0)::int as present,
      coalesce(sum(waiting_count), 0)::int as waiting,
      count(*) filter (where hostless)::int as hostless,
      coalesce(sum(waiting_count) filter (where hostless), 0)::int as "waitingWithoutHost",
      min(since) as "longestSince"
    from (
      select m.present_count, m.waiting_count, w.at as since,
        m.present_count + m.waiting_count > 0 and not exists (
          select from attendances a
          where a.meeting_id = m.id and a.is_host and not a.is_note_taker
            and a.status in ('present', 'not_known')
        ) as hostless
      from meetings m left join ${WAITING_SINCE} w on w.meeting_id = m.id
      where ${IN_PROGRESS}
    ) m`);
  if (!row) throw new Error("an aggregate always answers one row");
  return row;
}

/** Somebody a summary names: who is or was host, who waits, and who was not heard of any more. */
export interface Notable {
  meetingId: string;
  personId: string;
  name: string | null;
  status: PersonStatus;
  isHost: boolean;
  tenures: Tenure[];
  waits: Wait[];
  lastLeftAt: Ms | null;
}

export async function notablePeople(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<Notable[]> {
  const ids = list("uuid", meetingIds);
  const columns = sql.raw(
    `meeting_id as "meetingId", person_id as "personId", name, status, is_host as "isHost", tenures, waits,
     last_left_at as "lastLeftAt"`,
  );
  return reader.execute<Notable & Record<string, unknown>>(sql`
    select ${columns} from attendances where meeting_id = any(${ids}) and tenures <> '[]'::jsonb
      and not is_note_taker
    union
    select ${columns} from attendances where (meeting_id, person_id) in (
      select meeting_id, person_id from waits where meeting_id = any(${ids}) and outcome = 'waiting'
    )
    union
    select ${columns} from attendances
    where meeting_id = any(${ids}) and left_by is not null and status = 'not_known'
      and not is_note_taker`);
}

/** The visits of whoever was in the meetings since a moment, for the people over time. */
export async function visitsOf(
  reader: Reader,
  meetingIds: readonly string[],
  since: Ms,
): Promise<{ meetingId: string; visits: Visit[] }[]> {
  return reader.execute<{ meetingId: string; visits: Visit[] }>(sql`
    select meeting_id as "meetingId", visits from attendances
    where meeting_id = any(${list("uuid", meetingIds)})
      and (status = 'present' or last_left_at is null or last_left_at >= ${since}) and not is_note_taker`);
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
