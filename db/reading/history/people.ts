import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { PREPARED } from "#db/client.ts";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import { hasWords } from "#db/searching.ts";
import { leftBeforeAdmitted } from "#db/wait-outcome.ts";
import type { Ms } from "#domain/event.ts";
import type { Order } from "#domain/history/meetings.ts";
import type { KnownAs, PeopleSort, PersonMet } from "#domain/history/people.ts";
import { wireSource } from "#domain/wire.ts";
import { figuresOf, LEFT_FIGURES, type Range, waitsWithin, within } from "./people-figures.ts";

/** What a list of people is narrowed to; `null` leaves a thing open. */
export interface PeopleFilter extends Range {
  source: string | null;
  /** Text in a name they had, or a user id. */
  q: string | null;
}

/** A person's place in an order. */
export interface PersonPlace {
  value: number | string;
  id: string;
}

export interface PeopleOrder {
  sort: PeopleSort;
  order: Order;
}

/** Behind (`next`) or before (`previous`) a person. */
export interface PeopleFrom {
  direction: "next" | "previous";
  place: PersonPlace;
}

export interface PersonOfList extends PersonMet {
  place: PersonPlace;
}

/** Above so many finds, a text is looked for in the order of the list. */
const RARE = 2_000;

const KEPT: Record<PeopleSort, SQL> = {
  last: sql.raw("p.last_at"),
  name: sql.raw("p.sort_key"),
  meetings: sql.raw("p.meetings"),
  attended: sql.raw("p.attended_ms"),
};

const SUMMED: Record<PeopleSort, SQL> = {
  last: sql.raw("max(a.first_at)"),
  name: sql.raw("min(o.sort_key)"),
  meetings: sql.raw("count(distinct a.meeting_id)"),
  attended: sql.raw("sum(a.attended_ms)"),
};

/**
 * People of a period in the order asked for (with a `previous` place: those before it, nearest first), with
 * what they did in it. Where what is kept of everybody is also what is asked for, it is read in order by an
 * index: over all time always, and by name and last met whenever the period reaches up to now. Else what
 * the period holds is summed up. What somebody attends just now is no part of what is sorted by. One
 * statement, two more where joined ones or namesakes are among them, and one before where only the span tells the way.
 */
export async function listPeople(
  reader: Reader,
  filter: PeopleFilter,
  by: PeopleOrder,
  from: PeopleFrom | null,
  limit: number,
): Promise<PersonOfList[]> {
  const [way, who] = await Promise.all([wayTo(reader, filter, by), narrowing(reader, filter)]);
  const placed =
    way === "summed"
      ? summedInOrder(who, filter, by, from, limit)
      : keptInOrder(who, way === "whole" ? null : filter.from, by, from, limit);
  const of = way === "whole" ? null : filter;
  // What the period holds is much or little, as texts are rare or not: each time a plan of its own.
  const once = way !== "summed" && who.length === 0;
  const placedBy = turn(by, from).direction;
  const rows = await placedWithFigures(reader, { placed, placedBy, once }, of);
  // Who is several, joined or namesakes in one meeting, attended the union of it and not the sum.
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

/** Whether what is kept is asked for, wholly (`whole`) or only its order (`kept`). */
export async function wayTo(
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

/** From when to when anybody was met; `null` before the first. */
async function spanOf(reader: Reader): Promise<{ firstAt: Ms; lastAt: Ms } | null> {
  const [row] = await reader.execute<{ firstAt: Ms | null; lastAt: Ms | null }>(sql`
    select (select first_at from people where part_of is null and meetings > 0
        order by first_at limit 1) as "firstAt",
      (select last_at from people where part_of is null and meetings > 0
        order by last_at desc limit 1) as "lastAt"`);
  const { firstAt = null, lastAt = null } = row ?? {};
  return firstAt === null || lastAt === null ? null : { firstAt, lastAt };
}

/**
 * Who of `people p` is looked for, parts of joined ones standing for the whole: of a text that many have asked
 * person by person, as a page in order needs only the first, or all of them at once (`isCounted`).
 */
export async function narrowing(
  reader: Reader,
  { source, q }: PeopleFilter,
  isCounted = false,
): Promise<SQL[]> {
  const conditions: SQL[] = [];
  if (source !== null) {
    const isId = isMeetingId(source);
    conditions.push(
      isId
        ? sql`(p.source_id = ${source}::uuid or p.known_by = 'joined' and exists (
            select from people o where o.part_of = p.id and o.source_id = ${source}::uuid))`
        : sql`false`,
    );
  }
  if (q !== null) conditions.push(await called(reader, q, isCounted));
  return conditions;
}

/** Who had a name with the words of a text, or has that user id. One statement before, as texts in meetings. */
async function called(reader: Reader, text: string, isCounted: boolean): Promise<SQL> {
  const found = await reader.execute<{ id: string }>(sql`
    select coalesce(p.part_of, p.id) as id from (
      (select l.identity from aliases l where ${hasWords(sql`l.words`, text)} limit ${RARE + 1})
      union all (select id from people where user_id = ${text} limit ${RARE + 1})
    ) f join people p on p.id = f.identity`);
  if (found.length <= RARE) {
    const ids = [...new Set(found.map(({ id }) => id))];
    return sql`p.id = any(${list("uuid", ids)})`;
  }
  const named = sql`aliases l join people o on o.id = l.identity where ${hasWords(sql`l.words`, text)}`;
  return isCounted
    ? sql`p.id in (select coalesce(o.part_of, o.id) from ${named})`
    : sql`exists (select from ${named} and (o.id = p.id or o.part_of = p.id))`;
}

/** Those met since, in the order of what is kept of them. */
export function keptInOrder(
  who: readonly SQL[],
  since: Ms | null,
  by: PeopleOrder,
  from: PeopleFrom | null,
  limit: number,
): SQL {
  const conditions = [sql`p.part_of is null`, sql`p.meetings > 0`, ...who];
  if (since !== null) conditions.push(sql`p.last_at >= ${since}`);
  const value = KEPT[by.sort];
  const { direction, behind } = turn(by, from, value, sql`p.id`);
  return sql`
    select p.*, ${value} as value from people p
    where ${sql.join([...conditions, ...behind], sql` and `)}
    order by ${value} ${direction}, p.id ${direction} limit ${sql.raw(String(limit))}`;
}

/** Those met in a period, in the order of what they did in it: parts of a joined one added up. */
function summedInOrder(
  who: readonly SQL[],
  filter: PeopleFilter,
  by: PeopleOrder,
  from: PeopleFrom | null,
  limit: number,
): SQL {
  const { direction, behind } = turn(by, from, sql`f.value`, sql`f.id`);
  const narrowed = who.length > 0 ? sql.join([...who], sql` and `) : sql`true`;
  return sql`
    select p.*, f.value from (
      select coalesce(o.part_of, o.id) as id, ${SUMMED[by.sort]}${sql.raw(by.sort === "name" ? "" : "::bigint")} as value
      from attendances a join people o on o.id = a.identity
      where a.identity is not null and ${within(filter)}
      group by 1
    ) f join people p on p.id = f.id
    where ${sql.join([narrowed, ...behind], sql` and `)}
    order by f.value ${direction}, f.id ${direction} limit ${limit}`;
}

function turn(
  { sort, order }: PeopleOrder,
  from: PeopleFrom | null,
  value = sql`p.value`,
  id = sql`p.id`,
) {
  const down = (order === "desc") !== (from?.direction === "previous");
  const behind: SQL[] = [];
  if (from !== null) {
    const known =
      sort === "name" ? sql`${from.place.value}::text` : sql`${from.place.value}::bigint`;
    const operator = sql.raw(down ? "<" : ">");
    behind.push(sql`(${value}, ${id}) ${operator} (${known}, ${from.place.id}::uuid)`);
  }
  return { direction: sql.raw(down ? "desc" : "asc"), behind };
}

type Figures = Omit<PersonMet, "id" | "name" | "knownAs">;

/** One of `people` by themselves, with their place, source and figures; of a joined one these are told apart. */
interface PlacedRow extends Figures, Record<string, unknown> {
  id: string;
  value: number | string;
  knownBy: KnownAs["knownBy"] | "joined";
  userId: string | null;
  name: string | null;
  sourceId: string;
  provider: string;
  sourceName: string;
  isDemo: boolean;
}

/** What is kept of `people p`. */
const KEPT_FIGURES = sql.raw(`select p.first_at, p.last_at, p.meetings, p.namesakes, p.attended_ms,
  p.open_count, p.open_sum, p.unknown_ms, p.wait_count, p.admitted_count, p.admitted_ms`);

/** The like of `KEPT_FIGURES` of attendances `a`, each their own: what `SUMS` are where nobody is joined. */
const OWN_FIGURES = sql.raw(`select min(a.first_at) as first_at, max(a.first_at) as last_at,
  count(distinct a.meeting_id)::int as meetings,
  (count(*) - count(distinct a.meeting_id))::int as namesakes,
  coalesce(sum(a.attended_ms), 0)::bigint as attended_ms, count(a.open_since)::int as open_count,
  coalesce(sum(a.open_since), 0)::bigint as open_sum, sum(a.unknown_ms)::bigint as unknown_ms,
  sum(a.wait_count)::int as wait_count,
  sum(a.admitted_count)::int as admitted_count, sum(a.admitted_ms)::bigint as admitted_ms`);

const PLACED = sql.raw(`p.id, p.value, p.known_by as "knownBy", p.user_id as "userId", p.name,
  c.id as "sourceId", c.provider, c.name as "sourceName", c.is_demo as "isDemo", s.first_at as "firstAt",
  s.last_at as "lastAt", s.meetings, s.namesakes, s.attended_ms as "attendedMs",
  s.open_count as "openCount", s.open_sum as "openSum", s.unknown_ms as "unknownMs", s.wait_count as "waitCount",
  s.admitted_count as "admittedCount", s.admitted_ms as "admittedMs"`);

/** Rows of `people` with a `value` they are ordered by, and the figures of those who are not joined. */
async function placedWithFigures(
  reader: Reader,
  { placed, placedBy, once }: { placed: SQL; placedBy: SQL; once: boolean },
  of: Range | null,
): Promise<PlacedRow[]> {
  const figures =
    of === null
      ? KEPT_FIGURES
      : sql`${OWN_FIGURES} from attendances a where a.identity = p.id and ${within(of)}`;
  return reader.execute<PlacedRow>(sql`${sql.raw(once ? PREPARED : "")}
    select ${PLACED}, l."left" as "leftCount", l.lost as "lostMeetings"
    from (${placed}) p join sources c on c.id = p.source_id
    cross join lateral (${figures} offset 0) s
    cross join lateral (
      select ${LEFT_FIGURES} from waits w
      where s.wait_count > s.admitted_count and w.identity = p.id and ${leftBeforeAdmitted("w")}
        and ${waitsWithin(of)}
    ) l
    where s.meetings > 0 or p.known_by = 'joined'
    order by p.value ${placedBy}, p.id ${placedBy}`);
}

function plain(row: PlacedRow, knownBy: KnownAs["knownBy"]): PersonMet {
  const { id, value: _, userId, name, sourceId, provider, sourceName, isDemo, ...figures } = row;
  const source = wireSource({ id: sourceId, provider, name: sourceName, demo: isDemo });
  return { ...figures, id, name, knownAs: [{ id, knownBy, userId, name, source }] };
}

/** Guests without a name, each of one meeting. One statement. */
export async function countUnnamed(reader: Reader, filter: PeopleFilter): Promise<number> {
  const [row] = await reader.execute<{ count: number }>(sql`
    select count(*)::int as count from attendances a
    where a.identity is null and a.first_at is not null and not a.is_note_taker
      and ${within(filter)}`);
  return row?.count ?? 0;
}
