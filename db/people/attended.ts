import { and, eq, type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { parts } from "#db/sql/dialect.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { named } from "#db/sql/table-columns.ts";

/*
 * What people attended, for writing the sums and for reading them. A person is a row of `people` and all rows
 * that are part of it. Only SQL can express these sets of sets: their columns have the types of the tables'
 * columns, and other names are explained here.
 */

/** People and all their parts: `person`, `identity`, and whether the person is a joined one. */
export function joinedPartsOf(ids: SQL): SQL {
  return sql`
    select ${people.id} as person, ${people.id} as identity, false as joined from ${people}
    where ${people.id} = any(${ids}) and ${people.knownBy} <> 'joined'
    union all
    select ${people.partOf}, ${people.id}, true from ${people} where ${people.partOf} = any(${ids})`;
}

const MEMBER = {
  person: sql<string>`person`.as("person"),
  identity: aliases.identity,
  joined: sql<boolean>`joined`.as("joined"),
};

/** The same as the CTE `joined_parts` of a query. */
export function withJoinedParts(ids: readonly string[]) {
  return parts.$with("joined_parts", MEMBER).as(joinedPartsOf(list("uuid", ids)));
}

/** The CTE `a` of a query: what `attendedOf` gives. */
export function attendedByParts(condition?: SQL): SQL {
  return sql`a as (${attendedOf(condition)})`;
}

/** The columns of a person in a meeting, typed by columns with the same meaning. */
const ATTENDED = {
  id: people.id,
  meetingId: attendances.meetingId,
  firstAt: people.firstAt,
  attendedMs: people.attendedMs,
  openCount: people.openCount,
  openSum: people.openSum,
};

/** The same, to read from. */
export function withAttended(condition: SQL | undefined) {
  return parts.$with("a", ATTENDED).as(attendedOf(condition));
}

/**
 * A row for each person of `joined_parts` and each meeting of theirs, from `attendances` that meet a condition.
 * Where several parts or namesakes were at a meeting, the attended time is the union of their visits, gaps up
 * to the grace closed, as in a `PersonView`: no person attends two hours in one.
 */
function attendedOf(condition: SQL | undefined): SQL {
  const { id, partOf, sourceId } = people;
  const { identity, meetingId, firstAt } = attendances;
  const own = parts
    .select()
    .from(attendances)
    .where(and(sql`${identity} = joined_parts.identity`, condition))
    // Each member's own rows, by the index: not all rows of the period, to be filtered.
    .offset(0);
  return sql`
    select t.id, t.meeting_id, t.first_at, t.latest_at, t.unknown_ms, t.wait_count, t.admitted_count, t.admitted_ms,
      case when t.joined then 1 else t.rows end as rows,
      case when t.rows > 1 then u.attended_ms else t.attended_ms end as attended_ms,
      case when t.rows > 1 then u.open_count else t.open_count end as open_count,
      case when t.rows > 1 then u.open_sum else t.open_sum end as open_sum
    from (
      select joined_parts.person as id, joined_parts.joined, ${meetingId} as meeting_id,
        min(${firstAt}) as first_at, max(${firstAt}) as latest_at, count(*) as rows,
        sum(${attendances.attendedMs})::bigint as attended_ms,
        count(${attendances.openSince})::int as open_count,
        coalesce(sum(${attendances.openSince}), 0)::bigint as open_sum,
        sum(${attendances.unknownMs})::bigint as unknown_ms,
        sum(${attendances.waitCount})::int as wait_count,
        sum(${attendances.admittedCount})::int as admitted_count,
        sum(${attendances.admittedMs})::bigint as admitted_ms
      from joined_parts cross join lateral ${standingFor(attendances, own)}
      group by joined_parts.person, joined_parts.joined, ${meetingId}
    ) t cross join lateral (
      select coalesce(sum(upper(span) - lower(span) - grace) filter (where not upper_inf(span)), 0)
          as attended_ms,
        count(*) filter (where upper_inf(span)) as open_count,
        coalesce(sum(lower(span)) filter (where upper_inf(span)), 0) as open_sum
      from (
        select unnest(range_agg(int8range((v ->> 'joinedAt')::bigint,
            -- A visit without an end stays without one: greatest() would ignore the null.
            case when v ->> 'leftAt' is not null
              then greatest((v ->> 'leftAt')::bigint, (v ->> 'joinedAt')::bigint) end
            + s.grace_ms))) as span,
          min(s.grace_ms) as grace
        from (
          select t.id union all select ${id} from ${people} where ${partOf} = t.id
        ) i cross join lateral (
          select ${sources.graceMs} as grace_ms from ${sources}
          where ${sources.id} = (select ${sourceId} from ${people} where ${id} = i.id)
        ) s cross join lateral (
          select ${attendances.visits} as visits from ${attendances}
          where ${identity} = i.id and ${eq(meetingId, sql`t.meeting_id`)} offset 0
        ) b cross join lateral jsonb_array_elements(b.visits) v
        where t.rows > 1
      ) spans
    ) u`;
}

/** The sums over rows of `a`, by the names of the columns of `people` that store them. */
export const SUMS: SQL = sql`
  min(a.first_at) as ${named(people.firstAt)}, max(a.latest_at) as ${named(people.lastAt)},
  count(*)::int as ${named(people.meetings)},
  (sum(a.rows) - count(*))::int as ${named(people.namesakes)},
  sum(a.attended_ms)::bigint as ${named(people.attendedMs)},
  sum(a.open_count)::int as ${named(people.openCount)},
  sum(a.open_sum)::bigint as ${named(people.openSum)},
  sum(a.unknown_ms)::bigint as ${named(people.unknownMs)},
  sum(a.wait_count)::int as ${named(people.waitCount)},
  sum(a.admitted_count)::int as ${named(people.admittedCount)},
  sum(a.admitted_ms)::bigint as ${named(people.admittedMs)}`;
