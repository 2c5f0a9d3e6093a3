import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { attendedByMembers, membersOf, SUMS } from "#db/attended.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { leftBeforeAdmitted, reallyLost } from "#db/wait-outcome.ts";
import type { Ms } from "#domain/event.ts";
import type { PersonMet } from "#domain/history/people.ts";

/** Which of what somebody did; `null` leaves a thing open. */
export interface Range {
  /** Of the room of their meetings. */
  room: string | null;
  /** Of their first moment in a meeting; `to` is not part of it. */
  from: Ms | null;
  to: Ms | null;
  /** Meetings at least so long, until `now` where they go on. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** Which attendances `a` count. */
export function within({ from, to, room, longerThan }: Range): SQL {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(sql`a.first_at >= ${from}`);
  if (to !== null) conditions.push(sql`a.first_at < ${to}`);
  if (room !== null || longerThan !== null) {
    const own: SQL[] = [];
    if (room !== null) {
      own.push(sql`m.room_id in (select id from rooms where key = ${room})`);
    }
    if (longerThan !== null) {
      const { ms, now } = longerThan;
      own.push(sql`coalesce(m.ended_at, ${now}::bigint) - m.started_at >= ${ms}::bigint`);
    }
    // A meeting may begin long before somebody comes; what ended before they came is none of theirs.
    conditions.push(sql`a.meeting_id in (
      select m.id from meetings m where m.merged_into is null and ${sql.join(own, sql` and `)})`);
  }
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

export type Figured = PersonMet & { rowId: string };

/** People of `people` with what they did: all in all, or where `of` says. Two statements. */
export async function figuresOf(
  reader: Reader,
  ids: readonly string[],
  of: Range | null,
): Promise<Figured[]> {
  if (ids.length === 0) return [];
  const them = list("uuid", ids);
  const summed =
    of === null
      ? sql`select id, first_at, last_at, meetings, namesakes, attended_ms, open_count, open_sum,
          unknown_ms, wait_count, admitted_count, admitted_ms from people where id = any(${them})`
      : sql`select a.id, ${SUMS} from a group by a.id`;
  const attended = of === null ? sql`` : sql`, ${attendedByMembers(within(of))}`;
  const [rows, left] = await Promise.all([
    reader.execute<Omit<Figured, "leftCount" | "lostMeetings"> & Record<string, unknown>>(sql`
      with members as (${membersOf(them)})${attended}
      select p.id as "rowId", coalesce(p.leader, p.id) as id, p.name, k.known as "knownAs",
        s.first_at as "firstAt", s.last_at as "lastAt", s.meetings, s.namesakes,
        s.attended_ms as "attendedMs", s.open_count as "openCount", s.open_sum as "openSum",
        s.unknown_ms as "unknownMs",
        s.wait_count as "waitCount", s.admitted_count as "admittedCount",
        s.admitted_ms as "admittedMs"
      from people p join (${summed}) s on s.id = p.id
      cross join lateral (
        select json_agg(${KNOWN_AS} order by o.id <> p.leader, o.known_by desc, o.id) as known
        from members x join people o on o.id = x.identity join sources c on c.id = o.source_id
        where x.person = p.id
      ) k`),
    leftBy(reader, them, of),
  ]);
  const leftOf = new Map(left.map((row) => [row.id, row]));
  return rows.map((row) => ({
    ...row,
    leftCount: leftOf.get(row.rowId)?.left ?? 0,
    lostMeetings: leftOf.get(row.rowId)?.lost ?? 0,
  }));
}

/** A `KnownAs` of `people o` and their `sources c`. */
export const KNOWN_AS = sql.raw(`json_build_object('id', o.id, 'knownBy', o.known_by,
  'userId', o.user_id, 'name', o.name,
  'source', json_build_object('id', c.id, 'provider', c.provider, 'name', c.name))`);

interface LeftOf {
  id: string;
  left: number;
  lost: number;
}

/** How many waits of each were left before admitted, and in how many meetings one was really lost. */
async function leftBy(reader: Reader, them: SQL, of: Range | null): Promise<LeftOf[]> {
  return reader.execute<LeftOf & Record<string, unknown>>(sql`
    with members as (${membersOf(them)})
    select x.person as id, ${LEFT_FIGURES}
    from members x cross join lateral (
      select * from waits w where w.identity = x.identity and ${leftBeforeAdmitted("w")} offset 0
    ) w
    where ${waitsWithin(of)}
    group by x.person`);
}

/** Of waits `w` that were left before admitted. */
export const LEFT_FIGURES = sql`count(*)::int as "left",
  (count(distinct w.meeting_id) filter (where ${reallyLost("w")}))::int as lost`;

/** Whether a wait `w` is of a meeting that counts. */
export function waitsWithin(of: Range | null): SQL {
  if (of === null) return sql`true`;
  // Nobody waits before they are first known of: by the index, without looking at what was long ago.
  const since = of.from === null ? sql`` : sql`w.started_at >= ${of.from} and`;
  return sql`${since} exists (
    select from attendances a
    where a.meeting_id = w.meeting_id and a.person_id = w.person_id and ${within(of)}
  )`;
}
