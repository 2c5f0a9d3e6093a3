import { and, asc, between, desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { prepared } from "#db/connection/session.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { IN_ROOM } from "#db/meetings/meeting.ts";
import { sources } from "#db/schema/accounts.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { SAME_TRY_MS } from "#domain/people/people-left.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isCountedAsLeft } from "#domain/waits/waiting.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import {
  IS_END_ENTERED,
  personOf,
  roomsOf,
  selectionConditions,
  type WaitSelection,
} from "./wait-filter.ts";
import { hasOutcome, OUTCOME } from "./wait-outcome.ts";

/** Where a wait stands in a list. */
export interface WaitPlace {
  startedAt: Ms;
  meetingId: string;
  participantId: string;
}

/**
 * The selected waits newest first (with a `previous` cursor: those before it, nearest first). One statement,
 * which reads only the rows it answers and those between them.
 */
export async function listWaitRows(
  reader: Reader,
  selection: WaitSelection,
  cursor: ListCursor<WaitPlace> | null,
  limit: number,
): Promise<WaitListRow[]> {
  const back = cursor?.direction === "previous";
  const conditions = selectionConditions(selection);
  if (cursor !== null) {
    const { startedAt, meetingId, participantId } = cursor.key;
    const key = sql`(${meetingId}::uuid, ${participantId}::text)`;
    const row = sql`(${waits.meetingId}, ${waits.participantId})`;
    const at = waits.startedAt;
    conditions.push(
      back
        ? sql`${at} >= ${startedAt} and (${at} > ${startedAt} or ${row} < ${key})`
        : sql`${at} <= ${startedAt} and (${at} < ${startedAt} or ${row} > ${key})`,
    );
  }
  const order = waitOrder(back);
  const roomCondition = selection.room === null ? null : roomsOf(selection);
  const waitRows = reader
    .select({ ...WAIT, leaves: sql<number>`${leavesBefore()}` })
    .from(firstWaits(conditions, roomCondition, order, limit))
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .orderBy(...order);
  // Sources are large or small: such a list is planned anew each time.
  return selection.source === null ? prepared(waitRows) : waitRows;
}

/** A wait with its room; of `waits`, `rooms` and `sources`. */
export const WAIT = {
  meetingId: waits.meetingId,
  ...IN_ROOM,
  personId: waits.personId,
  participantId: waits.participantId,
  name: waits.name,
  startedAt: waits.startedAt,
  endedAt: waits.endedAt,
  outcome: OUTCOME,
  inferred: waits.inferred,
  /** Nobody reported its end, and an operator entered it. */
  isSaid: IS_END_ENTERED,
  source: sourceJson(),
};

/** How often the person left within a day before a wait, that one included. */
function leavesBefore() {
  const leave = alias(waits, "leave");
  return parts
    .select({ leaves: sql`count(*)::int` })
    .from(leave)
    .where(
      and(
        eq(leave.roomId, waits.roomId),
        between(leave.startedAt, sql`${waits.startedAt} - ${SAME_TRY_MS}::bigint`, waits.startedAt),
        hasOutcome((wait) => isCountedAsLeft(wait, "counted"), leave),
        sql`${personOf(leave)} = ${personOf(waits)}`,
      ),
    );
}

/** Before every wait. */
const EVER = sql.raw(String(Number.MIN_SAFE_INTEGER));

/** Newest first, or the reverse. */
export function waitOrder(back: boolean): SQL[] {
  const [ahead, behind] = back ? [asc, desc] : [desc, asc];
  return [ahead(waits.startedAt), behind(waits.meetingId), behind(waits.participantId)];
}

/**
 * The first waits of some `rooms` in an order: those of each room by its own part of an index, which is in
 * that order. Few rooms share one key; `null` is all rooms.
 */
export function firstWaits(
  conditions: readonly SQL[],
  roomCondition: SQL | null,
  order: readonly SQL[],
  limit: number,
) {
  const wanted = and(...conditions);
  const first = (condition: SQL | undefined) =>
    parts
      .select()
      .from(waits)
      .where(condition)
      .orderBy(...order)
      .limit(limit);
  if (roomCondition === null) return standingFor(waits, first(wanted));
  const matchingRooms = parts
    .select({ id: rooms.id })
    .from(rooms)
    .where(roomCondition)
    .as("matching_rooms");
  // The second condition is implied by the first: but only the index that begins with the room can use it,
  // and no index over all rooms.
  const ofRoom = [
    eq(waits.roomId, matchingRooms.id),
    sql`(${waits.roomId}, ${waits.startedAt}) > (${matchingRooms.id}, ${EVER})`,
  ];
  const ofEach = first(and(...ofRoom, wanted));
  return standingFor(
    waits,
    parts
      .select(getTableColumns(waits))
      .from(matchingRooms)
      .crossJoinLateral(standingFor(waits, ofEach))
      .orderBy(...order)
      .limit(limit),
  );
}
