import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import { membersOf } from "#db/attended.ts";
import { OUTCOME, type Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { MeetingStatus } from "#domain/meeting.ts";
import type { AttendanceTold, MeetingTold } from "#domain/statement/facts.ts";

/** Somebody in a meeting: by one of their connections there. */
export interface Named {
  meetingId: string;
  participantId: string;
}

/**
 * Where somebody over all meetings (the row of `people` they are told of) first appeared within `[from, to)`,
 * in meetings that have ended, in order of time; at most so many. One statement.
 */
export async function attendedBetween(
  reader: Reader,
  personRow: string,
  { from, to }: { from: Ms; to: Ms },
  limit: number,
): Promise<Named[]> {
  return reader.execute<Named & Record<string, unknown>>(sql`
    with members as (${membersOf(list("uuid", [personRow]))})
    select a.meeting_id as "meetingId", a.participant_ids[1] as "participantId"
    from members x
    join attendances a on a.identity = x.identity and a.first_at >= ${from} and a.first_at < ${to}
    join meetings m on m.id = a.meeting_id and m.status = 'ended'
    order by a.first_at, a.meeting_id, a.person_id limit ${limit}`);
}

/** What is told of somebody in a meeting today. */
export interface Told extends Named {
  roomId: number;
  meeting: MeetingTold & { status: MeetingStatus };
  person: AttendanceTold;
}

/**
 * What is told today of people named by a meeting, which may have become part of another since, and a
 * connection. Nothing of those who are not told of any more. One statement.
 */
export async function toldToday(reader: Reader, named: readonly Named[]): Promise<Told[]> {
  return reader.execute<Told & Record<string, unknown>>(sql`
    select n.meeting_id as "meetingId", n.participant_id as "participantId", m.room_id as "roomId",
      json_build_object(
        'id', m.id, 'provider', s.provider, 'source', s.name, 'room', r.key, 'title', r.title,
        'startedAt', m.started_at, 'endedAt', m.ended_at, 'endedBy', m.ended_by,
        'graceMs', s.grace_ms, 'status', m.status) as meeting,
      json_build_object(
        'name', a.name, 'userId', a.user_id, 'participantIds', a.participant_ids,
        'firstJoinedAt', a.first_joined_at, 'lastLeftAt', a.last_left_at,
        'attendedMs', a.attended_ms, 'visits', a.visits, 'tenures', a.tenures,
        'waits', coalesce((
          select json_agg(json_build_object(
              'participantId', w.participant_id, 'startedAt', w.started_at, 'endedAt', w.ended_at,
              'outcome', ${OUTCOME}, 'inferred', w.inferred)
            order by w.started_at, w.participant_id)
          from waits w where w.meeting_id = a.meeting_id and w.person_id = a.person_id), '[]')
      ) as person
    from unnest(
      ${column("uuid", named, ({ meetingId }) => meetingId)},
      ${column("text", named, ({ participantId }) => participantId)}
    ) as n (meeting_id, participant_id)
    join meetings was on was.id = n.meeting_id
    join meetings m on m.id = coalesce(was.merged_into, was.id)
    join rooms r on r.id = m.room_id
    join sources s on s.id = m.source_id
    join attendances a on a.meeting_id = m.id and n.participant_id = any(a.participant_ids)`);
}
