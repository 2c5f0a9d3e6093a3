import { and, eq, exists, inArray, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { mayFindByName } from "#db/access/sight/seeing.ts";
import { aliases, people } from "#db/schema/people.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { isUuid } from "#domain/uuid.ts";
import type { TimeRangeOfPeople } from "./people-figures.ts";

/** What a list of people is narrowed to; `null` for no limit. */
export interface PeopleFilter extends TimeRangeOfPeople {
  source: string | null;
  /** Text in a name that they had, or a user id. */
  q: string | null;
}

/** Above so many hits a text is looked for in the order of the list. */
const RARE = 2_000;

/**
 * Conditions on `people`, parts of joined people standing for the whole. A text that many people have is
 * checked person by person, as a page in order needs only the first, or for all of them at once
 * (`isCounted`).
 */
export async function narrowing(
  reader: Reader,
  { source, q }: PeopleFilter,
  isCounted = false,
): Promise<SQL[]> {
  const conditions: SQL[] = [];
  if (source !== null) conditions.push(isOfSource(source));
  if (q !== null) conditions.push(await hasName(reader, q, isCounted));
  return conditions;
}

function isOfSource(source: string): SQL {
  if (!isUuid(source)) return sql`false`;
  const part = alias(people, "part");
  const matchingParts = parts
    .select({ one: sql`1` })
    .from(part)
    .where(and(eq(part.partOf, people.id), eq(part.sourceId, source)));
  return sql`(${eq(people.sourceId, source)} or ${people.knownBy} = 'joined' and exists ${matchingParts})`;
}

/**
 * People who had a name with the words of a text, or have that user id. One statement before, as for texts in
 * meetings.
 */
async function hasName(reader: Reader, text: string, isCounted: boolean): Promise<SQL> {
  const isNamed = hasWords(aliases.words, text);
  const isUser = mayFindByName() ? eq(people.userId, text) : sql`false`;
  const found = await withName(reader, "anew", { isNamed, isUser });
  if (found.length <= RARE) {
    const ids = new Set(found.map(({ id }) => id));
    return isOneOf(people.id, [...ids]);
  }
  const namedPerson = alias(people, "named");
  const identitiesWhere = (condition?: SQL) =>
    parts
      .select({ id: sql`coalesce(${namedPerson.partOf}, ${namedPerson.id})` })
      .from(aliases)
      .innerJoin(namedPerson, eq(namedPerson.id, aliases.identity))
      .where(and(isNamed, condition));
  return isCounted
    ? inArray(people.id, identitiesWhere())
    : exists(identitiesWhere(or(eq(namedPerson.id, people.id), eq(namedPerson.partOf, people.id))));
}

/** People by a name, or their user id. */
const withName = madeOnce((reader, { isNamed, isUser }: { isNamed: SQL; isUser: SQL }) => {
  const identities = parts
    .select({ identity: aliases.identity })
    .from(aliases)
    .where(isNamed)
    .limit(RARE + 1)
    .unionAll(
      parts
        .select({ identity: people.id })
        .from(people)
        .where(isUser)
        .limit(RARE + 1),
    )
    .as("found");
  return reader
    .select({ id: sql<string>`coalesce(${people.partOf}, ${people.id})` })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.identity));
});
