import { and, asc, desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { IN_ROOM } from "#db/meetings/meeting.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { parts } from "#db/sql/dialect.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { Ms } from "#domain/time/ms.ts";
import { HANDLINGS } from "./handling.ts";
import { IS_END_ENTERED } from "./wait-filter.ts";
import { idOfWait } from "./wait-id.ts";
import { OUTCOME } from "./wait-outcome.ts";

/** Where a wait stands in a list. */
export interface WaitPlace {
  startedAt: Ms;
  meetingId: string;
  participantId: string;
}

/** A wait with its room; of `waits`, `rooms` and `sources`. */
export const WAIT = {
  waitId: idOfWait(),
  meetingId: waits.meetingId,
  roomId: waits.roomId,
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
  /** What the desk entered of it. */
  handlings: HANDLINGS,
  source: sourceJson(),
};

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
