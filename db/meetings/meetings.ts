import { and, asc, desc, eq, isNull, not, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT, countOf } from "#db/lists/total.ts";
import { sources } from "#db/schema/accounts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce, value } from "#db/sql/made-once.ts";
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
  const slots = {
    room: value(filter.room),
    live: live ? conditionsOf(conditions, by, cursor, true) : undefined,
    ended: ended ? conditionsOf(conditions, by, cursor, false) : undefined,
  };
  const form = { sort: by.sort, order: by.order, back, limit, isOnRooms: filter.q !== null };
  return listed(reader, isPlannedAlike(filter, by) ? "once" : "anew", slots, form);
}

/** How a list of meetings is made, except what it is narrowed to. */
type MeetingListForm = MeetingOrder & { back: boolean; limit: number; isOnRooms: boolean };

/** Without the conditions on meetings in progress, or on ended ones, those are not in the list. */
const listed = madeOnce(
  (
    reader,
    { room, live, ended }: { room: SQL | undefined; live: SQL | undefined; ended: SQL | undefined },
    form: MeetingListForm,
  ) => {
    const { back, limit } = form;
    const found = [
      ...(live === undefined ? [] : [part(room, live, form, true)]),
      ...(ended === undefined ? [] : [part(room, ended, form, false)]),
    ];
    const each = parts.$with("listed", FOUND).as(sql.join(found, sql` union all `));
    const direction = isDown(form, back) ? desc : asc;
    return reader
      .with(each)
      .select({
        ...MEETING,
        place: { live: each.live, value: each.value, firstAt: MEETING.firstAt, id: meetings.id },
      })
      .from(each)
      .innerJoin(meetings, eq(meetings.id, each.id))
      .innerJoin(rooms, eq(rooms.id, meetings.roomId))
      .innerJoin(sources, eq(sources.id, meetings.sourceId))
      .orderBy(
        (back ? asc : desc)(each.live),
        direction(each.value),
        direction(meetings.firstAt),
        direction(meetings.id),
      )
      .limit(limit);
  },
);

/**
 * How many meetings a list has, whatever its order: read in the order of time, which has an index. One
 * statement, and one before where a text is searched.
 */
export async function countMeetingRows(reader: Reader, filter: MeetingFilter): Promise<Total> {
  const wanted = await meetingConditions(reader, filter);
  const newest = [desc(meetings.firstAt)];
  const isOnRooms = filter.q !== null;
  const found = [ENDED, LIVE].map((which) => {
    const of = { room: value(filter.room), wanted: and(which, ...wanted), isOnRooms };
    return sql`(${firstMeetings({ id: meetings.id }, of, newest, COUNTED_LIMIT)})`;
  });
  return countOf(
    reader,
    sql`${sql.join(found, sql` union all `)} limit ${sql.raw(String(COUNTED_LIMIT))}`,
  );
}

/**
 * Whether one plan is the best, whatever is asked for: not where sources are large or small, names are rare or
 * not, nor where few of the longest may be in a period. A text was looked for before, and has a condition for each way.
 */
function isPlannedAlike({ person, source, from, to }: MeetingFilter, { sort }: MeetingOrder) {
  if (source !== null || person !== null) return false;
  return sort === "started" || (from === null && to === null);
}

/** The conditions on meetings in progress, or on ended ones, after a cursor among these. */
function conditionsOf(
  wanted: readonly SQL[],
  by: MeetingOrder,
  cursor: ListCursor<MeetingPlace> | null,
  live: boolean,
): SQL | undefined {
  const conditions = [live ? LIVE : ENDED, ...wanted];
  if (cursor !== null && cursor.key.live === live) {
    const { value: cursorValue, firstAt, id } = cursor.key;
    const row = sql`(${sortValue(by, live)}, ${meetings.firstAt}, ${meetings.id})`;
    const key = sql`(${cursorValue}::bigint, ${firstAt}::bigint, ${id}::uuid)`;
    const down = isDown(by, cursor.direction === "previous");
    conditions.push(down ? sql`${row} < ${key}` : sql`${row} > ${key}`);
  }
  return and(...conditions);
}

/** The ids of meetings in progress, or of ended ones, in order. */
function part(
  room: SQL | undefined,
  wanted: SQL,
  { back, limit, isOnRooms, ...by }: MeetingListForm,
  live: boolean,
): SQL {
  const value = sortValue(by, live);
  const direction = isDown(by, back) ? desc : asc;
  const fields = {
    id: meetings.id,
    live: sql.raw(String(live)).as("live"),
    value: sql`${value}::bigint`.as("value"),
  };
  const order = [direction(value), direction(meetings.firstAt), direction(meetings.id)];
  return sql`(${firstMeetings(fields, { room, wanted, isOnRooms }, order, limit)})`;
}

function sortValue({ sort }: MeetingOrder, live: boolean): SQLWrapper {
  return live ? VALUES[sort].live : VALUES[sort].ended;
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
