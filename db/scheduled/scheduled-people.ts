import { and, desc, eq, gte, isNotNull, isNull, lt, ne, not, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { classListEntries, rosterAliases } from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RosterAlias } from "#domain/scheduled/entry-key.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { JoinedPerson, SeenInMeeting } from "#domain/scheduled/seen.ts";
import { HELD_IN } from "./reading-scheduled.ts";

/** What operators entered that people on their rosters are also known by. One statement. */
export async function aliasesOf(
  reader: Reader,
  ids: readonly string[],
): Promise<(RosterAlias & { scheduledId: string })[]> {
  const { entry, knownBy, value, seenAs, by, at, rosterId } = rosterAliases;
  const { id, classListId } = scheduledMeetings;
  return reader
    .select({ scheduledId: id, entry, knownBy, value, seenAs, by })
    .from(scheduledMeetings)
    .innerJoin(rosterAliases, eq(rosterId, sql`coalesce(${classListId}, ${id})`))
    .where(isOneOf(id, ids))
    .orderBy(at, value);
}

/** The rosters of scheduled meetings, in their order: of a class list, or their own. One statement. */
export async function rostersOf(
  reader: Reader,
  ids: readonly string[],
): Promise<(ExpectedPerson & { scheduledId: string })[]> {
  const { position, name, userId, email, role } = expectedPeople;
  const own = reader
    .select({ scheduledId: expectedPeople.scheduledId, position, name, userId, email, role })
    .from(expectedPeople)
    .where(isOneOf(expectedPeople.scheduledId, ids));
  const ofLists = reader
    .select({
      scheduledId: scheduledMeetings.id,
      position: classListEntries.position,
      name: classListEntries.name,
      userId: classListEntries.userId,
      email: classListEntries.email,
      role: classListEntries.role,
    })
    .from(scheduledMeetings)
    .innerJoin(classListEntries, eq(classListEntries.listId, scheduledMeetings.classListId))
    .where(isOneOf(scheduledMeetings.id, ids));
  return own.unionAll(ofLists).orderBy(sql`1`, sql`2`);
}

/**
 * All people of the meetings in the rooms and times of scheduled meetings: meetings first heard of in them,
 * and the one before, which may have gone on; with the person an operator joined them to. One statement.
 */
export async function seenFor(
  reader: Reader,
  ids: readonly string[],
): Promise<(SeenInMeeting & { scheduledId: string; seq: number })[]> {
  const { startsAt, endsAt } = scheduledMeetings;
  const { firstAt } = meetings;
  const ofRoom = (when: SQL | undefined) =>
    parts
      .select({ id: meetings.id, seq: meetings.seq })
      .from(meetings)
      .where(
        and(
          eq(meetings.roomId, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`),
          isNull(meetings.mergedInto),
          when,
        ),
      );
  // A place has had many rooms, each with its one meeting: only one that did not end before may have gone on.
  const mayGoOn = or(
    eq(rooms.key, scheduledMeetings.room),
    ne(meetings.status, "ended"),
    gte(sql`coalesce(${meetings.endedAt}, ${meetings.tipAt})`, startsAt),
  );
  const inRoom = ofRoom(and(gte(firstAt, startsAt), lt(firstAt, endsAt)))
    .unionAll(
      ofRoom(and(lt(firstAt, startsAt), mayGoOn))
        .orderBy(desc(firstAt))
        .limit(1),
    )
    .as("in_room");
  const joined = parts
    .select({ id: people.id, partOf: people.partOf })
    .from(people)
    .where(isNotNull(people.partOf))
    .as("joined");
  const part = alias(people, "part");
  const userIds = parts
    .select({ all: sql`json_agg(distinct ${part.userId})` })
    .from(part)
    .where(and(eq(part.partOf, joined.partOf), isNotNull(part.userId)));
  const nameKeys = parts
    .select({ all: sql`json_agg(distinct ${aliases.nameKey})` })
    .from(part)
    .innerJoin(aliases, eq(aliases.identity, part.id))
    .where(eq(part.partOf, joined.partOf));
  const whole = jsonObject({
    id: joined.partOf,
    userIds: sql<string[]>`coalesce(${userIds}, '[]')`,
    nameKeys: sql<string[]>`coalesce(${nameKeys}, '[]')`,
  });
  return reader
    .select({
      scheduledId: scheduledMeetings.id,
      seq: inRoom.seq,
      meetingId: attendances.meetingId,
      personId: attendances.personId,
      name: attendances.name,
      userId: attendances.userId,
      visits: attendances.visits,
      waits: attendances.waits,
      tenures: attendances.tenures,
      joined: sql<JoinedPerson | null>`case when ${joined.partOf} is not null then ${whole} end`,
    })
    .from(scheduledMeetings)
    .innerJoin(rooms, HELD_IN)
    .crossJoinLateral(inRoom)
    .innerJoin(attendances, and(eq(attendances.meetingId, inRoom.id), not(attendances.isNoteTaker)))
    .leftJoin(joined, eq(joined.id, attendances.identity))
    .where(isOneOf(scheduledMeetings.id, ids));
}

/** Which of some scheduled meetings were watched: there was a meeting in their rooms in their time. One statement. */
export async function watchedAmong(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { id, startsAt, endsAt } = scheduledMeetings;
  const rows = await reader
    .selectDistinct({ id })
    .from(scheduledMeetings)
    .innerJoin(rooms, HELD_IN)
    .innerJoin(meetings, eq(meetings.roomId, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`))
    .where(
      and(
        isOneOf(id, ids),
        isNull(meetings.mergedInto),
        lt(meetings.firstAt, endsAt),
        or(
          ne(meetings.status, "ended"),
          gte(sql`coalesce(${meetings.endedAt}, ${meetings.tipAt})`, startsAt),
        ),
      ),
    );
  return new Set(rows.map((row) => row.id));
}
