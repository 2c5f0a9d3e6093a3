import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { attendedByMembers, membersOf } from "#db/attended.ts";
import { PREPARED } from "#db/client.ts";
import { isMeetingId, type Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { MetBoth } from "#domain/history/joining.ts";
import type {
  Alias,
  KeptAttendance,
  KeptLink,
  PersonKnown,
  TrendBy,
  TrendStep,
} from "#domain/history/person.ts";
import type { MeetingStatus } from "#domain/meeting.ts";
import { KNOWN_AS, type Range, within } from "./people-figures.ts";

/** Somebody, and the row of `people` that all they did is told of. */
export interface KnownPerson extends PersonKnown {
  rowId: string;
}

const ONCE = sql.raw(PREPARED);

/** Whoever an id of `people` leads to, also that of a part; `null` for anything else. Four statements. */
export async function personById(reader: Reader, id: string): Promise<KnownPerson | null> {
  if (!isMeetingId(id)) return null;
  const [row] = await reader.execute<
    Pick<KnownPerson, "rowId" | "id" | "name" | "knownAs"> & Record<string, unknown>
  >(sql`${ONCE}
    select p.id as "rowId", coalesce(p.leader, p.id) as id, p.name, k.known as "knownAs"
    from people own join people p on p.id = coalesce(own.part_of, own.id)
    cross join lateral (
      select json_agg(${KNOWN_AS} order by o.id <> p.leader, o.known_by desc, o.id) as known
      from people o join sources c on c.id = o.source_id
      where o.id = p.id and p.known_by <> 'joined' or o.part_of = p.id
    ) k
    where own.id = ${id}::uuid`);
  if (row === undefined) return null;
  const parts = list(
    "uuid",
    row.knownAs.map((known) => known.id),
  );
  const [aliases, links] = await Promise.all([
    reader.execute<Alias & Record<string, unknown>>(sql`${ONCE}
      select identity, name, first_at as "firstAt", last_at as "lastAt", meetings from aliases
      where identity = any(${parts}) order by last_at desc, name`),
    reader.execute<KeptLink & Record<string, unknown>>(sql`${ONCE}
      select id, one, other, by, at, undone_by as "undoneBy", undone_at as "undoneAt"
      from people_links where one = any(${parts}) or other = any(${parts}) order by at, id`),
  ]);
  return { ...row, aliases: [...aliases], links: [...links] };
}

/** Identities by id, as somebody who is linked with them is told of them. One statement. */
export async function identitiesOf(
  reader: Reader,
  ids: readonly string[],
): Promise<PersonKnown["knownAs"]> {
  const rows = await reader.execute<{ known: PersonKnown["knownAs"][number] }>(sql`
    select ${KNOWN_AS} as known from people o join sources c on c.id = o.source_id
    where o.id = any(${list("uuid", ids)})`);
  return rows.map(({ known }) => known);
}

/** A meeting somebody was at, with all that is kept of them there. */
export interface AttendedRow {
  meetingId: string;
  room: string;
  title: string | null;
  status: MeetingStatus;
  startedAt: Ms | null;
  endedAt: Ms | null;
  graceMs: Ms;
  firstAt: Ms;
  attendances: KeptAttendance[];
}

/** Where in the list of somebody's meetings a row stands. */
export interface AttendedPlace {
  firstAt: Ms;
  meetingId: string;
}

export interface AttendedFrom {
  direction: "next" | "previous";
  place: AttendedPlace;
}

/** The meetings somebody was at, newest first (before a place: nearest first). One statement. */
export async function listAttended(
  reader: Reader,
  person: Pick<KnownPerson, "knownAs">,
  range: Range,
  from: AttendedFrom | null,
  limit: number,
): Promise<AttendedRow[]> {
  const parts = list(
    "uuid",
    person.knownAs.map(({ id }) => id),
  );
  const back = from?.direction === "previous";
  const direction = sql.raw(back ? "asc" : "desc");
  const behind =
    from === null
      ? sql``
      : sql`having (min(a.first_at), a.meeting_id) ${sql.raw(back ? ">" : "<")}
          (${from.place.firstAt}::bigint, ${from.place.meetingId}::uuid)`;
  const once = range.room === null && range.longerThan === null ? ONCE : sql``;
  return reader.execute<AttendedRow & Record<string, unknown>>(sql`${once}
    select m.id as "meetingId", r.key as room, r.title, m.status, m.started_at as "startedAt",
      m.ended_at as "endedAt", s.grace_ms as "graceMs", l.first_at as "firstAt", k.attendances
    from (
      select a.meeting_id, min(a.first_at) as first_at, max(a.first_at) as latest_at
      from attendances a where a.identity = any(${parts}) and ${within(range)}
      group by a.meeting_id ${behind}
      order by min(a.first_at) ${direction}, a.meeting_id ${direction}
      limit ${sql.raw(String(limit))}
    ) l
    join meetings m on m.id = l.meeting_id join rooms r on r.id = m.room_id
    join sources s on s.id = m.source_id
    cross join lateral (
      select json_agg(json_build_object('name', a.name, 'visits', a.visits, 'waits', a.waits,
        'tenures', a.tenures, 'attendedMs', a.attended_ms, 'openSince', a.open_since)
        order by a.first_at, a.person_id) as attendances
      from attendances a
      where a.identity = any(${parts}) and a.meeting_id = l.meeting_id
        and a.first_at between l.first_at and l.latest_at
    ) k
    order by l.first_at ${direction}, l.meeting_id ${direction}`);
}

interface VisitsOfBoth extends Record<string, unknown> {
  graceMs: Ms;
  one: KeptAttendance["visits"];
  other: KeptAttendance["visits"];
}

/** When two were in at meetings at which both were. One statement. */
export async function metBoth(
  reader: Reader,
  one: Pick<KnownPerson, "knownAs">,
  other: Pick<KnownPerson, "knownAs">,
  limit: number,
): Promise<MetBoth[]> {
  const [ofOne, ofOther] = [areOf(one), areOf(other)];
  const rows = await reader.execute<VisitsOfBoth>(sql`
    select s.grace_ms as "graceMs", x.one, x.other from (
      select a.meeting_id, ${visitsOf(ofOne)} as one, ${visitsOf(ofOther)} as other
      from attendances a where ${ofOne} or ${ofOther}
      group by a.meeting_id having bool_or(${ofOne}) and bool_or(${ofOther})
      limit ${limit}
    ) x join meetings m on m.id = x.meeting_id join sources s on s.id = m.source_id`);
  const spans = (visits: KeptAttendance["visits"]) =>
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  return rows.map(({ graceMs, one, other }) => ({
    graceMs,
    one: spans(one),
    other: spans(other),
  }));
}

function areOf({ knownAs }: Pick<KnownPerson, "knownAs">): SQL {
  const parts = list(
    "uuid",
    knownAs.map(({ id }) => id),
  );
  return sql`a.identity = any(${parts})`;
}

function visitsOf(whose: SQL): SQL {
  return sql`jsonb_path_query_array(jsonb_agg(a.visits) filter (where ${whose}), '$[*][*]')`;
}

/** What somebody did week by week, from `firstDay` (1 for Monday) on, or month by month of a zone. One statement. */
export async function trendOf(
  reader: Reader,
  rowId: string,
  range: Range,
  { by, firstDay }: { by: TrendBy; firstDay: number },
  timeZone: string,
  now: Ms,
): Promise<TrendStep[]> {
  // PostgreSQL's weeks begin on Monday: so many days ahead a week of ours begins as one of its.
  const ahead = sql.raw(`interval '${by === "week" ? (8 - firstDay) % 7 : 0} days'`);
  return reader.execute<TrendStep & Record<string, unknown>>(sql`
    with members as (${membersOf(list("uuid", [rowId]))}), ${attendedByMembers(within(range))}
    select day, count(*)::int as meetings, sum(attended_ms)::bigint as "attendedMs",
      sum(open_count)::int as "openCount", sum(open_sum)::bigint as "openSum",
      sum(held_ms)::bigint as "heldMs"
    from (
      select to_char(
          date_trunc(${by}, (to_timestamp(a.first_at / 1000.0) at time zone ${timeZone}) + ${ahead})
            - ${ahead}, 'YYYY-MM-DD') as day, a.attended_ms, a.open_count, a.open_sum,
        coalesce(greatest(0, coalesce(m.ended_at,
          case when m.status <> 'ended' then ${now}::bigint end) - m.started_at), 0) as held_ms
      from a join meetings m on m.id = a.meeting_id
    ) d
    group by day order by day`);
}
