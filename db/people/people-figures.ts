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
import { attendedByParts, SUMS, withJoinedParts } from "./attended.ts";

/** Which attendances of a person count; `null` for no limit. */
export interface TimeRangeOfPeople {
  /** The key of the room of the meetings. */
  room: string | null;
  /** Limits of their first moment in a meeting; `to` is exclusive. */
  from: Ms | null;
  to: Ms | null;
  /** Meetings at least this long, up to `now` where they go on. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/** The condition on attendances; `undefined` where all count. */
export function within({ from, to, room, longerThan }: TimeRangeOfPeople): SQL | undefined {
  const conditions: SQL[] = [];
  if (from !== null) conditions.push(gte(attendances.firstAt, from));
  if (to !== null) conditions.push(lt(attendances.firstAt, to));
  if (room !== null || longerThan !== null) {
    const ofKey = (key: string) =>
      parts.select({ id: rooms.id }).from(rooms).where(eq(rooms.key, key));
    // A meeting may begin long before a person comes, so its own times are not limited. One that ended before
    // they came has no attendance of theirs.
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

/** The figures of a person, stored or summed: by the names of the stored columns. */
export const figures = alias(people, "figures");

/** A `PersonFigures` without the waits that were left. */
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

/** People with their figures: over all time, or within `of`. Two statements. */
export async function figuresOf(
  reader: Reader,
  ids: readonly string[],
  of: TimeRangeOfPeople | null,
): Promise<Figured[]> {
  if (ids.length === 0) return [];
  const joinedParts = withJoinedParts(ids);
  const own = alias(people, "own");
  const identities = parts
    .select({ knownAs: knownAsOf(own) })
    .from(joinedParts)
    .innerJoin(own, eq(own.id, joinedParts.identity))
    .innerJoin(sources, eq(sources.id, own.sourceId))
    .where(eq(joinedParts.person, people.id))
    .as("identities");
  const summed =
    of === null
      ? parts.select().from(people).where(isOneOf(people.id, ids))
      : sql`with ${attendedByParts(within(of))} select a.id, ${SUMS} from a group by a.id`;
  const [rows, left] = await Promise.all([
    reader
      .with(joinedParts)
      .select({
        rowId: people.id,
        id: sql<string>`coalesce(${people.leader}, ${people.id})`,
        name: people.name,
        knownAs: identities.knownAs,
        ...FIGURES,
      })
      .from(people)
      .innerJoin(standingFor(figures, summed), eq(figures.id, people.id))
      .crossJoinLateral(identities),
    leftBy(reader, ids, of),
  ]);
  const leftOf = new Map(left.map((row) => [row.id, row]));
  return rows.map((row) => ({
    ...row,
    leftCount: leftOf.get(row.rowId)?.left ?? 0,
    lostMeetings: leftOf.get(row.rowId)?.lost ?? 0,
  }));
}

/** `people`, or an alias of it. */
type Named = Record<"id" | "knownBy" | "userId" | "name", PgColumn>;

/** A `KnownAs` of a row of people, and its of `sources`. */
export function knownAs({ id, knownBy, userId, name }: Named): SQL<KnownAs> {
  return sql`${jsonObject({ id, knownBy, userId, name, source: sourceJson() })}`;
}

/** All identities of one of `people`, the leader first. */
export function knownAsOf(own: Named) {
  return sql<KnownAs[]>`json_agg(${knownAs(own)}
    order by ${own.id} <> ${people.leader}, ${own.knownBy} desc, ${own.id})`.as("known_as");
}

/** For each person: how many waits were left before admitted, and in how many meetings one was really lost. */
function leftBy(reader: Reader, ids: readonly string[], of: TimeRangeOfPeople | null) {
  const joinedParts = withJoinedParts(ids);
  const own = parts
    .select()
    .from(waits)
    .where(and(eq(waits.identity, joinedParts.identity), leftBeforeAdmitted()))
    .offset(0);
  return reader
    .with(joinedParts)
    .select({ id: joinedParts.person, ...LEFT_FIGURES })
    .from(joinedParts)
    .crossJoinLateral(standingFor(waits, own))
    .where(waitsWithin(of))
    .groupBy(joinedParts.person);
}

/** Counts of waits that were left before admitted. */
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
    // No person waits before the first moment known of them: this limit is read by the index, without the
    // waits of long ago.
    of.from === null ? undefined : gte(waits.startedAt, of.from),
    exists(attended),
  );
}
