import { type SQL, sql } from "drizzle-orm";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import type { Suggested, Suggestion, Suggestions } from "#domain/history/people.ts";
import type { PeopleFilter } from "./people.ts";
import { KNOWN_AS, within } from "./people-figures.ts";

/** Of a name that very many have, nobody could look at every pair. */
const MOST_OF_A_NAME = 20;
/** So many names of one person are looked at. */
const MOST_NAMES = 50;
/** So many pairs are counted. */
const MOST_COUNTED = 100;
/** Names that several have, read until there are enough pairs: nearly always the first are enough. */
const AT_ONCE = [200, 2_000, 8_000];

interface Row extends Record<string, unknown> {
  nameKey: string;
  person: string;
  suggested: Suggested & { name: string };
  /** Whether they are of what the list shows. */
  listed: boolean;
  /** Those of whom somebody said that they are not the same. */
  apart: string[] | null;
}

/**
 * Who may be one, because they go or went by the same name and are not joined yet: nobody of whom an operator
 * said that they are not, and two user ids of one source are two people, whatever they are called. Of each pair
 * one is of what a list of people shows. The first `shown` in the order of names, and how many there are. One
 * statement, which reads names in order; up to three where there are many of whom nothing is to be said.
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

/** The names that several have, from a name on. By the index of names alone; those that are found by words. */
async function sharedNames(
  reader: Reader,
  filter: PeopleFilter,
  after: string | null,
  most: number,
): Promise<Row[][]> {
  const conditions = [
    ...(filter.q === null ? [] : [hasWords(sql`l.words`, filter.q)]),
    ...(after === null ? [] : [sql`l.name_key > ${after}`]),
  ];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const names = sql`
    select l.name_key from aliases l ${where}
    group by l.name_key having count(*) > 1 order by l.name_key limit ${sql.raw(String(most))}`;
  return groups(await reader.execute<Row>(ofNames(names, listed(filter))));
}

/** Who may be one with somebody. One statement. */
export async function suggestedFor(
  reader: Reader,
  person: string,
  most: number,
): Promise<Suggestion[]> {
  const names = sql`
    select distinct l.name_key from aliases l join people p on p.id = l.identity
    where p.id = ${person}::uuid or p.part_of = ${person}::uuid limit ${sql.raw(String(MOST_NAMES))}`;
  return groups(await reader.execute<Row>(ofNames(names, sql`true`)))
    .flatMap((group) => pairsOf(group, person))
    .slice(0, most);
}

function groups(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, ({ nameKey }) => nameKey).values()];
}

/** Whether people `o` were at a meeting of what a list shows. */
function listed({ source, q: _, ...range }: PeopleFilter): SQL {
  const conditions: SQL[] = [];
  if (source !== null) {
    conditions.push(isMeetingId(source) ? sql`o.source_id = ${source}::uuid` : sql`false`);
  }
  if (Object.values(range).some((value) => value !== null)) {
    conditions.push(sql`exists (
      select from attendances a where a.identity = o.id and ${within(range)})`);
  }
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** Everybody who has one of the names, the first of each. */
function ofNames(names: SQL, isListed: SQL): SQL {
  return sql`
    select n.name_key as "nameKey", f.person, f.suggested, f.listed, f.apart
    from (${names}) n cross join lateral (
      select coalesce(o.part_of, o.id) as person,
        (${KNOWN_AS}::jsonb || jsonb_build_object('name', l.name, 'meetings', o.meetings,
          'lastAt', o.last_at)) as suggested,
        ${isListed} as listed, (${APART}) as apart
      from aliases l join people o on o.id = l.identity join sources c on c.id = o.source_id
      where l.name_key = n.name_key
      order by o.known_by = 'name', o.last_at desc, o.id limit ${sql.raw(String(MOST_OF_A_NAME))}
    ) f
    order by n.name_key`;
}

/** Of whom an operator said that they are not the same as `o`, or as somebody who is one with them. */
const APART = sql.raw(`
  select json_agg(coalesce(q.part_of, q.id)) from people own
    join people_apart x on (x.one = own.id or x.other = own.id) and x.undone_at is null
    join people q on q.id = case when x.one = own.id then x.other else x.one end
  where own.id = o.id or own.part_of = o.part_of`);

/** Each of a name with the first before them who may be the same; of one person, that person with each. */
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
  const bothKnown = one.suggested.knownBy === "user_id" && other.suggested.knownBy === "user_id";
  const areTwo = bothKnown && one.suggested.source.id === other.suggested.source.id;
  return !areTwo && !one.apart?.includes(other.person) && (one.listed || other.listed);
}
