import { type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import type { Sight } from "#domain/access/sight.ts";
import { columns, isMet, type Uses, type Visible, WORDLESS, wordless } from "./conditions.ts";

export const NAME_OF_PERSON = [people.name, people.nameKey, people.namedAt, people.sortKey];
export const SUMS_OF_PERSON = [
  ...[people.firstAt, people.lastAt, people.meetings, people.namesakes, people.attendedMs],
  ...[people.openCount, people.openSum, people.unknownMs],
  ...[people.waitCount, people.admittedCount, people.admittedMs],
];

/**
 * Of somebody what they did in meetings that are seen, and nothing else. Sums are for lists of many, so they are made
 * of everybody at once; a name alone is looked up, and so is whether somebody was there.
 */
export function peopleMet({ masked }: Sight, uses: Uses): Visible {
  if (uses(SUMS_OF_PERSON)) return { rows: peopleWithSums(masked) };
  if (!uses(NAME_OF_PERSON)) return { where: isMet(sql`${people.id}`) };
  const part = alias(people, "part");
  const { firstAt } = attendances;
  return {
    rows: sql`select ${columns(people, calledAs(sql`called`, masked))} from ${people}
      left join lateral (
        select ${attendances.name}, ${attendances.nameKey}, ${firstAt} as named_at from ${attendances}
        where ${attendances.identity} = any(array(select ${people.id}
            union all select part.id from ${people} part where ${part.partOf} = ${people.id}))
          and ${attendances.nameKey} is not null
        order by ${firstAt} desc nulls last, ${attendances.name} collate "C" desc limit 1
      ) called on true
      where ${isMet(sql`${people.id}`)}`,
  };
}

/** The latest name that is seen, and by what they are listed. */
function calledAs(from: SQL, masked: boolean) {
  const sortKey = sql`coalesce(${from}.name_key, ${people.userId}, '')`;
  return {
    ...{ name: sql`${from}.name`, nameKey: sql`${from}.name_key`, namedAt: sql`${from}.named_at` },
    sortKey: masked ? sql`left(${sortKey}, 1)` : sortKey,
  };
}

function peopleWithSums(masked: boolean): SQL {
  const given = columns(people, {
    ...calledAs(sql`met`, masked),
    ...{ firstAt: sql`coalesce(met.first_at, 0)`, lastAt: sql`coalesce(met.last_at, 0)` },
    ...{ meetings: sql`met.meetings`, namesakes: sql`met.namesakes` },
    ...{ attendedMs: sql`met.attended_ms`, openCount: sql`met.open_count` },
    ...{ openSum: sql`met.open_sum`, unknownMs: sql`met.unknown_ms` },
    ...{ waitCount: sql`met.wait_count`, admittedCount: sql`met.admitted_count` },
    admittedMs: sql`met.admitted_ms`,
  });
  const { identity, meetingId, firstAt, name, nameKey, attendedMs, openSince } = attendances;
  const { unknownMs, waitCount, admittedCount, admittedMs } = attendances;
  const taken: readonly PgColumn[] = [
    ...[meetingId, firstAt, name, nameKey, attendedMs, openSince],
    ...[unknownMs, waitCount, admittedCount, admittedMs],
  ];
  const each = sql.join(
    taken.map((column) => sql`${column}`),
    sql`, `,
  );
  const own = alias(people, "own");
  const latest = (of: string) =>
    sql`(array_agg(${sql.raw(of)} order by first_at desc nulls last, name collate "C" desc)
      filter (where name_key is not null))[1]`;
  return sql`select ${given} from ${people} join (
    select who, min(first_at) as first_at, max(first_at) as last_at,
      count(distinct meeting_id)::int as meetings,
      (count(*) - count(distinct meeting_id))::int as namesakes,
      coalesce(sum(attended_ms), 0)::bigint as attended_ms,
      count(open_since)::int as open_count, coalesce(sum(open_since), 0)::bigint as open_sum,
      coalesce(sum(unknown_ms), 0)::bigint as unknown_ms,
      coalesce(sum(wait_count), 0)::int as wait_count,
      coalesce(sum(admitted_count), 0)::int as admitted_count,
      coalesce(sum(admitted_ms), 0)::bigint as admitted_ms,
      ${latest("name")} as name, ${latest("name_key")} as name_key,
      max(first_at) filter (where name_key is not null) as named_at
    from (
      select ${identity} as who, ${each} from ${attendances} where ${identity} is not null
      union all
      select ${own.partOf}, ${each} from ${attendances} join ${people} own on ${own.id} = ${identity}
      where ${own.partOf} is not null
    ) each_met group by who
  ) met on met.who = ${people.id}`;
}

export const WHEN_NAMED = [aliases.name, aliases.firstAt, aliases.lastAt, aliases.meetings];

/** A name that somebody had in meetings that are seen, and when. */
export function namesMet({ masked }: Sight, uses: Uses): Visible {
  const { name, firstAt } = attendances;
  const had = sql`from ${attendances} where ${attendances.identity} = ${aliases.identity}
    and ${attendances.nameKey} = ${aliases.nameKey}`;
  if (!uses(WHEN_NAMED)) return wordless(aliases, { where: sql`exists (select 1 ${had})` }, masked);
  const given = columns(aliases, {
    ...{ name: sql`had.name`, firstAt: sql`had.first_at`, lastAt: sql`had.last_at` },
    meetings: sql`had.meetings`,
    ...(masked && { words: WORDLESS }),
  });
  return {
    rows: sql`select ${given} from ${aliases} cross join lateral (
      select (array_agg(${name} order by ${firstAt} desc nulls last, ${name} collate "C" desc))[1] as name,
        coalesce(min(${firstAt}), 0) as first_at, coalesce(max(${firstAt}), 0) as last_at,
        count(distinct ${attendances.meetingId})::int as meetings
      ${had}
    ) had where had.meetings > 0`,
  };
}
