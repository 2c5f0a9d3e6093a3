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
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { people } from "#db/schema/people.ts";
import { attendances, waits } from "#db/schema/projected.ts";
import { SOURCE } from "#db/sources/source-json.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
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
  const of = way === "whole" ? null : filter;
  const place = way === "summed" ? SUMMED : { value: STORED_VALUE[by.sort], id: people.id };
  const slots = {
    wanted: and(
      ...who,
      way === "kept" ? since(filter) : undefined,
      cursor === null ? undefined : afterCursor(by, cursor, place),
    ),
    within: of === null ? undefined : within(of),
    waitsWithin: waitsWithin(of),
  };
  // Periods are long or short and texts are rare or not: such a list is planned anew each time.
  const isAlike = way !== "summed" && who.length === 0;
  const form = { way, sort: by.sort, isDown: isDown(by, cursor), limit };
  const rows = await ordered(reader, isAlike ? "once" : "anew", slots, form);
  // Joined people, and namesakes in one meeting, attended the union of the visits and not the sum.
  const several = rows.flatMap(({ knownBy, namesakes, id }) =>
    knownBy === "joined" || (of !== null && namesakes > 0) ? [id] : [],
  );
  const figured = await figuresOf(reader, several, of);
  const figuresBy = new Map(figured.map(({ rowId, ...person }) => [rowId, person]));
  return rows.flatMap((row) => {
    const figures = figuresBy.get(row.id);
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

/** Who was met since the begin of a period. */
export function since({ from }: Pick<PeopleFilter, "from">): SQL | undefined {
  return from === null ? undefined : gte(people.lastAt, from);
}

/** How people are put in order. */
export interface PeopleForm {
  sort: PeopleSort;
  isDown: boolean;
  limit: number;
}

/** People in the order of their stored sums. */
export function storedInOrder(wanted: SQL | undefined, { sort, isDown, limit }: PeopleForm): SQL {
  const value = STORED_VALUE[sort];
  const direction = isDown ? desc : asc;
  return parts
    .select({ ...getTableColumns(people), value: sql`${value}`.as("value") })
    .from(people)
    .where(and(LISTED, wanted))
    .orderBy(direction(value), direction(people.id))
    .limit(limit)
    .getSQL();
}

const SUMMED = { value: sql`summed.value`, id: sql`summed.whole` };

/** People met in a period, in the order of what they did in it: parts of a joined person added up. */
function summedInOrder(
  wanted: SQL | undefined,
  inPeriod: SQL | undefined,
  { sort, isDown, limit }: PeopleForm,
): SQL {
  const summed = parts
    .select({
      whole: sql<string>`coalesce(${people.partOf}, ${people.id})`.as("whole"),
      value: SUMMED_VALUE[sort].as("value"),
    })
    .from(attendances)
    .innerJoin(people, eq(people.id, attendances.identity))
    .where(and(isNotNull(attendances.identity), inPeriod))
    .groupBy(sql`1`)
    .as("summed");
  const direction = isDown ? desc : asc;
  return parts
    .select({ ...getTableColumns(people), value: summed.value })
    .from(summed)
    .innerJoin(people, eq(people.id, summed.whole))
    .where(wanted)
    .orderBy(direction(summed.value), direction(summed.whole))
    .limit(limit)
    .getSQL();
}

function isDown({ order }: PeopleOrder, cursor: ListCursor<PersonPlace> | null): boolean {
  return (order === "desc") !== (cursor?.direction === "previous");
}

function afterCursor(
  by: PeopleOrder,
  cursor: ListCursor<PersonPlace>,
  { value, id }: Record<keyof PersonPlace, SQLWrapper>,
): SQL {
  const type = by.sort === "name" ? sql`text` : sql`bigint`;
  const cursorRow = sql`(${cursor.key.value}::${type}, ${cursor.key.id}::uuid)`;
  const row = sql`(${value}, ${id})`;
  return isDown(by, cursor) ? sql`${row} < ${cursorRow}` : sql`${row} > ${cursorRow}`;
}

/** One row of `people`, with its value, source and figures; those of a joined person are computed apart. */
type OrderedRow = Awaited<ReturnType<typeof ordered>>[number];

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

/**
 * Rows of `people` with the `value` they are ordered by, and the figures of people who are not joined: stored, or
 * over the attendances `within` a period and the waits in it.
 */
const ordered = madeOnce(
  (
    reader,
    slots: { wanted: SQL | undefined; within: SQL | undefined; waitsWithin: SQL | undefined },
    { way, ...form }: PeopleForm & { way: Way },
  ) => {
    const own =
      way === "whole"
        ? sql`select ${people}.* offset 0`
        : sql`${OWN_FIGURES} from ${attendances}
            where ${and(eq(attendances.identity, people.id), slots.within)} offset 0`;
    const left = parts
      .select(LEFT_FIGURES)
      .from(waits)
      .where(
        and(
          gt(figures.waitCount, figures.admittedCount),
          eq(waits.identity, people.id),
          leftBeforeAdmitted(),
          slots.waitsWithin,
        ),
      )
      .as("left_ones");
    const inOrder =
      way === "summed"
        ? summedInOrder(slots.wanted, slots.within, form)
        : storedInOrder(slots.wanted, form);
    const direction = form.isDown ? desc : asc;
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
      .from(standingFor(people, inOrder))
      .innerJoin(sources, eq(sources.id, people.sourceId))
      .crossJoinLateral(standingFor(figures, own))
      .crossJoinLateral(left)
      .where(
        or(gt(figures.meetings, 0).inlineParams(), eq(people.knownBy, "joined").inlineParams()),
      )
      .orderBy(direction(VALUE), direction(people.id));
  },
);

function plain(row: OrderedRow, knownBy: KnownAs["knownBy"]): PersonMet {
  const { id, value: _, userId, name, source, ...figured } = row;
  return {
    ...figured,
    id,
    name,
    knownAs: [{ id, knownBy, userId, name, source: wireSource(source) }],
  };
}
