import { and, desc, eq, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { MOST_COUNTED, type Total, totalOf } from "#domain/lists/total.ts";
import { peopleReading, since, storedInOrder } from "./people.ts";
import { within } from "./people-figures.ts";
import { narrowing, type PeopleFilter } from "./people-filter.ts";

const LAST_MET = { sort: "last", order: "desc", isDown: true, limit: COUNTED_LIMIT } as const;

/** This many attendances have more people than are counted, unless most come again and again. */
const LOOKED_AT = 3 * MOST_COUNTED;

/**
 * How many people a list has, whatever its order: by when they were last met, which is stored, wherever the
 * period reaches up to now. Otherwise by attendances: the latest of them, where these are all, or already
 * show more people than are counted; otherwise all. One statement, and those before it that the list takes
 * too.
 */
export async function countPeople(reader: Reader, filter: PeopleFilter): Promise<Total> {
  const [way, conditions] = await Promise.all([
    peopleReading(reader, filter, LAST_MET),
    narrowing(reader, filter, true),
  ]);
  if (way !== "summed") {
    const wanted = and(...conditions, way === "whole" ? undefined : since(filter));
    return countOf(reader, storedInOrder(wanted, LAST_MET));
  }
  const identities = parts
    .select({ identity: attendances.identity })
    .from(attendances)
    .where(and(isNotNull(attendances.identity), within(filter)));
  const latest = parts.$with("latest").as(
    parts
      .select({ identity: attendances.identity })
      .from(attendances)
      .where(and(isNotNull(attendances.identity), within(filter)))
      .orderBy(desc(attendances.firstAt))
      .limit(LOOKED_AT + 1),
  );
  const found = parts.$with("found").as(peopleOf(sql`select * from ${latest}`, conditions));
  const countFound = sql`(select count(*) from ${found})`;
  const [row] = await reader
    .with(latest, found)
    .select({
      found: sql<number>`(case
        when (select count(*) from ${latest}) <= ${LOOKED_AT} or ${countFound} > ${MOST_COUNTED}
        then ${countFound}
        else (select count(*) from ${peopleOf(identities.getSQL(), conditions)} every_one) end)::int`,
    })
    .from(oneRow);
  return totalOf(row?.found ?? 0);
}

/** The people that identities belong to, each once: parts of a joined person stand for the whole. */
function peopleOf(identities: SQL, conditions: readonly SQL[]) {
  const own = alias(people, "own");
  const whole = parts
    .selectDistinct({ id: sql<string>`coalesce(${own.partOf}, ${own.id})`.as("whole") })
    .from(sql`(select distinct identity from (${identities}) every_one) each_one`)
    .innerJoin(own, sql`${own.id} = each_one.identity`)
    .as("found_whole");
  return parts
    .select({ one: sql`1`.as("one") })
    .from(whole)
    .innerJoin(people, eq(people.id, whole.id))
    .where(and(...conditions))
    .limit(COUNTED_LIMIT);
}

/** Guests without a name, each in one meeting only. One statement. */
export async function countUnnamed(reader: Reader, filter: PeopleFilter): Promise<number> {
  const [row] = await reader
    .select({ count: sql<number>`count(*)::int` })
    .from(attendances)
    .where(
      and(
        isNull(attendances.identity),
        isNotNull(attendances.firstAt),
        not(attendances.isNoteTaker),
        within(filter),
      ),
    );
  return row?.count ?? 0;
}
