import { and, asc, desc, eq, isNull, not, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { prepared } from "#db/connection/session.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { sources } from "#db/schema/accounts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { MeetingSort } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { MEETING, type MeetingRow } from "./meeting.ts";
import { firstMeetings, type MeetingFilter, meetingConditions } from "./meeting-filter.ts";

/** A row of the list, and where it stands. */
export interface MeetingOfList extends MeetingRow {
  place: MeetingPlace;
}

/** Whether it is in progress, the value sorted by, and what orders rows of the same value. */
export interface MeetingPlace {
  live: boolean;
  value: number;
  firstAt: Ms;
  id: string;
}

export interface MeetingOrder {
  sort: MeetingSort;
  order: SortOrder;
}

/**
 * The values sorted by, of ended meetings and of those in progress. A length that still grows is given by its
 * start, so that no row moves while pages are turned; a meeting that never began has none and is the
 * shortest.
 */
const VALUES: Record<MeetingSort, { ended: SQLWrapper; live: SQLWrapper }> = {
  started: { ended: meetings.firstAt, live: meetings.firstAt },
  length: {
    ended: sql`coalesce(${meetings.endedAt} - ${meetings.startedAt}, -1)`,
    live: sql`coalesce(-${meetings.startedAt}, -9007199254740991)`,
  },
  people: { ended: meetings.peopleCount, live: meetings.peopleCount },
  left: { ended: meetings.peopleLostCount, live: meetings.peopleLostCount },
};

const ENDED = sql`${meetings.status} = 'ended' and ${isNull(meetings.mergedInto)}`;
const LIVE = sql`${meetings.status} <> 'ended' and ${isNull(meetings.mergedInto)}`;

/** The columns found of meetings in progress and of ended ones. */
const FOUND = {
  id: meetings.id,
  live: sql<boolean>`live`.as("live"),
  value: sql<number>`value`.as("value"),
};

/**
 * Meetings in progress, then ended ones, both in the order asked for (with a `previous` cursor: the rows
 * before it, nearest first). One statement, which reads no more than `limit` of each.
 */
export async function listMeetingRows(
  reader: Reader,
  filter: MeetingFilter,
  by: MeetingOrder,
  cursor: ListCursor<MeetingPlace> | null,
  limit: number,
): Promise<MeetingOfList[]> {
  const back = cursor?.direction === "previous";
  const live = cursor === null || cursor.key.live || back;
  const ended = cursor === null || !cursor.key.live || !back;
  const conditions = await meetingConditions(reader, filter);
  const found = [
    ...(live ? [part(filter, conditions, by, cursor, limit, true)] : []),
    ...(ended ? [part(filter, conditions, by, cursor, limit, false)] : []),
  ];
  const listed = parts.$with("listed", FOUND).as(sql.join(found, sql` union all `));
  const direction = isDown(by, back) ? desc : asc;
  const meetingRows = reader
    .with(listed)
    .select({
      ...MEETING,
      place: {
        live: listed.live,
        value: listed.value,
        firstAt: MEETING.firstAt,
        id: meetings.id,
      },
    })
    .from(listed)
    .innerJoin(meetings, eq(meetings.id, listed.id))
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .orderBy(
      (back ? asc : desc)(listed.live),
      direction(listed.value),
      direction(meetings.firstAt),
      direction(meetings.id),
    )
    .limit(limit);
  return isPlannedAlike(filter, by) ? prepared(meetingRows) : meetingRows;
}

/**
 * How many meetings a list has, whatever its order: read in the order of time, which has an index. One
 * statement, and one before where a text is searched.
 */
export async function countMeetingRows(reader: Reader, filter: MeetingFilter): Promise<Total> {
  const wanted = await meetingConditions(reader, filter);
  const newest = [desc(meetings.firstAt)];
  const found = [ENDED, LIVE].map((which) => {
    const conditions = [which, ...wanted];
    return sql`(${firstMeetings({ id: meetings.id }, filter, conditions, newest, COUNTED_LIMIT)})`;
  });
  return countOf(
    reader,
    sql`${sql.join(found, sql` union all `)} limit ${sql.raw(String(COUNTED_LIMIT))}`,
  );
}

/**
 * Whether an index in the order of the list is the best plan, whatever is asked for: not where sources are
 * large or small, names and texts are rare or not, nor where few of the longest may be in a period.
 */
function isPlannedAlike({ person, q, source, from, to }: MeetingFilter, { sort }: MeetingOrder) {
  if (source !== null || person !== null || q !== null) return false;
  return sort === "started" || (from === null && to === null);
}

/** The ids of meetings in progress, or of ended ones, in order. */
function part(
  filter: MeetingFilter,
  wanted: readonly SQL[],
  by: MeetingOrder,
  cursor: ListCursor<MeetingPlace> | null,
  limit: number,
  live: boolean,
): SQL {
  const value = live ? VALUES[by.sort].live : VALUES[by.sort].ended;
  const down = isDown(by, cursor?.direction === "previous");
  const direction = down ? desc : asc;
  const conditions = [live ? LIVE : ENDED, ...wanted];
  if (cursor !== null && cursor.key.live === live) {
    const { value: cursorValue, firstAt, id } = cursor.key;
    const row = sql`(${value}, ${meetings.firstAt}, ${meetings.id})`;
    const key = sql`(${cursorValue}::bigint, ${firstAt}::bigint, ${id}::uuid)`;
    conditions.push(down ? sql`${row} < ${key}` : sql`${row} > ${key}`);
  }
  const fields = {
    id: meetings.id,
    live: sql.raw(String(live)).as("live"),
    value: sql`${value}::bigint`.as("value"),
  };
  const order = [direction(value), direction(meetings.firstAt), direction(meetings.id)];
  return sql`(${firstMeetings(fields, filter, conditions, order, limit)})`;
}

function isDown({ order }: MeetingOrder, back: boolean): boolean {
  return (order === "desc") !== back;
}

/** The hosts and visits of all people in the meetings. One statement. */
export function hostingIn(reader: Reader, meetingIds: readonly string[]) {
  return reader
    .select({
      meetingId: attendances.meetingId,
      status: attendances.status,
      isHost: attendances.isHost,
      visits: attendances.visits,
      waits: attendances.waits,
      tenures: attendances.tenures,
      hostSaid: attendances.hostSaid,
    })
    .from(attendances)
    .where(and(isOneOf(attendances.meetingId, meetingIds), not(attendances.isNoteTaker)));
}
