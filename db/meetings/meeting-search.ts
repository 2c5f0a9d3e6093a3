import {
  and,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  ne,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { alias, type SelectedFields } from "drizzle-orm/pg-core";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { foldName } from "#domain/identity/name.ts";

/*
 * What finds meetings by who was in them or what they are called, wherever in the past they lie. The
 * conditions are about `meetings` and `rooms`.
 */

/** Meetings of a person: of somebody's id, user id or name. */
export function personCondition(person: string): SQL {
  // Who is known to the provider is called by that; else their id is that of a connection.
  const userIds = person.startsWith(USER) ? [person, person.slice(USER.length)] : [person];
  const attended = (condition: SQL | undefined) =>
    parts.select({ id: attendances.meetingId }).from(attendances).where(condition);
  const own = attended(isOneOf(attendances.userId, userIds)).unionAll(
    attended(sql`${attendances.nameKey} = ${foldName(person)}`),
  );
  return inArray(
    meetings.id,
    person.startsWith(CONNECTION)
      ? own.unionAll(attended(and(eq(attendances.personId, person), isNull(attendances.userId))))
      : own,
  );
}

const USER = "u:";
const CONNECTION = "c:";

/** Above so many finds a text is so common that the newest meetings with it are soon found by looking. */
const RARE = 2_000;

/**
 * Meetings with the words of a text in the room and its title, or in a name of somebody who was there: also one
 * they had elsewhere, or that somebody has whom an operator said they are. One statement finds out whether few
 * have it: then these are looked up, else the meetings are looked through in the order of the list. Either way
 * it reads about so many rows, whatever the length of the past.
 */
export async function textCondition(reader: Reader, text: string): Promise<SQL> {
  const [isNamed, isCalled] = [hasWords(rooms.words, text), hasWords(aliases.words, text)];
  const called = parts.$with("called").as(
    parts
      .select({ identity: aliases.identity })
      .from(aliases)
      .where(isCalled)
      .limit(RARE + 1),
  );
  const [part, other] = [alias(people, "part"), alias(people, "other")];
  const wanted = parts.$with("wanted").as(
    parts
      .select({ identity: called.identity })
      .from(called)
      .union(
        parts
          .select({ identity: other.id })
          .from(called)
          .innerJoin(part, eq(part.id, called.identity))
          .innerJoin(other, eq(other.partOf, part.partOf)),
      ),
  );
  const attended = parts
    .select({ id: attendances.meetingId })
    .from(attendances)
    .where(eq(attendances.identity, wanted.identity))
    .limit(RARE + 1)
    .as("attended");
  const held = parts
    .select({ id: meetings.id })
    .from(meetings)
    .where(and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)))
    .limit(RARE + 1)
    .as("held");
  const found = parts
    .select({ id: attended.id })
    .from(wanted)
    .crossJoinLateral(attended)
    .limit(RARE + 1)
    .unionAll(parts.select({ id: held.id }).from(rooms).crossJoinLateral(held).where(isNamed))
    .limit(RARE + 1)
    .as("found");
  // As the database writes an array, and so it is handed back.
  const ids = sql<string | null>`
    case when count(*) <= ${RARE} then coalesce(array_agg(${found.id}), '{}')::text end`;
  const who = sql<string | null>`
    case when (select count(*) from ${called}) <= ${RARE} then array(select ${wanted.identity} from ${wanted})::text end`;
  const [few] = await reader.with(called, wanted).select({ ids, who }).from(found);
  if (few !== undefined && few.ids !== null) {
    return sql`${meetings.id} = any(${few.ids}::uuid[])`;
  }
  const somebody = few !== undefined && few.who !== null ? among(few.who) : whoIs(isCalled);
  return sql`(${isNamed} or exists ${somebody})`;
}

const IN_MEETING = eq(attendances.meetingId, meetings.id);

/** Somebody of few who was there: all who were are looked through, which is less than to ask of whom anything is. */
function among(identities: string) {
  const own = parts.select().from(attendances).where(IN_MEETING).offset(0);
  return parts
    .select({ one: sql`1` })
    .from(standingFor(attendances, own))
    .where(sql`${attendances.identity} = any(${identities}::uuid[])`);
}

/** Somebody who was there and has such a name. */
function whoIs(isCalled: SQL) {
  const own = namesOf({ one: sql`1`.as("one") }, attendances.identity, isCalled)
    .limit(1)
    .as("own");
  return parts.select({ one: sql`1` }).from(attendances).crossJoinLateral(own).where(IN_MEETING);
}

/** Of the `aliases` that meet a condition, of an identity and of all that are one with it. */
export function namesOf<F extends SelectedFields>(fields: F, identity: SQLWrapper, condition: SQL) {
  const [own, other, others] = [
    alias(people, "own"),
    alias(people, "other"),
    alias(aliases, "others"),
  ];
  const names = parts
    .select()
    .from(aliases)
    .where(eq(aliases.identity, identity))
    .unionAll(
      parts
        .select(getTableColumns(others))
        .from(own)
        .innerJoin(other, and(eq(other.partOf, own.partOf), ne(other.id, own.id)))
        .innerJoin(others, eq(others.identity, other.id))
        .where(and(eq(own.id, identity), isNotNull(own.partOf))),
    );
  return parts.select(fields).from(standingFor(aliases, names)).where(condition);
}
