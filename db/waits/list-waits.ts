import { and, asc, desc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { roomsOf, selectionConditions, type WaitSelection } from "./wait-filter.ts";
import { WAIT, type WaitPlace, waitOf } from "./waits.ts";

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
  const slots = {
    wanted: and(...conditions),
    ofRooms: selection.room === null ? undefined : roomsOf(selection),
  };
  // Sources are large or small: such a list is planned anew each time.
  const planning = selection.source === null ? "once" : "anew";
  const rows = await listed(reader, planning, slots, { back, limit });
  return rows.map(waitOf);
}

/** Newest first, or the reverse. */
function waitOrder(back: boolean): SQL[] {
  const [ahead, behind] = back ? [asc, desc] : [desc, asc];
  return [ahead(waits.startedAt), behind(waits.meetingId), behind(waits.participantId)];
}

/** Before every wait. */
const EVER = sql.raw(String(Number.MIN_SAFE_INTEGER));

/**
 * Waits that are `wanted`: those of each of some `rooms` by its own part of an index, which is in the order of the list.
 * Few rooms share one key.
 */
const listed = madeOnce(
  (
    reader,
    { wanted, ofRooms }: { wanted: SQL | undefined; ofRooms: SQL | undefined },
    { back, limit }: { back: boolean; limit: number },
  ) => {
    const order = waitOrder(back);
    const first = (condition: SQL | undefined) =>
      parts
        .select()
        .from(waits)
        .where(condition)
        .orderBy(...order)
        .limit(limit);
    if (ofRooms === undefined) {
      // Each room is looked up: as a join, all rooms up to the last of them would be read.
      const own = parts.select().from(rooms).where(eq(rooms.id, waits.roomId)).offset(0);
      return reader
        .select(WAIT)
        .from(standingFor(waits, first(wanted)))
        .crossJoinLateral(standingFor(rooms, own))
        .innerJoin(sources, eq(sources.id, rooms.sourceId))
        .orderBy(...order)
        .limit(limit);
    }
    // The second condition is implied by the first: but only the index that begins with the room can use it,
    // and no index over all rooms.
    const ofRoom = [
      eq(waits.roomId, rooms.id),
      sql`(${waits.roomId}, ${waits.startedAt}) > (${rooms.id}, ${EVER})`,
    ];
    return reader
      .select(WAIT)
      .from(standingFor(rooms, parts.select().from(rooms).where(ofRooms)))
      .crossJoinLateral(standingFor(waits, first(and(...ofRoom, wanted))))
      .innerJoin(sources, eq(sources.id, rooms.sourceId))
      .orderBy(...order)
      .limit(limit);
  },
);
