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
import { mayFindByName } from "#db/access/sight/seeing.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { foldName } from "#domain/identity/name.ts";

/*
 * Conditions that find meetings by who was in them or by their title, wherever in the past they lie. They are
 * about `meetings` and `rooms`.
 */

/** Meetings of a person: by id, user id or name. */
export function personCondition(person: string): SQL {
  if (!mayFindByName()) return sql`false`;
  // A person known to the provider is identified by user id; otherwise by the id of a connection.
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

/** Above so many hits a text is so common that the newest meetings with it are soon found by looking. */
const RARE = 2_000;
/** An array without elements, as PostgreSQL writes it. */
const NONE = "{}";

/**
 * Meetings with the words of a text in the room and its title, or in a name of a person who was there: also
 * one they had elsewhere, or one of a person that an operator joined with them. One statement finds out
 * whether there are few hits: then these are looked up, otherwise the meetings are read in the order of the
 * list. Either way it reads about so many rows, whatever the length of the past.
 */
export async function textCondition(reader: Reader, text: string): Promise<SQL> {
  const [isNamed, isCalled] = [hasWords(rooms.words, text), hasWords(aliases.words, text)];
  const [few] = await hits(reader, "once", { isNamed, isCalled });
  if (few?.ids === NONE) return sql`false`;
  if (few !== undefined && few.ids !== null) {
    // By a query: of a written out array the planner weighs every element, which takes longer than the list.
    return sql`${meetings.id} = any(array(select unnest(${few.ids}::uuid[])))`;
  }
  const attendee =
    few !== undefined && few.who !== null ? attendedByAny(few.who) : attendedByNamed(isCalled);
  return sql`(${isNamed} or ${attendee})`;
}

/** The meetings with a text, and the people who have it in a name; `null` where they are too many. */
const hits = madeOnce((reader, { isNamed, isCalled }: { isNamed: SQL; isCalled: SQL }) => {
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
  const inRoom = parts
    .select({ id: meetings.id })
    .from(meetings)
    .where(and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)))
    .limit(RARE + 1)
    .as("in_room");
  const found = parts
    .select({ id: attended.id })
    .from(wanted)
    .crossJoinLateral(attended)
    .limit(RARE + 1)
    .unionAll(parts.select({ id: inRoom.id }).from(rooms).crossJoinLateral(inRoom).where(isNamed))
    .limit(RARE + 1)
    .as("found");
  // The array stays in PostgreSQL's text form, and is sent back so.
  const ids = sql<string | null>`
    case when count(*) <= ${RARE} then coalesce(array_agg(${found.id}), ${NONE})::text end`;
  const who = sql<string | null>`
    case when (select count(*) from ${called}) <= ${RARE} then array(select ${wanted.identity} from ${wanted})::text end`;
  return reader.with(called, wanted).select({ ids, who }).from(found);
});

const IN_MEETING = eq(attendances.meetingId, meetings.id);

/**
 * Whether one of a few people was there: all attendances of the meeting are read, which is cheaper than a
 * lookup for each person. Not as a condition: of one, the planner weighs every person of the array. By a query, so
 * that they are looked up in a table also where the statement was planned before they were known.
 */
function attendedByAny(identities: string): SQL {
  return sql`${parts
    .select({
      was: sql`bool_or(${attendances.identity} in (select unnest(${identities}::uuid[])))`,
    })
    .from(attendances)
    .where(IN_MEETING)}`;
}

/** Whether a person was there who has such a name. */
function attendedByNamed(isCalled: SQL): SQL {
  const own = namesOf({ one: sql`1`.as("one") }, attendances.identity, isCalled)
    .limit(1)
    .as("own");
  return sql`exists ${parts.select({ one: sql`1` }).from(attendances).crossJoinLateral(own).where(IN_MEETING)}`;
}

/** Fields of the `aliases` that meet a condition, of an identity and of all that are joined with it. */
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
