import { asc, desc, eq, getTableColumns, gte, isNull, lte, type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms, waits } from "#db/schema/projected.ts";
import { prepared } from "#db/session.ts";
import { standingFor } from "#db/standing-for.ts";
import type { Ms } from "#domain/event.ts";
import { firstMeetings, type MeetingFilter, meetingConditions } from "./history/meeting-filter.ts";
import { roomsOf, selectionConditions, type WaitSelection } from "./history/wait-filter.ts";
import { firstWaits, WAIT, waitOrder } from "./history/waits.ts";
import { MEETING, type MeetingRow, type Reader } from "./meeting.ts";

/** Behind or before a row, by its sort values. */
export interface ListCursor<Key> {
  key: Key;
  direction: "next" | "previous";
}

/** Meetings newest first (with a `previous` place: the rows before it, nearest first). */
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
  const direction = back ? asc : desc;
  const order = [direction(meetings.firstAt), direction(meetings.id)];
  const first = firstMeetings(getTableColumns(meetings), filter, conditions, order, limit);
  const listed = reader
    .select(MEETING)
    .from(standingFor(meetings, first))
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .orderBy(...order);
  // Sources have much or little, names and texts are rare or not: each time a plan of its own.
  const isAlike = filter.source === null && filter.person === null && filter.q === null;
  return isAlike ? prepared(listed) : listed;
}

/** The selected waits newest first (with a `previous` place: the rows before it, nearest first). */
export async function listWaits(
  reader: Reader,
  selection: WaitSelection,
  cursor: ListCursor<{ startedAt: Ms; meetingId: string; participantId: string }> | null,
  limit: number,
) {
  const back = cursor?.direction === "previous";
  const conditions = selectionConditions(selection);
  if (cursor !== null) {
    const { startedAt, meetingId, participantId } = cursor.key;
    const key = sql`(-(${startedAt}::bigint), ${meetingId}::uuid, ${participantId}::text)`;
    const row = sql`(-${waits.startedAt}, ${waits.meetingId}, ${waits.participantId})`;
    conditions.push(back ? sql`${row} < ${key}` : sql`${row} > ${key}`);
    conditions.push((back ? gte : lte)(waits.startedAt, startedAt));
  }
  const order = waitOrder(back);
  const isOurs = selection.room === null ? null : roomsOf(selection);
  const listed = reader
    .select(WAIT)
    .from(firstWaits(conditions, isOurs, order, limit))
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .orderBy(...order);
  // Sources have much or little: each time a plan of its own.
  return selection.source === null ? prepared(listed) : listed;
}
