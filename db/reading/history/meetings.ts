import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { PREPARED } from "#db/client.ts";
import { MEETING_COLUMNS, type MeetingRow, type Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { KeptHosting } from "#domain/history/cover.ts";
import type { MeetingSort, Order } from "#domain/history/meetings.ts";
import type { Total } from "#domain/history/total.ts";
import { firstMeetings, type MeetingFilter, meetingConditions } from "./meeting-filter.ts";
import { COUNTED_LIMIT, countOf } from "./total.ts";

/** A row of the list, and where it stands in its order. */
export interface MeetingOfList extends MeetingRow {
  place: ListPlace;
}

/** In progress or not, the value sorted by, and what tells rows of the same value apart. */
export interface ListPlace {
  live: boolean;
  value: number;
  firstAt: Ms;
  id: string;
}

export interface ListOrder {
  sort: MeetingSort;
  order: Order;
}

/** Behind (`next`) or before (`previous`) a row. */
export interface ListFrom {
  direction: "next" | "previous";
  place: ListPlace;
}

/**
 * What is sorted by, of what is over and of what goes on. A length that still grows is told by its start,
 * so that no row moves while pages are turned; what never began has none and is the shortest.
 */
const VALUES: Record<MeetingSort, { ended: SQL; live: SQL }> = {
  started: { ended: sql.raw("m.first_at"), live: sql.raw("m.first_at") },
  length: {
    ended: sql.raw("coalesce(m.ended_at - m.started_at, -1)"),
    live: sql.raw("coalesce(-m.started_at, -9007199254740991)"),
  },
  people: { ended: sql.raw("m.people_count"), live: sql.raw("m.people_count") },
  left: { ended: sql.raw("m.left_count"), live: sql.raw("m.left_count") },
};

const ENDED = sql.raw("m.status = 'ended' and m.merged_into is null");
const LIVE = sql.raw("m.status <> 'ended' and m.merged_into is null");

/**
 * Meetings in progress, then those that are over, both in the order asked for (with a `previous` place:
 * the rows before it, nearest first). One statement, which reads no more than `limit` of each.
 */
export async function listHeldMeetings(
  reader: Reader,
  filter: MeetingFilter,
  by: ListOrder,
  from: ListFrom | null,
  limit: number,
): Promise<MeetingOfList[]> {
  const back = from?.direction === "previous";
  const live = from === null || from.place.live || back;
  const ended = from === null || !from.place.live || !back;
  const conditions = await meetingConditions(reader, filter);
  const parts = [
    ...(live ? [part(filter, conditions, by, from, limit, true)] : []),
    ...(ended ? [part(filter, conditions, by, from, limit, false)] : []),
  ];
  const down = isDown(by, back);
  const direction = sql.raw(down ? "desc" : "asc");
  const once = sql.raw(isPlannedAlike(filter, by) ? PREPARED : "");
  return reader.execute<MeetingOfList & Record<string, unknown>>(sql`${once}
    select ${MEETING_COLUMNS}, json_build_object(
      'live', l.live, 'value', l.value, 'firstAt', m.first_at, 'id', m.id) as place
    from (${sql.join(parts, sql` union all `)}) l
    join meetings m on m.id = l.id join rooms r on r.id = m.room_id
    join sources s on s.id = m.source_id
    order by l.live ${sql.raw(back ? "asc" : "desc")}, l.value ${direction},
      m.first_at ${direction}, m.id ${direction}
    limit ${sql.raw(String(limit))}`);
}

/**
 * How many meetings a list has, whatever its order: read in the order of time, which an index has. One statement,
 * and one before where a text is looked for.
 */
export async function countHeldMeetings(reader: Reader, filter: MeetingFilter): Promise<Total> {
  const conditions = await meetingConditions(reader, filter);
  const parts = [ENDED, LIVE].map(
    (which) =>
      sql`(${firstMeetings(sql`m.id`, filter, [which, ...conditions], sql`m.first_at desc`, COUNTED_LIMIT)})`,
  );
  return countOf(reader, sql`${sql.join(parts, sql` union all `)} limit ${COUNTED_LIMIT}`);
}

/**
 * Whether an index in the order of the list is the way, whatever is asked for: not where sources have much or
 * little, names and texts are rare or not, nor where few of the longest may have been in a period.
 */
function isPlannedAlike({ person, q, source, from, to }: MeetingFilter, { sort }: ListOrder) {
  if (source !== null || person !== null || q !== null) return false;
  return sort === "started" || (from === null && to === null);
}

/** The ids of those in progress, or of those that are over, in order. */
function part(
  filter: MeetingFilter,
  wanted: readonly SQL[],
  by: ListOrder,
  from: ListFrom | null,
  limit: number,
  live: boolean,
): SQL {
  const value = live ? VALUES[by.sort].live : VALUES[by.sort].ended;
  const down = isDown(by, from?.direction === "previous");
  const direction = sql.raw(down ? "desc" : "asc");
  const conditions = [live ? LIVE : ENDED, ...wanted];
  if (from !== null && from.place.live === live) {
    const { value: known, firstAt, id } = from.place;
    const key = sql`(${known}::bigint, ${firstAt}::bigint, ${id}::uuid)`;
    conditions.push(
      down
        ? sql`(${value}, m.first_at, m.id) < ${key}`
        : sql`(${value}, m.first_at, m.id) > ${key}`,
    );
  }
  const columns = sql`m.id, ${sql.raw(String(live))} as live, ${value}::bigint as value`;
  const order = sql`${value} ${direction}, m.first_at ${direction}, m.id ${direction}`;
  return sql`(${firstMeetings(columns, filter, conditions, order, limit)})`;
}

function isDown({ order }: ListOrder, back: boolean): boolean {
  return (order === "desc") !== back;
}

/** Who hosted, and who was there, of everybody in the meetings. One statement. */
export async function hostingIn(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<(KeptHosting & { meetingId: string })[]> {
  return reader.execute<KeptHosting & { meetingId: string } & Record<string, unknown>>(sql`
    select meeting_id as "meetingId", status, is_host as "isHost", visits, waits, tenures,
      host_said as "hostSaid"
    from attendances where meeting_id = any(${list("uuid", meetingIds)}) and not is_note_taker`);
}
