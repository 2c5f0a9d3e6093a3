import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { attendedByMembers, membersOf, SUMS } from "#db/attended.ts";
import type { Reader } from "#db/reading/meeting.ts";
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
    reader.execute<Omit<Figured, "leftCount"> & Record<string, unknown>>(sql`
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
  const leftOf = new Map(left.map(({ id, count }) => [id, count]));
  return rows.map((row) => ({ ...row, leftCount: leftOf.get(row.rowId) ?? 0 }));
}

/** A `KnownAs` of `people o` and their `sources c`. */
export const KNOWN_AS = sql.raw(`json_build_object('id', o.id, 'knownBy', o.known_by,
  'userId', o.user_id, 'name', o.name,
  'source', json_build_object('id', c.id, 'provider', c.provider, 'name', c.name))`);

/** How many meetings each left before they were admitted; as `countLeft` counts people of a meeting. */
async function leftBy(
  reader: Reader,
  them: SQL,
  of: Range | null,
): Promise<{ id: string; count: number }[]> {
  return reader.execute<{ id: string; count: number }>(sql`
    with members as (${membersOf(them)})
    select x.person as id, count(distinct w.meeting_id)::int as count
    from members x cross join lateral (
      select * from waits w where w.identity = x.identity and w.outcome = 'left' offset 0
    ) w
    where ${leftFor(of)}
    group by x.person`);
}

/** Whether a wait `w` is of a meeting that somebody left for good before they were admitted. */
export function leftFor(of: Range | null): SQL {
  const lost = sql`w.outcome = 'left' and not exists (
    select from waits later
    where later.meeting_id = w.meeting_id and later.person_id = w.person_id
      and (later.returned or later.outcome = 'came_back')
  )`;
  if (of === null) return lost;
  // Nobody waits before they are first known of: by the index, without looking at what was long ago.
  const since = of.from === null ? sql`` : sql`w.started_at >= ${of.from} and`;
  return sql`${since} ${lost} and exists (
    select from attendances a
    where a.meeting_id = w.meeting_id and a.person_id = w.person_id and ${within(of)}
  )`;
}
