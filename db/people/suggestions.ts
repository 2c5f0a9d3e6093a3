import { and, desc, eq, exists, gt, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { ofSource } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { Suggested, Suggestion, Suggestions } from "#domain/people/people.ts";
import { knownAs, within } from "./people-figures.ts";
import type { PeopleFilter } from "./people-filter.ts";

/** Where very many people have one name, only so many are paired. */
const MOST_OF_A_NAME = 20;
/** So many names of one person are considered. */
const MOST_NAMES = 50;
/** So many pairs are counted at most. */
const MOST_COUNTED = 100;
/** How many shared names are read at a time, until there are enough pairs: nearly always the first are enough. */
const AT_ONCE = [200, 2_000, 8_000];

type Row = Awaited<ReturnType<typeof ofNames>>[number];

/**
 * People who may be the same, because they share a name and are not joined yet: not where an operator entered
 * that they are two, and two user ids of one source are always two people. Of each pair one is in the list of
 * people. Answers the first `shown` in the order of names, and how many there are. One statement, which reads
 * names in order; up to three where many names give no pair.
 */
export async function suggestedAmong(
  reader: Reader,
  filter: PeopleFilter,
  shown: number,
): Promise<Suggestions> {
  const pairs: Suggestion[] = [];
  let after: string | null = null;
  let isMore = false;
  for (const most of AT_ONCE) {
    const names = await sharedNames(reader, filter, after, most);
    pairs.push(...names.flatMap((group) => pairsOf(group, null)));
    isMore = pairs.length > MOST_COUNTED || names.length === most;
    after = names.at(-1)?.[0]?.nameKey ?? null;
    if (pairs.length > MOST_COUNTED || names.length < most) break;
  }
  return {
    pairs: pairs.slice(0, shown),
    count: Math.min(pairs.length, MOST_COUNTED),
    isMore,
  };
}

/** The names that several people have, after a name. Read by the index of names alone, or found by words. */
async function sharedNames(
  reader: Reader,
  filter: PeopleFilter,
  after: string | null,
  most: number,
): Promise<Row[][]> {
  const names = parts
    .select({ nameKey: aliases.nameKey })
    .from(aliases)
    .where(
      and(
        filter.q === null ? undefined : hasWords(aliases.words, filter.q),
        after === null ? undefined : gt(aliases.nameKey, after),
      ),
    )
    .groupBy(aliases.nameKey)
    .having(sql`count(*) > 1`)
    .orderBy(aliases.nameKey)
    .limit(most);
  return groups(await ofNames(reader, names, listed(filter)));
}

/** People who may be the same as a person. One statement. */
export async function suggestedFor(
  reader: Reader,
  person: string,
  most: number,
): Promise<Suggestion[]> {
  const names = parts
    .selectDistinct({ nameKey: aliases.nameKey })
    .from(aliases)
    .innerJoin(people, eq(people.id, aliases.identity))
    .where(or(eq(people.id, person), eq(people.partOf, person)))
    .limit(MOST_NAMES);
  return groups(await ofNames(reader, names, sql`true`))
    .flatMap((group) => pairsOf(group, person))
    .slice(0, most);
}

function groups(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, ({ nameKey }) => nameKey).values()];
}

/** Whether one of `people` was at a meeting that a list shows. */
function listed({ source, q: _, ...range }: PeopleFilter): SQL {
  const attended = parts
    .select({ one: sql`1` })
    .from(attendances)
    .where(and(eq(attendances.identity, people.id), within(range)));
  const isListed = and(
    source === null ? undefined : ofSource(people.sourceId, source),
    within(range) === undefined ? undefined : exists(attended),
  );
  return isListed ?? sql`true`;
}

/** All people who have one of the names, the first of each. */
function ofNames(reader: Reader, names: SQLWrapper, isListed: SQL) {
  const named = alias(aliases, "named");
  const found = parts
    .select({
      person: sql<string>`coalesce(${people.partOf}, ${people.id})`.as("person"),
      suggested: sql<Suggested & { name: string }>`(${knownAs(people)}::jsonb
        || jsonb_build_object('name', ${aliases.name}, 'meetings', ${people.meetings},
          'lastAt', ${people.lastAt}))`.as("suggested"),
      /** Whether they are in the list. */
      listed: sql<boolean>`${isListed}`.as("listed"),
      /** The people whom an operator entered as not the same. */
      apart: sql<string[] | null>`${apartFrom()}`.as("apart"),
    })
    .from(aliases)
    .innerJoin(people, eq(people.id, aliases.identity))
    .innerJoin(sources, eq(sources.id, people.sourceId))
    .where(eq(aliases.nameKey, named.nameKey))
    .orderBy(sql`${people.knownBy} = 'name'`, desc(people.lastAt), people.id)
    .limit(MOST_OF_A_NAME)
    .as("found");
  return reader
    .select({
      nameKey: named.nameKey,
      person: found.person,
      suggested: found.suggested,
      listed: found.listed,
      apart: found.apart,
    })
    .from(standingFor(named, names))
    .crossJoinLateral(found)
    .orderBy(named.nameKey);
}

/** The people entered as not the same as one of `people`, or as a person joined with them. */
function apartFrom() {
  const [own, other] = [alias(people, "own"), alias(people, "other")];
  const { one, other: another, undoneAt } = peopleApart;
  return parts
    .select({ ids: sql`json_agg(coalesce(${other.partOf}, ${other.id}))` })
    .from(own)
    .innerJoin(peopleApart, and(or(eq(one, own.id), eq(another, own.id)), isNull(undoneAt)))
    .innerJoin(
      other,
      eq(other.id, sql`case when ${one} = ${own.id} then ${another} else ${one} end`),
    )
    .where(or(eq(own.id, people.id), eq(own.partOf, people.partOf)));
}

/**
 * Pairs each person of a name with the first person before them who may be the same; with `of`, pairs that
 * person with each.
 */
function pairsOf(group: readonly Row[], of: string | null): Suggestion[] {
  const people = group.filter(
    ({ person }, index) => group.findIndex((other) => other.person === person) === index,
  );
  const own = people.find(({ person }) => person === of);
  return people.flatMap((row, index) => {
    const before = of === null ? people.slice(0, index) : own && own !== row ? [own] : [];
    const one = before.find((other) => mayBeOne(other, row));
    return one ? { name: one.suggested.name, one: one.suggested, other: row.suggested } : [];
  });
}

function mayBeOne(one: Row, other: Row): boolean {
  const haveUserIds = one.suggested.knownBy === "user_id" && other.suggested.knownBy === "user_id";
  const areTwo = haveUserIds && one.suggested.source.id === other.suggested.source.id;
  return !areTwo && !one.apart?.includes(other.person) && (one.listed || other.listed);
}
