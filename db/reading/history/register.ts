import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { PREPARED } from "#db/client.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { sourceJson } from "#db/source-json.ts";
import { asReported, surenessOf, type VisitEnds } from "#domain/certainty.ts";
import type { Ms } from "#domain/event.ts";
import { LONGEST_SCHEDULED_MS } from "#domain/history/expected/scheduled.ts";
import type { RegisterEntry, RegisterMeeting } from "#domain/history/register/facts.ts";
import type { RoomSettings } from "#domain/history/register/settings.ts";
import type { RoomNamed } from "#domain/history/rooms.ts";
import { tookPlace } from "./meeting-filter.ts";
import { isByTitle, type OneMeetingARoom, roomsOfSeries } from "./series.ts";

const ONCE = sql.raw(PREPARED);
/** Later than anything is scheduled. */
const LATEST: Ms = Number.MAX_SAFE_INTEGER;

/** A room with what was set for the series it stands for. */
export interface RoomSet extends RoomNamed {
  settings: RoomSettings | null;
}

/** A room by its id; `null` where there is none. */
export async function roomById(
  reader: Reader,
  id: string,
  providers: OneMeetingARoom,
): Promise<RoomSet | null> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return null;
  const [row] = await reader.execute<RoomSet & Record<string, unknown>>(sql`
    select r.id::text, r.key, r.title,
      ${sql.raw(sourceJson("s"))} as source,
      n.by as "seriesBy",
      case when e.at is not null then json_build_object(
        'thresholds', e.thresholds, 'start', e.start, 'by', e.by, 'at', e.at) end as settings
    from rooms r join sources s on s.id = r.source_id
    cross join lateral (select case when ${isByTitle(providers)} then 'title' else 'room' end as by) n
    left join room_settings e on e.source_id = r.source_id and e.series_by = n.by
      and e.series = case n.by when 'title' then r.title else r.key end
    where r.id = ${id}::bigint`);
  return row ?? null;
}

/** Which meetings of a room are looked at: of those in `[from, to)` the ones of some length. */
export interface RegisterFilter {
  from: Ms;
  to: Ms;
  /** At least so long, until `now` where it goes on; `null` for any length, none included. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** One of the meetings of a room, of how many, and up to what gap somebody was there all the time. */
export type FoundMeeting = Omit<RegisterMeeting, "starts"> & {
  of: number;
  graceMs: Ms;
  /** When the provider says that it began, and when the first came in, whoever or whatever that was. */
  providerStartedAt: Ms | null;
  firstInAt: Ms | null;
  /** The meetings scheduled in its room while it went on. */
  scheduled: { startsAt: Ms; endsAt: Ms }[];
};

/** The latest meetings of a room, or of the series it stands for, newest first; with how many there are. */
export async function registerMeetings(
  reader: Reader,
  roomId: string,
  { from, to, longerThan }: RegisterFilter,
  providers: OneMeetingARoom,
  limit: number,
): Promise<FoundMeeting[]> {
  const long =
    longerThan === null
      ? sql`true`
      : sql`coalesce(m.ended_at, ${longerThan.now}::bigint) - m.started_at >= ${longerThan.ms}::bigint`;
  // What is scheduled is looked up for the meetings that are shown alone.
  return reader.execute<FoundMeeting & Record<string, unknown>>(sql`${ONCE}
    with found as materialized (
      select m.id, m.status, m.first_at, m.started_at, m.ended_at, m.people_count, m.erased_at,
        m.provider_started_at, m.first_joined_at, m.note_taker_count, m.room_id, m.source_id,
        m.tip_at, count(*) over ()::int as of, s.grace_ms
      from rooms r join sources s on s.id = r.source_id
      cross join lateral (
        select * from meetings n
        where n.room_id = any(array${roomsOfSeries(providers)}) and n.merged_into is null
          and ${tookPlace("n")}
          and n.first_at >= ${from} and n.first_at < ${to}
      ) m
      where r.id = ${roomId}::bigint and ${long}
      order by m.first_at desc, m.id desc limit ${sql.raw(String(limit))}
    )
    select m.id, m.status, m.first_at as "firstAt", m.started_at as "startedAt",
      m.ended_at as "endedAt", m.people_count as "peopleCount", m.erased_at is not null as erased,
      m.of, m.grace_ms as "graceMs", m.provider_started_at as "providerStartedAt",
      least(m.first_joined_at, case when m.note_taker_count > 0 then (
        select min(a.first_joined_at) from attendances a
        where a.meeting_id = m.id and a.is_note_taker) end) as "firstInAt",
      coalesce((
        select json_agg(json_build_object('startsAt', p.starts_at, 'endsAt', p.ends_at))
        from scheduled_meetings p
        where p.source_id = m.source_id and p.room = k.key and p.withdrawn_at is null
          and m.first_at < p.ends_at
          and p.starts_at <= case when m.status = 'ended' then coalesce(m.ended_at, m.tip_at)
            else ${LATEST}::bigint end
          and p.starts_at > m.first_at - ${LONGEST_SCHEDULED_MS}::bigint), '[]') as scheduled
    from found m join rooms k on k.id = m.room_id
    order by m.first_at desc, m.id desc`);
}

/** Only of few is anything not as it was reported: of these alone the visits are read. */
type EntryRow = Omit<RegisterEntry, "sureness"> & { unsure: VisitEnds[] | null };

/** Everybody who came in or waited in the meetings, with whom an operator joined them. */
export async function registerEntries(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<RegisterEntry[]> {
  const rows = await reader.execute<EntryRow & Record<string, unknown>>(sql`${ONCE}
    select meeting_id as "meetingId", person_id as "personId", a.user_id as "userId", a.name,
      a.name_key as "nameKey", first_joined_at as "firstJoinedAt", last_left_at as "lastLeftAt",
      a.attended_ms as "attendedMs", open_since as "openSince", status = 'waiting' as "isWaiting",
      (tenures -> 0 ->> 'from')::bigint as "hostedFrom",
      case when visits @? '$[*] ? (@.start != "reported" || @.end == "inferred" || @.end == "operator")'
        then visits end as unsure,
      case when j.part_of is not null
        then jsonb_build_object('id', j.part_of, 'visits', visits) end as joined
    from attendances a
    left join (select id, part_of from people where part_of is not null) j on j.id = a.identity
    where meeting_id = any(${list("uuid", meetingIds)})
      and not a.is_note_taker and (first_joined_at is not null or waits <> '[]'::jsonb)`);
  return rows.map(({ unsure, ...row }) => ({
    ...row,
    sureness: unsure === null ? asReported(row) : surenessOf(unsure),
  }));
}
