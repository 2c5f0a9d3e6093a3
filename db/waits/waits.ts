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
  IS_SAID,
  personOf,
  roomsOf,
  selectionConditions,
  type WaitSelection,
} from "./wait-filter.ts";
import { endedSo, OUTCOME } from "./wait-outcome.ts";

/** What a list of waits goes on from. */
export interface WaitCursor {
  startedAt: Ms;
  meetingId: string;
  participantId: string;
}

/**
 * The selected waits newest first (with a `previous` place: those before it, nearest first). One statement,
 * which looks at nothing but the rows it answers and those between them.
 */
export async function listWaitRows(
  reader: Reader,
  selection: WaitSelection,
  cursor: ListCursor<WaitCursor> | null,
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
  const isOurs = selection.room === null ? null : roomsOf(selection);
  const held = reader
    .select({ ...WAIT, leaves: sql<number>`${leavesBefore()}` })
    .from(firstWaits(conditions, isOurs, order, limit))
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .orderBy(...order);
  // Sources have much or little: each time a plan of its own.
  return selection.source === null ? prepared(held) : held;
}

/** A wait with where it was; of `waits`, `rooms` and `sources`. */
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
  /** Nobody reported when it ended, and an operator said when. */
  isSaid: IS_SAID,
  source: sourceJson(),
};

/** How often its person left within a day before a wait, that one included. */
function leavesBefore() {
  const leave = alias(waits, "leave");
  return parts
    .select({ leaves: sql`count(*)::int` })
    .from(leave)
    .where(
      and(
        eq(leave.roomId, waits.roomId),
        between(leave.startedAt, sql`${waits.startedAt} - ${SAME_TRY_MS}::bigint`, waits.startedAt),
        endedSo((wait) => isCountedAsLeft(wait, "counted"), leave),
        sql`${personOf(leave)} = ${personOf(waits)}`,
      ),
    );
}

/** Before every wait. */
const EVER = sql.raw(String(Number.MIN_SAFE_INTEGER));

/** Newest first, or back from there. */
export function waitOrder(back: boolean): SQL[] {
  const [ahead, behind] = back ? [asc, desc] : [desc, asc];
  return [ahead(waits.startedAt), behind(waits.meetingId), behind(waits.participantId)];
}

/**
 * The first of the waits of some `rooms` in an order: of each by its own part of an index, which is in that
 * order. Rooms of one key are few; `null` is all there are.
 */
export function firstWaits(
  conditions: readonly SQL[],
  isOurs: SQL | null,
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
  if (isOurs === null) return standingFor(waits, first(wanted));
  const ours = parts.select({ id: rooms.id }).from(rooms).where(isOurs).as("ours");
  // The second says nothing new: but only the index that begins with the room can use it, and none of all rooms.
  const ofRoom = [
    eq(waits.roomId, ours.id),
    sql`(${waits.roomId}, ${waits.startedAt}) > (${ours.id}, ${EVER})`,
  ];
  const ofEach = first(and(...ofRoom, wanted));
  return standingFor(
    waits,
    parts
      .select(getTableColumns(waits))
      .from(ours)
      .crossJoinLateral(standingFor(waits, ofEach))
      .orderBy(...order)
      .limit(limit),
  );
}
