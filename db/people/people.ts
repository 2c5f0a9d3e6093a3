import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  isNotNull,
  isNull,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { prepared } from "#db/connection/session.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { people } from "#db/schema/people.ts";
import { attendances, waits } from "#db/schema/projected.ts";
import { SOURCE } from "#db/sources/source-json.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { leftBeforeAdmitted } from "#db/waits/wait-outcome.ts";
import { wireSource } from "#domain/event/recorded.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import type { KnownAs, PeopleSort, PersonMet } from "#domain/people/people.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  FIGURES,
  figures,
  figuresOf,
  LEFT_FIGURES,
  type TimeRangeOfPeople,
  waitsWithin,
  within,
} from "./people-figures.ts";
import { narrowing, type PeopleFilter } from "./people-filter.ts";

/** Where a person stands in an order. */
export interface PersonPlace {
  value: number | string;
  id: string;
}

export interface PeopleOrder {
  sort: PeopleSort;
  order: SortOrder;
}

export interface PersonOfList extends PersonMet {
  place: PersonPlace;
}

const STORED_VALUE: Record<PeopleSort, SQLWrapper> = {
  last: people.lastAt,
  name: people.sortKey,
  meetings: people.meetings,
  attended: people.attendedMs,
};

const SUMMED_VALUE: Record<PeopleSort, SQL> = {
  last: sql`max(${attendances.firstAt})::bigint`,
  name: sql`min(${people.sortKey})`,
  meetings: sql`count(distinct ${attendances.meetingId})::bigint`,
  attended: sql`sum(${attendances.attendedMs})::bigint`,
};

/** The value by which people are ordered. */
const VALUE = sql<number | string>`${people}.value`;

const LISTED = and(isNull(people.partOf), gt(people.meetings, 0).inlineParams());

/**
 * People of a period in the order asked for (with a `previous` cursor: those before it, nearest first), with
 * what they did in it. Where the stored sums are what is asked for, people are read in order by an index:
 * over all time always, and by name and last met whenever the period reaches up to now. Otherwise the period
 * is summed up. The order ignores what a person attends just now. One statement, two more where joined people
 * or namesakes are among them, and one before where the way depends on the span.
 */
export async function listPeople(
  reader: Reader,
  filter: PeopleFilter,
  by: PeopleOrder,
  cursor: ListCursor<PersonPlace> | null,
  limit: number,
): Promise<PersonOfList[]> {
  const [way, who] = await Promise.all([
    peopleReading(reader, filter, by),
    narrowing(reader, filter),
  ]);
  const ordered =
    way === "summed"
      ? summedInOrder(who, filter, by, cursor, limit)
      : storedInOrder(who, way === "whole" ? null : filter.from, by, cursor, limit);
  const of = way === "whole" ? null : filter;
  // Periods are long or short and texts are rare or not: such a list is planned anew each time.
  const isAlike = way !== "summed" && who.length === 0;
  const found = orderedWithFigures(reader, ordered, turn(by, cursor).direction, of);
  const rows = await (isAlike ? prepared(found) : found);
  // Joined people, and namesakes in one meeting, attended the union of the visits and not the sum.
  const several = rows.flatMap(({ knownBy, namesakes, id }) =>
    knownBy === "joined" || (of !== null && namesakes > 0) ? [id] : [],
  );
  const figured = await figuresOf(reader, several, of);
  const people = new Map(figured.map(({ rowId, ...person }) => [rowId, person]));
  return rows.flatMap((row) => {
    const figures = people.get(row.id);
    const person = row.knownBy === "joined" ? figures : (figures ?? plain(row, row.knownBy));
    return person ? { ...person, place: { id: row.id, value: row.value } } : [];
  });
}

type Way = "whole" | "kept" | "summed";

/** Whether the stored sums are asked for (`whole`), only their order (`kept`), or sums over the period (`summed`). */
export async function peopleReading(
  reader: Reader,
  filter: PeopleFilter,
  { sort }: PeopleOrder,
): Promise<Way> {
  const { from, to, room, longerThan } = filter;
  if (room !== null || longerThan !== null) return "summed";
  const inOrder = sort === "last" || sort === "name";
  if (to === null && from === null) return "whole";
  if (to === null && inOrder) return "kept";
  const span = await spanOf(reader);
  if (span === null || (to !== null && to <= span.lastAt)) return "summed";
  if ((from ?? 0) <= span.firstAt) return "whole";
  return inOrder ? "kept" : "summed";
}

/** The first and last moment that any person was met; `null` before the first. */
async function spanOf(reader: Reader): Promise<{ firstAt: Ms; lastAt: Ms } | null> {
  const end = (at: typeof people.firstAt | typeof people.lastAt, order: SQL) =>
    parts.select({ at }).from(people).where(LISTED).orderBy(order).limit(1);
  const [row] = await reader
    .select({
      firstAt: sql<Ms | null>`${end(people.firstAt, asc(people.firstAt))}`,
      lastAt: sql<Ms | null>`${end(people.lastAt, desc(people.lastAt))}`,
    })
    .from(oneRow);
  const { firstAt = null, lastAt = null } = row ?? {};
  return firstAt === null || lastAt === null ? null : { firstAt, lastAt };
}

/** People met since a moment, in the order of their stored sums. */
export function storedInOrder(
  who: readonly SQL[],
  since: Ms | null,
  by: PeopleOrder,
  cursor: ListCursor<PersonPlace> | null,
  limit: number,
): SQL {
  const value = STORED_VALUE[by.sort];
  const { direction, afterCursor } = turn(by, cursor, value, people.id);
  return parts
    .select({ ...getTableColumns(people), value: sql`${value}`.as("value") })
    .from(people)
    .where(and(LISTED, ...who, since === null ? undefined : gte(people.lastAt, since), afterCursor))
    .orderBy(direction(value), direction(people.id))
    .limit(limit)
    .getSQL();
}

/** People met in a period, in the order of what they did in it: parts of a joined person added up. */
function summedInOrder(
  who: readonly SQL[],
  filter: PeopleFilter,
  by: PeopleOrder,
  cursor: ListCursor<PersonPlace> | null,
  limit: number,
): SQL {
  const summed = parts
    .select({
      whole: sql<string>`coalesce(${people.partOf}, ${people.id})`.as("whole"),
      value: SUMMED_VALUE[by.sort].as("value"),
    })
    .from(attendances)
    .innerJoin(people, eq(people.id, attendances.identity))
    .where(and(isNotNull(attendances.identity), within(filter)))
    .groupBy(sql`1`)
    .as("summed");
  const { direction, afterCursor } = turn(by, cursor, summed.value, summed.whole);
  return parts
    .select({ ...getTableColumns(people), value: summed.value })
    .from(summed)
    .innerJoin(people, eq(people.id, summed.whole))
    .where(and(...who, afterCursor))
    .orderBy(direction(summed.value), direction(summed.whole))
    .limit(limit)
    .getSQL();
}

function turn(
  { sort, order }: PeopleOrder,
  cursor: ListCursor<PersonPlace> | null,
  value: SQLWrapper = VALUE,
  id: SQLWrapper = people.id,
) {
  const down = (order === "desc") !== (cursor?.direction === "previous");
  const direction = down ? desc : asc;
  if (cursor === null) return { direction, afterCursor: undefined };
  const cursorValue =
    sort === "name" ? sql`${cursor.key.value}::text` : sql`${cursor.key.value}::bigint`;
  const cursorRow = sql`(${cursorValue}, ${cursor.key.id}::uuid)`;
  const row = sql`(${value}, ${id})`;
  return { direction, afterCursor: down ? sql`${row} < ${cursorRow}` : sql`${row} > ${cursorRow}` };
}

/** One row of `people`, with its value, source and figures; those of a joined person are computed apart. */
type OrderedRow = Awaited<ReturnType<typeof orderedWithFigures>>[number];

/**
 * The same columns as the stored sums, over the person's own attendances: what `SUMS` gives where nobody is
 * joined.
 */
const OWN_FIGURES = sql`select min(${attendances.firstAt}) as first_at,
  max(${attendances.firstAt}) as last_at,
  count(distinct ${attendances.meetingId})::int as meetings,
  (count(*) - count(distinct ${attendances.meetingId}))::int as namesakes,
  coalesce(sum(${attendances.attendedMs}), 0)::bigint as attended_ms,
  count(${attendances.openSince})::int as open_count,
  coalesce(sum(${attendances.openSince}), 0)::bigint as open_sum,
  sum(${attendances.unknownMs})::bigint as unknown_ms,
  sum(${attendances.waitCount})::int as wait_count,
  sum(${attendances.admittedCount})::int as admitted_count,
  sum(${attendances.admittedMs})::bigint as admitted_ms`;

/** Rows of `people` with the `value` they are ordered by, and the figures of people who are not joined. */
function orderedWithFigures(
  reader: Reader,
  ordered: SQL,
  direction: typeof asc,
  of: TimeRangeOfPeople | null,
) {
  const own =
    of === null
      ? sql`select ${people}.* offset 0`
      : sql`${OWN_FIGURES} from ${attendances}
          where ${and(eq(attendances.identity, people.id), within(of))} offset 0`;
  const left = parts
    .select(LEFT_FIGURES)
    .from(waits)
    .where(
      and(
        gt(figures.waitCount, figures.admittedCount),
        eq(waits.identity, people.id),
        leftBeforeAdmitted(),
        waitsWithin(of),
      ),
    )
    .as("left_ones");
  return reader
    .select({
      id: people.id,
      value: VALUE,
      knownBy: people.knownBy,
      userId: people.userId,
      name: people.name,
      source: { ...SOURCE },
      ...FIGURES,
      leftCount: left.left,
      lostMeetings: left.lost,
    })
    .from(standingFor(people, ordered))
    .innerJoin(sources, eq(sources.id, people.sourceId))
    .crossJoinLateral(standingFor(figures, own))
    .crossJoinLateral(left)
    .where(or(gt(figures.meetings, 0).inlineParams(), eq(people.knownBy, "joined").inlineParams()))
    .orderBy(direction(VALUE), direction(people.id));
}

function plain(row: OrderedRow, knownBy: KnownAs["knownBy"]): PersonMet {
  const { id, value: _, userId, name, source, ...figured } = row;
  return {
    ...figured,
    id,
    name,
    knownAs: [{ id, knownBy, userId, name, source: wireSource(source) }],
  };
}
