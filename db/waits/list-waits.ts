import { eq, gte, lte, sql } from "drizzle-orm";
import { prepared } from "#db/connection/session.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import type { Reader } from "#db/sql/orm.ts";
import { roomsOf, selectionConditions, type WaitSelection } from "./wait-filter.ts";
import { firstWaits, WAIT, type WaitPlace, waitOrder } from "./waits.ts";

export type WaitOfList = Awaited<ReturnType<typeof listWaits>>[number];

/** The selected waits newest first (with a `previous` cursor: the rows before it, nearest first). */
export async function listWaits(
  reader: Reader,
  selection: WaitSelection,
  cursor: ListCursor<WaitPlace> | null,
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
  const roomCondition = selection.room === null ? null : roomsOf(selection);
  const listed = reader
    .select(WAIT)
    .from(firstWaits(conditions, roomCondition, order, limit))
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .orderBy(...order);
  // Sources are large or small: such a list is planned anew each time.
  return selection.source === null ? prepared(listed) : listed;
}
