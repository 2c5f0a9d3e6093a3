import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { attendances } from "#db/schema/told.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import { identityOf } from "#domain/history/identity.ts";
import { lengthMs } from "#domain/interval.ts";
import { isHostSaid } from "#domain/metrics.ts";
import { foldName } from "#domain/name.ts";
import type { Rules } from "#domain/rules.ts";
import { type PersonStory, unknownMs } from "#domain/story.ts";
import type { Wait } from "#domain/wait.ts";
import { personIdOf } from "./person-id.ts";

/** One person in one meeting, as the read model keeps them. Equal stories give equal rows. */
export type Attendance = typeof attendances.$inferSelect;

/** The meeting of an attendance, and what says who is who over the meetings of its source. */
export interface MeetingOfSource {
  id: string;
  sourceId: string;
  rules: Pick<Rules, "userIdsLast" | "graceMs">;
}

export function attendanceOf(meeting: MeetingOfSource, story: PersonStory): Attendance {
  const open = story.attended.find(({ to }) => to === null) ?? null;
  const closed = story.attended.filter(({ to }) => to !== null);
  const ends = story.tenures.map(({ to }) => to);
  const nameKey = foldName(story.name);
  const userId = story.isUserIdShared ? null : story.userId;
  const identity = identityOf({ userId, nameKey }, meeting.rules.userIdsLast);
  const starts = [story.firstJoinedAt ?? [], story.waits.map(({ startedAt }) => startedAt)].flat(2);
  const firstAt = starts.length === 0 ? null : Math.min(...starts);
  const admitted = story.waits.filter(({ outcome }) => outcome === "admitted");
  return {
    meetingId: meeting.id,
    personId: story.id,
    identifiedBy: story.identifiedBy,
    name: story.name,
    nameKey,
    userId: story.userId,
    userIdShared: story.isUserIdShared,
    isNoteTaker: story.isNoteTaker,
    identity:
      identity && firstAt !== null && !story.isNoteTaker
        ? personIdOf(meeting.sourceId, identity)
        : null,
    participantIds: story.participantIds,
    status: story.status,
    isHost: story.isHost,
    hostSaid: isHostSaid([story]),
    firstAt,
    firstJoinedAt: story.firstJoinedAt,
    lastLeftAt: story.lastLeftAt,
    attendedMs: lengthMs(closed, 0),
    openSince: open?.from ?? null,
    unknownMs: unknownMs(story, meeting.rules.graceMs),
    leftBy: lastOf(story.visits.flatMap(({ leftBy }) => leftBy ?? [])),
    waitCount: story.waits.length,
    admittedCount: admitted.length,
    admittedMs: admitted.reduce((sum, wait) => sum + ((wait.endedAt ?? 0) - wait.startedAt), 0),
    hostedUntil: lastEnd(ends),
    visits: story.visits,
    waits: story.waits,
    tenures: story.tenures,
  };
}

function lastOf(moments: readonly Ms[]): Ms | null {
  return moments.length === 0 ? null : Math.max(...moments);
}

/** The last of the ends; `null` while one is open, and for none at all. */
function lastEnd(ends: readonly (Ms | null)[]): Ms | null {
  let last: Ms | null = null;
  for (const end of ends) {
    if (end === null) return null;
    last = Math.max(last ?? end, end);
  }
  return last;
}

export async function attendancesOf(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<Attendance[]> {
  return tx.execute<Attendance & Record<string, unknown>>(sql`
    select meeting_id as "meetingId", person_id as "personId", identified_by as "identifiedBy", name,
      name_key as "nameKey", user_id as "userId", is_note_taker as "isNoteTaker", participant_ids as "participantIds", status,
      is_host as "isHost", host_said as "hostSaid", identity, first_at as "firstAt",
      first_joined_at as "firstJoinedAt", last_left_at as "lastLeftAt", attended_ms as "attendedMs",
      open_since as "openSince", unknown_ms as "unknownMs", left_by as "leftBy",
      user_id_shared as "userIdShared", wait_count as "waitCount", admitted_count as "admittedCount",
      admitted_ms as "admittedMs", hosted_until as "hostedUntil",
      visits, waits, tenures
    from attendances
    where meeting_id = any(${list("uuid", meetingIds)})
  `);
}

export async function keepAttendances(tx: Transaction, all: readonly Attendance[]): Promise<void> {
  await tx.execute(sql`
    insert into attendances (
      meeting_id, person_id, identified_by, name, name_key, user_id, is_note_taker,
      participant_ids, status, is_host,
      host_said, identity, first_at, first_joined_at, last_left_at, attended_ms, open_since, unknown_ms,
      left_by, user_id_shared, wait_count,
      admitted_count, admitted_ms, hosted_until, visits, waits,
      tenures
    )
    select meeting_id, person_id, identified_by, name, name_key, user_id, is_note_taker,
      array(select jsonb_array_elements_text(participant_ids::jsonb)), status, is_host,
      host_said, identity, first_at, first_joined_at, last_left_at, attended_ms, open_since, unknown_ms,
      left_by, user_id_shared, wait_count,
      admitted_count, admitted_ms, hosted_until, visits::jsonb,
      waits::jsonb, tenures::jsonb
    from unnest(
      ${column("uuid", all, (row) => row.meetingId)},
      ${column("text", all, (row) => row.personId)},
      ${column("text", all, (row) => row.identifiedBy)},
      ${column("text", all, (row) => row.name)},
      ${column("text", all, (row) => row.nameKey)},
      ${column("text", all, (row) => row.userId)},
      ${column("boolean", all, (row) => row.isNoteTaker)},
      ${column("text", all, (row) => JSON.stringify(row.participantIds))},
      ${column("text", all, (row) => row.status)},
      ${column("boolean", all, (row) => row.isHost)},
      ${column("boolean", all, (row) => row.hostSaid)},
      ${column("uuid", all, (row) => row.identity)},
      ${column("bigint", all, (row) => row.firstAt)},
      ${column("bigint", all, (row) => row.firstJoinedAt)},
      ${column("bigint", all, (row) => row.lastLeftAt)},
      ${column("bigint", all, (row) => row.attendedMs)},
      ${column("bigint", all, (row) => row.openSince)},
      ${column("bigint", all, (row) => row.unknownMs)},
      ${column("bigint", all, (row) => row.leftBy)},
      ${column("boolean", all, (row) => row.userIdShared)},
      ${column("integer", all, (row) => row.waitCount)},
      ${column("integer", all, (row) => row.admittedCount)},
      ${column("bigint", all, (row) => row.admittedMs)},
      ${column("bigint", all, (row) => row.hostedUntil)},
      ${column("text", all, (row) => JSON.stringify(row.visits))},
      ${column("text", all, (row) => JSON.stringify(row.waits))},
      ${column("text", all, (row) => JSON.stringify(row.tenures))}
    ) as a (
      meeting_id, person_id, identified_by, name, name_key, user_id, is_note_taker,
      participant_ids, status, is_host,
      host_said, identity, first_at, first_joined_at, last_left_at, attended_ms, open_since, unknown_ms,
      left_by, user_id_shared, wait_count,
      admitted_count, admitted_ms, hosted_until, visits, waits,
      tenures
    )
    on conflict (meeting_id, person_id) do update set
      identified_by = excluded.identified_by, name = excluded.name, name_key = excluded.name_key,
      user_id = excluded.user_id, is_note_taker = excluded.is_note_taker, participant_ids = excluded.participant_ids,
      status = excluded.status, is_host = excluded.is_host, host_said = excluded.host_said,
      first_joined_at = excluded.first_joined_at, last_left_at = excluded.last_left_at,
      attended_ms = excluded.attended_ms, open_since = excluded.open_since,
      unknown_ms = excluded.unknown_ms, left_by = excluded.left_by,
      user_id_shared = excluded.user_id_shared,
      identity = excluded.identity, first_at = excluded.first_at, wait_count = excluded.wait_count,
      admitted_count = excluded.admitted_count, admitted_ms = excluded.admitted_ms,
      hosted_until = excluded.hosted_until, visits = excluded.visits, waits = excluded.waits,
      tenures = excluded.tenures
  `);
}

export interface PersonKey {
  meetingId: string;
  personId: string;
}

export async function dropAttendances(tx: Transaction, keys: readonly PersonKey[]): Promise<void> {
  await tx.execute(sql`
    delete from attendances a
    using unnest(
      ${column("uuid", keys, ({ meetingId }) => meetingId)},
      ${column("text", keys, ({ personId }) => personId)}
    ) as k (meeting_id, person_id)
    where a.meeting_id = k.meeting_id and a.person_id = k.person_id
  `);
}

/** One row of `waits`, and what names it. */
export interface KeptWait extends Wait {
  meetingId: string;
  personId: string;
  identity: string | null;
  name: string | null;
}

/** None of a note-taker: nobody waited. */
export function waitsOf(row: Attendance): KeptWait[] {
  const { meetingId, personId, identity, name, waits, isNoteTaker } = row;
  if (isNoteTaker) return [];
  return waits.map((wait) => ({ meetingId, personId, identity, name, ...wait }));
}

/** Their meetings are kept before. */
export async function keepWaits(tx: Transaction, all: readonly KeptWait[]): Promise<void> {
  await tx.execute(sql`
    insert into waits (
      meeting_id, participant_id, started_at, person_id, identity, name, ended_at, outcome, inferred,
      room_id
    )
    select w.*, m.room_id from unnest(
      ${column("uuid", all, (wait) => wait.meetingId)},
      ${column("text", all, (wait) => wait.participantId)},
      ${column("bigint", all, (wait) => wait.startedAt)},
      ${column("text", all, (wait) => wait.personId)},
      ${column("uuid", all, (wait) => wait.identity)},
      ${column("text", all, (wait) => wait.name)},
      ${column("bigint", all, (wait) => wait.endedAt)},
      ${column("text", all, (wait) => wait.outcome)},
      ${column("boolean", all, (wait) => wait.inferred)}
    ) as w (
      meeting_id, participant_id, started_at, person_id, identity, name, ended_at, outcome, inferred
    )
    join meetings m on m.id = w.meeting_id
    on conflict (meeting_id, participant_id, started_at) do update set
      person_id = excluded.person_id, identity = excluded.identity, name = excluded.name,
      ended_at = excluded.ended_at, outcome = excluded.outcome, inferred = excluded.inferred,
      returned = waits.returned and excluded.outcome in ('left', 'short')
  `);
}

export async function dropWaits(
  tx: Transaction,
  keys: readonly Pick<KeptWait, "meetingId" | "participantId" | "startedAt">[],
): Promise<void> {
  await tx.execute(sql`
    delete from waits w
    using unnest(
      ${column("uuid", keys, (key) => key.meetingId)},
      ${column("text", keys, (key) => key.participantId)},
      ${column("bigint", keys, (key) => key.startedAt)}
    ) as k (meeting_id, participant_id, started_at)
    where w.meeting_id = k.meeting_id and w.participant_id = k.participant_id
      and w.started_at = k.started_at
  `);
}
