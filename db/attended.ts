import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { sources } from "./schema/accounts.ts";
import { people } from "./schema/people.ts";
import { attendances } from "./schema/told.ts";

/*
 * What people attended, for those who keep it and for those who read it. A person is one of `people` and all
 * that are part of it. Sets of sets, which only SQL can say: their own columns are the tables', whatever else
 * has a name is told here.
 */

/** The attendances that are summed up; the conditions of others speak of them by this name. */
const a = alias(attendances, "a");
const b = alias(attendances, "b");
const o = alias(people, "o");
const p = alias(people, "p");

/** People and all their parts: `person`, `identity`, and whether the person is a joined one. */
export function membersOf(ids: SQL): SQL {
  return sql`
    select ${p.id} as person, ${p.id} as identity, false as joined from ${people} ${p}
    where ${p.id} = any(${ids}) and ${p.knownBy} <> 'joined'
    union all
    select ${p.partOf}, ${p.id}, true from ${people} ${p} where ${p.partOf} = any(${ids})`;
}

/**
 * Two parts of a query, `attended` and `a`: a row for each person of `members` and meeting `a.meeting_id`
 * they were at, of attendances that meet a condition. Where several parts of a joined one, or several of one
 * name, were at a meeting, what they attended is the length of the union of their visits, those no further
 * apart than the grace joined: as `attended` of a story has it. Nobody attends two hours in one.
 */
export function attendedByMembers(condition: SQL = sql`true`): SQL {
  return sql`
    attended as (
      select x.person as id, x.joined, ${a.meetingId} as meeting_id, min(${a.firstAt}) as first_at,
        max(${a.firstAt}) as latest_at, count(*) as rows,
        sum(${a.attendedMs})::bigint as attended_ms, count(${a.openSince})::int as open_count,
        coalesce(sum(${a.openSince}), 0)::bigint as open_sum,
        sum(${a.unknownMs})::bigint as unknown_ms, sum(${a.waitCount})::int as wait_count,
        sum(${a.admittedCount})::int as admitted_count, sum(${a.admittedMs})::bigint as admitted_ms
      from members x cross join lateral (
        select * from ${attendances} ${a} where ${a.identity} = x.identity and ${condition}
        -- Each member's own, by the index: not everybody's of the time, to be thrown away.
        offset 0
      ) ${a}
      group by x.person, x.joined, ${a.meetingId}
    ), a as (
      select t.id, t.meeting_id, t.first_at, t.latest_at, t.unknown_ms, t.wait_count, t.admitted_count, t.admitted_ms,
        case when t.joined then 1 else t.rows end as rows,
        case when t.rows > 1 then u.attended_ms else t.attended_ms end as attended_ms,
        case when t.rows > 1 then u.open_count else t.open_count end as open_count,
        case when t.rows > 1 then u.open_sum else t.open_sum end as open_sum
      from attended t cross join lateral (
        select coalesce(sum(upper(span) - lower(span) - grace) filter (where not upper_inf(span)), 0)
            as attended_ms,
          count(*) filter (where upper_inf(span)) as open_count,
          coalesce(sum(lower(span)) filter (where upper_inf(span)), 0) as open_sum
        from (
          select unnest(range_agg(int8range((v ->> 'joinedAt')::bigint,
              -- What has no end yet stays without one: the greatest of nothing and something is something.
              case when v ->> 'leftAt' is not null
                then greatest((v ->> 'leftAt')::bigint, (v ->> 'joinedAt')::bigint) end
              + ${sources.graceMs}))) as span,
            min(${sources.graceMs}) as grace
          from (
            select t.id union all select ${o.id} from ${people} ${o} where ${o.partOf} = t.id
          ) i cross join lateral (
            select ${sources.graceMs} from ${sources}
            where ${sources.id} = (select ${o.sourceId} from ${people} ${o} where ${o.id} = i.id)
          ) ${sources} cross join lateral (
            select ${b.visits} from ${attendances} ${b}
            where ${b.identity} = i.id and ${b.meetingId} = t.meeting_id offset 0
          ) ${b} cross join lateral jsonb_array_elements(${b.visits}) v
          where t.rows > 1
        ) spans
      ) u
    )`;
}

/** The whole of what is told of rows of `a`, as `people` keep it. */
export const SUMS = sql.raw(`
  min(a.first_at) as first_at, max(a.latest_at) as last_at, count(*)::int as meetings,
  (sum(a.rows) - count(*))::int as namesakes, sum(a.attended_ms)::bigint as attended_ms,
  sum(a.open_count)::int as open_count, sum(a.open_sum)::bigint as open_sum,
  sum(a.unknown_ms)::bigint as unknown_ms,
  sum(a.wait_count)::int as wait_count, sum(a.admitted_count)::int as admitted_count,
  sum(a.admitted_ms)::bigint as admitted_ms`);
