import { and, asc, desc, eq, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce, value } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { Ms } from "#domain/time/ms.ts";
import { MEETING, type MeetingRow } from "./meeting.ts";
import {
  firstMeetings,
  firstOfRoom,
  type MeetingFilter,
  meetingConditions,
} from "./meeting-filter.ts";

/** Meetings newest first (with a `previous` cursor: the rows before it, nearest first). */
export async function listMeetings(
  reader: Reader,
  filter: MeetingFilter,
  cursor: ListCursor<{ firstAt: Ms; id: string }> | null,
  limit: number,
): Promise<MeetingRow[]> {
  const back = cursor?.direction === "previous";
  const conditions: SQL[] = [
    isNull(meetings.mergedInto),
    ...(await meetingConditions(reader, filter)),
  ];
  if (cursor !== null) {
    const { firstAt, id } = cursor.key;
    const row = sql`(${meetings.firstAt}, ${meetings.id})`;
    const key = sql`(${firstAt}, ${id}::uuid)`;
    conditions.push(back ? sql`${row} > ${key}` : sql`${row} < ${key}`);
  }
  const slots = { room: value(filter.room), wanted: and(...conditions) };
  // Sources are large or small, names are rare or not: such a list is planned anew each time. A text was looked for
  // before, and has a condition for each way.
  const isAlike = filter.source === null && filter.person === null;
  const form = { back, limit, isOnRooms: filter.q !== null };
  return listed(reader, isAlike ? "once" : "anew", slots, form);
}

const listed = madeOnce(
  (
    reader,
    { room, wanted }: { room: SQL | undefined; wanted: SQL | undefined },
    { back, limit, isOnRooms }: { back: boolean; limit: number; isOnRooms: boolean },
  ) => {
    const direction = back ? asc : desc;
    const order = [direction(meetings.firstAt), direction(meetings.id)];
    if (room !== undefined) {
      return reader
        .select(MEETING)
        .from(standingFor(rooms, parts.select().from(rooms).where(eq(rooms.key, room))))
        .crossJoinLateral(firstOfRoom(wanted, order, limit))
        .innerJoin(sources, eq(sources.id, meetings.sourceId))
        .orderBy(...order)
        .limit(limit);
    }
    const fields = getTableColumns(meetings);
    const first = firstMeetings(fields, { room, wanted, isOnRooms }, order, limit);
    return reader
      .select(MEETING)
      .from(standingFor(meetings, first))
      .innerJoin(rooms, eq(rooms.id, meetings.roomId))
      .innerJoin(sources, eq(sources.id, meetings.sourceId))
      .orderBy(...order);
  },
);
