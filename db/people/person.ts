import { and, asc, between, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { IN_ROOM, SPAN } from "#db/meetings/meeting.ts";
import { sources } from "#db/schema/accounts.ts";
import { peopleLinks } from "#db/schema/operators.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { MetBoth } from "#domain/people/joining.ts";
import type { AttendanceListRow, Pace, PersonRecord, TrendStep } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { withAttended, withJoinedParts } from "./attended.ts";
import { knownAs, knownAsOf, type TimeRangeOfPeople, within } from "./people-figures.ts";

/** A person, and the row of `people` that has their sums. */
export interface PersonRow extends PersonRecord {
  rowId: string;
}

/** The person that an id of `people` leads to, also the id of a part; `null` for anything else. Four statements. */
export async function personById(reader: Reader, id: string): Promise<PersonRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await found(reader, "once", { wanted: eq(ASKED.id, id) });
  if (row === undefined) return null;
  const ids = row.knownAs.map((one) => one.id);
  const [ofAliases, links] = await Promise.all([
    aliasesOf(reader, "once", { wanted: isOneOf(aliases.identity, ids) }),
    linksOf(reader, "once", {
      wanted: or(isOneOf(peopleLinks.one, ids), isOneOf(peopleLinks.other, ids)),
    }),
  ]);
  return { ...row, aliases: ofAliases, links };
}

const ASKED = alias(people, "asked");

/** `wanted` is about the one that is asked for. */
const found = madeOnce((reader, { wanted }: { wanted: SQL }) => {
  const own = alias(people, "own");
  const identities = parts
    .select({ knownAs: knownAsOf(own) })
    .from(own)
    .innerJoin(sources, eq(sources.id, own.sourceId))
    .where(
      sql`${own.id} = ${people.id} and ${people.knownBy} <> 'joined' or ${own.partOf} = ${people.id}`,
    )
    .as("identities");
  return reader
    .select({
      rowId: people.id,
      id: sql<string>`coalesce(${people.leader}, ${people.id})`,
      name: people.name,
      knownAs: identities.knownAs,
    })
    .from(ASKED)
    .innerJoin(people, eq(people.id, sql`coalesce(${ASKED.partOf}, ${ASKED.id})`))
    .crossJoinLateral(identities)
    .where(wanted);
});

const aliasesOf = madeOnce((reader, { wanted }: { wanted: SQL }) => {
  const { identity, name, firstAt, lastAt, meetings } = aliases;
  return reader
    .select({ identity, name, firstAt, lastAt, meetings })
    .from(aliases)
    .where(wanted)
    .orderBy(desc(lastAt), name);
});

const linksOf = madeOnce((reader, { wanted }: { wanted: SQL | undefined }) =>
  reader.select().from(peopleLinks).where(wanted).orderBy(peopleLinks.at, peopleLinks.id),
);

/** Identities by id, as a linked person's page shows them. One statement. */
export async function identitiesOf(
  reader: Reader,
  ids: readonly string[],
): Promise<PersonRecord["knownAs"]> {
  const rows = await reader
    .select({ identity: knownAs(people) })
    .from(people)
    .innerJoin(sources, eq(sources.id, people.sourceId))
    .where(isOneOf(people.id, ids));
  return rows.map(({ identity }) => identity);
}

/** A meeting that a person was at, with everything stored of them there. */
export interface AttendedRow {
  meetingId: string;
  source: WireSource;
  room: string;
  title: string | null;
  status: MeetingStatus;
  startedAt: Ms | null;
  endedAt: Ms | null;
  graceMs: Ms;
  firstAt: Ms;
  attendances: AttendanceListRow[];
}

/** The meetings that a person was at, newest first (with a `previous` cursor: nearest first). One statement. */
export async function listAttended(
  reader: Reader,
  person: Pick<PersonRow, "knownAs">,
  range: TimeRangeOfPeople,
  cursor: ListCursor<Pick<AttendedRow, "firstAt" | "meetingId">> | null,
  limit: number,
): Promise<AttendedRow[]> {
  const back = cursor?.direction === "previous";
  const slots = {
    isOfPerson: isOfIdentities(person),
    within: within(range),
    cursorRow: cursor
      ? sql`(${cursor.key.firstAt}::bigint, ${cursor.key.meetingId}::uuid)`
      : undefined,
  };
  const isAlike = range.room === null && range.longerThan === null;
  return attended(reader, isAlike ? "once" : "anew", slots, { back, limit });
}

const attended = madeOnce(
  (
    reader,
    {
      isOfPerson,
      within,
      cursorRow,
    }: { isOfPerson: SQL; within: SQL | undefined; cursorRow: SQL | undefined },
    { back, limit }: { back: boolean; limit: number },
  ) => {
    const direction = back ? asc : desc;
    const firstAt = sql<Ms>`min(${attendances.firstAt})`;
    const row = sql`(${firstAt}, ${attendances.meetingId})`;
    const listed = parts
      .select({
        meetingId: attendances.meetingId,
        firstAt: firstAt.as("first_met"),
        latestAt: sql<Ms>`max(${attendances.firstAt})`.as("latest_met"),
      })
      .from(attendances)
      .where(and(isOfPerson, within))
      .groupBy(attendances.meetingId)
      .having(cursorRow && (back ? sql`${row} > ${cursorRow}` : sql`${row} < ${cursorRow}`))
      .orderBy(direction(firstAt), direction(attendances.meetingId))
      .limit(limit)
      .as("listed");
    const { name, visits, waits, tenures, attendedMs, openSince } = attendances;
    const fields = jsonObject({ name, visits, waits, tenures, attendedMs, openSince });
    const own = parts
      .select({
        attendances: sql<
          AttendanceListRow[]
        >`json_agg(${fields} order by ${attendances.firstAt}, ${attendances.personId})`.as(
          "stored",
        ),
      })
      .from(attendances)
      .where(
        and(
          isOfPerson,
          eq(attendances.meetingId, listed.meetingId),
          between(attendances.firstAt, listed.firstAt, listed.latestAt),
        ),
      )
      .as("own");
    return reader
      .select({
        meetingId: meetings.id,
        source: sourceJson(),
        ...IN_ROOM,
        ...SPAN,
        graceMs: sources.graceMs,
        firstAt: listed.firstAt,
        attendances: own.attendances,
      })
      .from(listed)
      .innerJoin(meetings, eq(meetings.id, listed.meetingId))
      .innerJoin(rooms, eq(rooms.id, meetings.roomId))
      .innerJoin(sources, eq(sources.id, meetings.sourceId))
      .crossJoinLateral(own)
      .orderBy(direction(listed.firstAt), direction(listed.meetingId));
  },
);

/** When two people were in, of the meetings at which both were. One statement. */
export async function metBoth(
  reader: Reader,
  one: Pick<PersonRow, "knownAs">,
  other: Pick<PersonRow, "knownAs">,
  limit: number,
): Promise<MetBoth[]> {
  const [ofOne, ofOther] = [isOfIdentities(one), isOfIdentities(other)];
  const both = parts
    .select({
      meetingId: attendances.meetingId,
      one: visitsOf(ofOne).as("of_one"),
      other: visitsOf(ofOther).as("of_other"),
    })
    .from(attendances)
    .where(or(ofOne, ofOther))
    .groupBy(attendances.meetingId)
    .having(sql`bool_or(${ofOne}) and bool_or(${ofOther})`)
    .limit(limit)
    .as("both_met");
  const rows = await reader
    .select({ graceMs: sources.graceMs, one: both.one, other: both.other })
    .from(both)
    .innerJoin(meetings, eq(meetings.id, both.meetingId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId));
  const spans = (visits: AttendanceListRow["visits"]) =>
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  return rows.map(({ graceMs, one, other }) => ({
    graceMs,
    one: spans(one),
    other: spans(other),
  }));
}

function isOfIdentities({ knownAs: identities }: Pick<PersonRow, "knownAs">): SQL {
  return isOneOf(
    attendances.identity,
    identities.map(({ id }) => id),
  );
}

function visitsOf(whose: SQL): SQL<AttendanceListRow["visits"]> {
  const visits = sql`jsonb_agg(${attendances.visits}) filter (where ${whose})`;
  return sql`jsonb_path_query_array(${visits}, '$[*][*]')`;
}

/** What a person did week by week, from `firstDay` (1 for Monday) on, or month by month of a zone. One statement. */
export async function trendOf(
  reader: Reader,
  rowId: string,
  range: TimeRangeOfPeople,
  { by, firstDay }: Pace,
  timeZone: string,
  now: Ms,
): Promise<TrendStep[]> {
  // PostgreSQL's weeks begin on Monday: a week here begins this many days before one of its.
  const ahead = sql.raw(`interval '${by === "week" ? (8 - firstDay) % 7 : 0} days'`);
  const joinedParts = withJoinedParts([rowId]);
  const attended = withAttended(within(range));
  const local = sql`(to_timestamp(${attended.firstAt} / 1000.0) at time zone ${timeZone})`;
  const lastedUntil = sql`coalesce(${meetings.endedAt},
    case when ${meetings.status} <> 'ended' then ${now}::bigint end)`;
  const each = parts
    .select({
      day: sql<string>`to_char(
        date_trunc(${by}, ${local} + ${ahead}) - ${ahead}, 'YYYY-MM-DD')`.as("day"),
      attendedMs: attended.attendedMs,
      openCount: attended.openCount,
      openSum: attended.openSum,
      heldMs: sql<Ms>`coalesce(greatest(0, ${lastedUntil} - ${meetings.startedAt}), 0)`.as(
        "held_ms",
      ),
    })
    .from(attended)
    .innerJoin(meetings, eq(meetings.id, attended.meetingId))
    .as("each_met");
  return reader
    .with(joinedParts, attended)
    .select({
      day: each.day,
      meetings: sql<number>`count(*)::int`,
      attendedMs: sql<Ms>`sum(${each.attendedMs})::bigint`,
      openCount: sql<number>`sum(${each.openCount})::int`,
      openSum: sql<Ms>`sum(${each.openSum})::bigint`,
      heldMs: sql<Ms>`sum(${each.heldMs})::bigint`,
    })
    .from(each)
    .groupBy(each.day)
    .orderBy(each.day);
}
