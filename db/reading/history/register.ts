import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { PREPARED } from "#db/client.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { asReported, surenessOf, type VisitEnds } from "#domain/certainty.ts";
import type { Ms } from "#domain/event.ts";
import type { RegisterEntry, RegisterMeeting } from "#domain/history/register/facts.ts";
import type { RoomNamed } from "#domain/history/rooms.ts";
import { tookPlace } from "./meeting-filter.ts";
import { isByTitle, type OneMeetingARoom, roomsOfSeries } from "./series.ts";

const ONCE = sql.raw(PREPARED);

/** A room by its id; `null` where there is none. */
export async function roomById(
  reader: Reader,
  id: string,
  providers: OneMeetingARoom,
): Promise<RoomNamed | null> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return null;
  const [row] = await reader.execute<RoomNamed & Record<string, unknown>>(sql`
    select r.id::text, r.key, r.title,
      json_build_object('id', s.id, 'provider', s.provider, 'name', s.name) as source,
      case when ${isByTitle(providers)} then 'title' else 'room' end as "seriesBy"
    from rooms r join sources s on s.id = r.source_id where r.id = ${id}::bigint`);
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
export type FoundMeeting = RegisterMeeting & { of: number; graceMs: Ms };

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
  return reader.execute<FoundMeeting & Record<string, unknown>>(sql`${ONCE}
    select m.id, m.status, m.first_at as "firstAt", m.started_at as "startedAt",
      m.ended_at as "endedAt", m.people_count as "peopleCount", m.erased_at is not null as erased,
      count(*) over ()::int as of, s.grace_ms as "graceMs"
    from rooms r join sources s on s.id = r.source_id
    cross join lateral (
      select * from meetings n
      where n.room_id = any(array${roomsOfSeries(providers)}) and n.merged_into is null
        and ${tookPlace("n")}
        and n.first_at >= ${from} and n.first_at < ${to}
    ) m
    where r.id = ${roomId}::bigint and ${long}
    order by m.first_at desc, m.id desc limit ${sql.raw(String(limit))}`);
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
      tenures <> '[]'::jsonb as hosted,
      case when visits @? '$[*] ? (@.start != "reported" || @.end == "inferred")'
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
