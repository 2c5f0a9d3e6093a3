import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import type { RosterAlias } from "#domain/history/expected/entry-key.ts";
import {
  type ExpectedPerson,
  LONGEST_SCHEDULED_MS,
  type ScheduledMeeting,
} from "#domain/history/expected/scheduled.ts";
import type { SeenInMeeting } from "#domain/history/expected/seen.ts";
import type { Total } from "#domain/history/total.ts";
import { COUNTED_LIMIT, countOf } from "./total.ts";

/** A scheduled meeting as it is kept, with how its source is told. */
export interface ScheduledRow extends ScheduledMeeting {
  graceMs: Ms;
}

/** What a list of scheduled meetings is narrowed to; `null` leaves a thing open. */
export interface ScheduledFilter {
  source: string | null;
  room: string | null;
  /** Text in the title, the room or a name that is expected. */
  q: string | null;
  /** `[from, to)` of the start. */
  from: Ms | null;
  to: Ms | null;
  /** Ends after this, and has ended by that. */
  endsAfter: Ms | null;
  endedBy: Ms | null;
}

export interface ScheduledPlace {
  direction: "next" | "previous";
  startsAt: Ms;
  id: string;
}

const COLUMNS = sql.raw(`
  s.id, s.room, s.title, s.starts_at as "startsAt", s.ends_at as "endsAt", s.time_zone as "timeZone",
  s.late_after_ms as "lateAfterMs", s.verdict_after_ms as "verdictAfterMs", s.by,
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as "classList",
  case when p.id is not null then json_build_object('id', p.id, 'day', s.occurrence_day,
    'weekdays', p.weekdays, 'lastDay', p.last_day, 'changedAlone', s.changed_alone) end as repeats,
  s.changed_at as "changedAt", s.erased_at as "erasedAt", r.title as "roomTitle",
  o.grace_ms as "graceMs",
  ${sourceJson("o")} as source`);

const WORDS = sql.raw(`left join class_lists c on c.id = s.class_list_id
  left join repetitions p on p.id = s.repetition_id`);
const TABLES = sql`scheduled_meetings s join sources o on o.id = s.source_id
  left join rooms r on r.source_id = s.source_id and r.key = s.room ${WORDS}`;

/** Scheduled meetings by their start (with a `previous` place: the rows before it, nearest first). */
export async function listScheduled(
  reader: Reader,
  filter: ScheduledFilter,
  order: "asc" | "desc",
  from: ScheduledPlace | null,
  limit: number,
): Promise<ScheduledRow[]> {
  const conditions = conditionsOf(filter);
  const down = (order === "desc") !== (from?.direction === "previous");
  if (from !== null) {
    const key = sql`(${from.startsAt}::bigint, ${from.id}::uuid)`;
    conditions.push(down ? sql`(s.starts_at, s.id) < ${key}` : sql`(s.starts_at, s.id) > ${key}`);
  }
  const direction = sql.raw(down ? "desc" : "asc");
  return reader.execute<ScheduledRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from ${TABLES} where ${sql.join(conditions, sql` and `)}
    order by s.starts_at ${direction}, s.id ${direction} limit ${limit}`);
}

/** How many there are of a list. One statement. */
export async function countScheduled(reader: Reader, filter: ScheduledFilter): Promise<Total> {
  const wanted = sql.join(conditionsOf(filter), sql` and `);
  return countOf(
    reader,
    sql`select s.id from ${TABLES} where ${wanted} order by s.starts_at limit ${COUNTED_LIMIT}`,
  );
}

function conditionsOf({ source, room, q, from, to, endsAfter, endedBy }: ScheduledFilter): SQL[] {
  const conditions: SQL[] = [sql`s.withdrawn_at is null`];
  if (source !== null) {
    conditions.push(isMeetingId(source) ? sql`s.source_id = ${source}::uuid` : sql`false`);
  }
  if (room !== null) conditions.push(sql`s.room = ${room}`);
  if (from !== null) conditions.push(sql`s.starts_at >= ${from}`);
  if (to !== null) conditions.push(sql`s.starts_at < ${to}`);
  if (endsAfter !== null) {
    // What ends after a moment began at most so long before, which the index knows.
    conditions.push(
      sql`s.ends_at > ${endsAfter}`,
      sql`s.starts_at > ${endsAfter - LONGEST_SCHEDULED_MS}`,
    );
  }
  if (endedBy !== null) {
    conditions.push(sql`s.ends_at <= ${endedBy}`, sql`s.starts_at < ${endedBy}`);
  }
  if (q !== null) {
    conditions.push(sql`(${hasWords(sql`s.words`, q)} or ${hasWords(sql`r.words`, q)}
      or coalesce((select true from expected_people e
        where e.scheduled_id = s.id and ${hasWords(sql`e.words`, q)} limit 1), false)
      or coalesce((select true from class_list_entries e
        where e.list_id = s.class_list_id and ${hasWords(sql`e.words`, q)} limit 1), false))`);
  }
  return conditions;
}

/** One that was not withdrawn; `null` for anything else. */
export async function scheduledById(reader: Reader, id: string): Promise<ScheduledRow | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await reader.execute<ScheduledRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from ${TABLES} where s.id = ${id} and s.withdrawn_at is null`);
  return row ?? null;
}

/** For whom a meeting's room was, while the meeting lasted: those scheduled in its time, by their start. */
export async function scheduledOfMeeting(
  reader: Reader,
  meetingId: string,
  now: Ms,
  limit: number,
): Promise<ScheduledRow[]> {
  return reader.execute<ScheduledRow & Record<string, unknown>>(sql`
    select ${COLUMNS} from meetings m
    join rooms mr on mr.id = m.room_id
    join scheduled_meetings s on s.source_id = m.source_id and s.room = mr.key
    join sources o on o.id = s.source_id join rooms r on r.id = mr.id ${WORDS}
    where m.id = ${meetingId} and s.withdrawn_at is null and m.first_at < s.ends_at
      and s.starts_at < case when m.status = 'ended' then coalesce(m.ended_at, m.tip_at)
        else ${now}::bigint + ${LONGEST_SCHEDULED_MS}::bigint end
      and s.starts_at > m.first_at - ${LONGEST_SCHEDULED_MS}::bigint
    order by s.starts_at, s.id limit ${limit}`);
}

/** What operators said that people of their rosters are also known by. One statement. */
export async function aliasesOf(
  reader: Reader,
  ids: readonly string[],
): Promise<(RosterAlias & { scheduledId: string })[]> {
  return reader.execute<RosterAlias & { scheduledId: string } & Record<string, unknown>>(sql`
    select s.id as "scheduledId", a.entry, a.known_by as "knownBy", a.value, a.seen_as as "seenAs", a.by
    from scheduled_meetings s
    join roster_aliases a on a.roster_id = coalesce(s.class_list_id, s.id)
    where s.id = any(${list("uuid", ids)}) order by a.at, a.value`);
}

/** The rosters of scheduled meetings, in their order: of a class list, or their own. One statement. */
export async function rostersOf(
  reader: Reader,
  ids: readonly string[],
): Promise<(ExpectedPerson & { scheduledId: string })[]> {
  return reader.execute<ExpectedPerson & { scheduledId: string } & Record<string, unknown>>(sql`
    select scheduled_id as "scheduledId", position, name, user_id as "userId", email, role
    from expected_people where scheduled_id = any(${list("uuid", ids)})
    union all
    select s.id, e.position, e.name, e.user_id, e.email, e.role
    from scheduled_meetings s join class_list_entries e on e.list_id = s.class_list_id
    where s.id = any(${list("uuid", ids)})
    order by 1, 2`);
}

/**
 * Everybody of the meetings held in the rooms and times of scheduled meetings: those first heard of in
 * them, and the one before, which may have gone on; with whom an operator joined them. One statement.
 */
export async function seenFor(
  reader: Reader,
  ids: readonly string[],
): Promise<(SeenInMeeting & { scheduledId: string; seq: number })[]> {
  type Row = SeenInMeeting & { scheduledId: string; seq: number };
  return reader.execute<Row & Record<string, unknown>>(sql`
    select s.id as "scheduledId", m.seq, a.meeting_id as "meetingId", a.person_id as "personId", a.name,
      a.user_id as "userId", a.visits, a.waits, a.tenures,
      case when j.part_of is not null then json_build_object('id', j.part_of,
        'userIds', coalesce((select json_agg(distinct o.user_id) from people o
          where o.part_of = j.part_of and o.user_id is not null), '[]'),
        'nameKeys', coalesce((select json_agg(distinct l.name_key) from people o
          join aliases l on l.identity = o.id where o.part_of = j.part_of), '[]')) end as joined
    from scheduled_meetings s
    join rooms r on r.source_id = s.source_id and r.key = s.room
    cross join lateral (
      (select id, seq from meetings where room_id = r.id and merged_into is null
        and first_at >= s.starts_at and first_at < s.ends_at)
      union all
      (select id, seq from meetings where room_id = r.id and merged_into is null
        and first_at < s.starts_at order by first_at desc limit 1)
    ) m
    join attendances a on a.meeting_id = m.id and not a.is_note_taker
    left join (select id, part_of from people where part_of is not null) j on j.id = a.identity
    where s.id = any(${list("uuid", ids)})`);
}
