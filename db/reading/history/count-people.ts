import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/reading/meeting.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/history/total.ts";
import { keptInOrder, narrowing, type PeopleFilter, type PeopleOrder, wayTo } from "./people.ts";
import { within } from "./people-figures.ts";
import { COUNTED_LIMIT, countOf } from "./total.ts";

const LAST_MET: PeopleOrder = { sort: "last", order: "desc" };

/** In so many attendances there are more people than are counted, unless most come again and again. */
const LOOKED_AT = 3 * MOST_COUNTED;

/**
 * How many people a list has, whatever its order: by when they were last met, which is kept, wherever the period
 * reaches up to now. Else by whose attendances it has: the latest of them, where these are all or tell already that
 * people are more than are counted; else all of them. One statement, and those before it that the list takes too.
 */
export async function countPeople(reader: Reader, filter: PeopleFilter): Promise<Total> {
  const [way, who] = await Promise.all([
    wayTo(reader, filter, LAST_MET),
    narrowing(reader, filter, true),
  ]);
  if (way !== "summed") {
    const since = way === "whole" ? null : filter.from;
    return countOf(reader, keptInOrder(who, since, LAST_MET, null, COUNTED_LIMIT));
  }
  const identities = sql`select a.identity from attendances a
    where a.identity is not null and ${within(filter)}`;
  const [row] = await reader.execute<{ found: number }>(sql`
    with latest as materialized (${identities} order by a.first_at desc limit ${LOOKED_AT + 1}),
      found as materialized (${peopleOf(sql`select * from latest`, who)})
    select (case
      when (select count(*) from latest) <= ${LOOKED_AT} or (select count(*) from found) > ${MOST_COUNTED}
      then (select count(*) from found)
      else (select count(*) from (${peopleOf(identities, who)}) a) end)::int as found`);
  return totalOf(row?.found ?? 0);
}

/** Who is meant by identities, each once: parts of a joined one are the whole. */
function peopleOf(identities: SQL, who: readonly SQL[]): SQL {
  const wanted = who.length > 0 ? sql.join([...who], sql` and `) : sql`true`;
  return sql`
    select from (
      select distinct coalesce(o.part_of, o.id) as id
      from (select distinct identity from (${identities}) i) i join people o on o.id = i.identity
    ) f join people p on p.id = f.id where ${wanted} limit ${COUNTED_LIMIT}`;
}
