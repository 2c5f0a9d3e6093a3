import { and, eq, exists, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { isLonger } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { leftBeforeAdmitted, reallyLost } from "#db/waits/wait-outcome.ts";
import type { KnownAs, PersonMet } from "#domain/people/people.ts";
import type { Ms } from "#domain/time/ms.ts";
import { attendedByMembers, SUMS, withMembers } from "./attended.ts";

/** Which of what somebody did; `null` leaves a thing open. */
export interface TimeRangeOfPeople {
  /** Of the room of their meetings. */
  room: string | null;
  /** Of their first moment in a meeting; `to` is not part of it. */
  from: Ms | null;
  to: Ms | null;
  /** Meetings at least so long, until `now` where they go on. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** Which attendances count; all of them where it leaves everything open. */
export function within({ from, to, room, longerThan }: TimeRangeOfPeople): SQL | undefined {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(gte(attendances.firstAt, from));
  if (to !== null) conditions.push(lt(attendances.firstAt, to));
  if (room !== null || longerThan !== null) {
    const ofKey = (key: string) =>
      parts.select({ id: rooms.id }).from(rooms).where(eq(rooms.key, key));
    // A meeting may begin long before somebody comes; what ended before they came is none of theirs.
    const own = parts
      .select({ id: meetings.id })
      .from(meetings)
      .where(
        and(
          isNull(meetings.mergedInto),
          room === null ? undefined : inArray(meetings.roomId, ofKey(room)),
          longerThan === null ? undefined : isLonger(longerThan),
        ),
      );
    conditions.push(inArray(attendances.meetingId, own));
  }
  return and(...conditions);
}

export type Figured = PersonMet & { rowId: string };

/** What is told of all that somebody did, kept or summed up: it has the names of what is kept. */
export const figures = alias(people, "figures");

/** A `PersonFigures` without what is told of waits. */
export const FIGURES = {
  firstAt: figures.firstAt,
  lastAt: figures.lastAt,
  meetings: figures.meetings,
  namesakes: figures.namesakes,
  attendedMs: figures.attendedMs,
  openCount: figures.openCount,
  openSum: figures.openSum,
  unknownMs: figures.unknownMs,
  waitCount: figures.waitCount,
  admittedCount: figures.admittedCount,
  admittedMs: figures.admittedMs,
};

/** People of `people` with what they did: all in all, or where `of` says. Two statements. */
export async function figuresOf(
  reader: Reader,
  ids: readonly string[],
  of: TimeRangeOfPeople | null,
): Promise<Figured[]> {
  if (ids.length === 0) return [];
  const members = withMembers(ids);
  const own = alias(people, "own");
  const known = parts
    .select({ knownAs: knownAsOf(own) })
    .from(members)
    .innerJoin(own, eq(own.id, members.identity))
    .innerJoin(sources, eq(sources.id, own.sourceId))
    .where(eq(members.person, people.id))
    .as("known");
  const summed =
    of === null
      ? parts.select().from(people).where(isOneOf(people.id, ids))
      : sql`with ${attendedByMembers(within(of))} select a.id, ${SUMS} from a group by a.id`;
  const [rows, left] = await Promise.all([
    reader
      .with(members)
      .select({
        rowId: people.id,
        id: sql<string>`coalesce(${people.leader}, ${people.id})`,
        name: people.name,
        knownAs: known.knownAs,
        ...FIGURES,
      })
      .from(people)
      .innerJoin(standingFor(figures, summed), eq(figures.id, people.id))
      .crossJoinLateral(known),
    leftBy(reader, ids, of),
  ]);
  const leftOf = new Map(left.map((row) => [row.id, row]));
  return rows.map((row) => ({
    ...row,
    leftCount: leftOf.get(row.rowId)?.left ?? 0,
    lostMeetings: leftOf.get(row.rowId)?.lost ?? 0,
  }));
}

/** `people`, or what is called otherwise of them. */
type Named = Record<"id" | "knownBy" | "userId" | "name", PgColumn>;

/** A `KnownAs` of a row of people, and its of `sources`. */
export function knownAs({ id, knownBy, userId, name }: Named): SQL<KnownAs> {
  return sql`${jsonObject({ id, knownBy, userId, name, source: sourceJson() })}`;
}

/** Those who are one of `people`, who stands for them first. */
export function knownAsOf(own: Named) {
  return sql<KnownAs[]>`json_agg(${knownAs(own)}
    order by ${own.id} <> ${people.leader}, ${own.knownBy} desc, ${own.id})`.as("known_as");
}

/** How many waits of each were left before admitted, and in how many meetings one was really lost. */
function leftBy(reader: Reader, ids: readonly string[], of: TimeRangeOfPeople | null) {
  const members = withMembers(ids);
  const own = parts
    .select()
    .from(waits)
    .where(and(eq(waits.identity, members.identity), leftBeforeAdmitted()))
    .offset(0);
  return reader
    .with(members)
    .select({ id: members.person, ...LEFT_FIGURES })
    .from(members)
    .crossJoinLateral(standingFor(waits, own))
    .where(waitsWithin(of))
    .groupBy(members.person);
}

/** Of waits that were left before admitted. */
export const LEFT_FIGURES = {
  left: sql<number>`count(*)::int`.as("left"),
  lost: sql<number>`(count(distinct ${waits.meetingId}) filter (where ${reallyLost()}))::int`.as(
    "lost",
  ),
};

/** Whether a wait is of a meeting that counts. */
export function waitsWithin(of: TimeRangeOfPeople | null): SQL | undefined {
  if (of === null) return undefined;
  const attended = parts
    .select({ one: sql`1` })
    .from(attendances)
    .where(
      and(
        eq(attendances.meetingId, waits.meetingId),
        eq(attendances.personId, waits.personId),
        within(of),
      ),
    );
  return and(
    // Nobody waits before they are first known of: by the index, without looking at what was long ago.
    of.from === null ? undefined : gte(waits.startedAt, of.from),
    exists(attended),
  );
}
