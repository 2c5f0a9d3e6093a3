import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf, updateAll } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ROOM } from "./rooms.ts";

/** Meetings further apart than this are never looked at together. */
const NEAR_MS: Ms = 86_400_000;

/** A room at a place, and the one that its meeting is in. */
export interface PlacedRoom extends Room {
  joinedTo: number | null;
}

/** Rooms of which is to be looked at whether they are one meeting with others; those of one source where one is named. */
export async function unsettledRooms(
  orm: Pick<Orm, "select">,
  limit: number,
  sourceId: string | null = null,
): Promise<number[]> {
  const rows = await orm
    .select({ id: rooms.id })
    .from(rooms)
    .where(
      and(sql`${rooms.isUnsettled}`, sourceId === null ? undefined : eq(rooms.sourceId, sourceId)),
    )
    .orderBy(asc(rooms.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Marks all rooms of a source whose place is known to be looked at. Returns how many. */
export async function unsettleSource(orm: Pick<Orm, "update">, sourceId: string): Promise<number> {
  const marked = await orm
    .update(rooms)
    .set({ isUnsettled: true })
    .where(and(eq(rooms.sourceId, sourceId), isNotNull(rooms.place)))
    .returning({ id: rooms.id });
  return marked.length;
}

/** The rooms at the place of a room whose meetings are near its own, itself, and those that are joined to any of them. */
export async function roomsNear(tx: Transaction, roomId: number): Promise<number[]> {
  const [one, other, same] = [alias(rooms, "one"), alias(rooms, "other"), alias(meetings, "same")];
  const near = await tx
    .selectDistinct({ id: other.id })
    .from(one)
    .innerJoin(
      meetings,
      and(
        eq(meetings.roomId, sql`coalesce(${one.joinedTo}, ${one.id})`),
        isNull(meetings.mergedInto),
      ),
    )
    .innerJoin(
      other,
      and(eq(other.sourceId, one.sourceId), eq(other.place, one.place), isNull(other.joinedTo)),
    )
    .innerJoin(
      same,
      and(
        eq(same.roomId, other.id),
        isNull(same.mergedInto),
        sql`${same.firstAt} <= ${meetings.tipAt} + ${NEAR_MS}::bigint`,
        sql`(${same.status} <> 'ended' or ${same.tipAt} >= ${meetings.firstAt} - ${NEAR_MS}::bigint)`,
      ),
    )
    .where(eq(one.id, roomId));
  const ids = [roomId, ...near.map(({ id }) => id)];
  const joined = await tx.select({ id: rooms.id }).from(rooms).where(isOneOf(rooms.joinedTo, ids));
  return [...new Set([...ids, ...joined.map(({ id }) => id)])];
}

/** Locks rooms in the order of their ids, joined ones too. */
export async function lockPlaced(tx: Transaction, ids: readonly number[]): Promise<PlacedRoom[]> {
  return tx
    .select({ ...ROOM, joinedTo: rooms.joinedTo })
    .from(rooms)
    .where(isOneOf(rooms.id, ids))
    .orderBy(asc(rooms.id))
    .for("update");
}

/** The same without locking them. */
export async function readPlaced(tx: Transaction, ids: readonly number[]): Promise<PlacedRoom[]> {
  return tx
    .select({ ...ROOM, joinedTo: rooms.joinedTo })
    .from(rooms)
    .where(isOneOf(rooms.id, ids))
    .orderBy(asc(rooms.id));
}

/** Notes in which rooms the meetings of locked rooms are. */
export async function joinRooms(
  tx: Transaction,
  all: readonly { id: number; joinedTo: number | null }[],
): Promise<void> {
  await updateAll(tx, rooms, all);
}

/** Notes that locked rooms were looked at. */
export async function settleRooms(tx: Transaction, ids: readonly number[]): Promise<void> {
  await updateAll(
    tx,
    rooms,
    ids.map((id) => ({ id, isUnsettled: false })),
  );
}

/** The latest rooms of a source whose place is known, of those that have a meeting of their own, or are joined. */
export async function latestPlaced(
  tx: Transaction,
  sourceId: string,
  limit: number,
): Promise<number[]> {
  const rows = await tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(
      and(
        eq(rooms.sourceId, sourceId),
        isNotNull(rooms.place),
        or(isNotNull(rooms.currentMeetingId), isNotNull(rooms.joinedTo)),
      ),
    )
    .orderBy(sql`${rooms.id} desc`)
    .limit(limit);
  return rows.map(({ id }) => id);
}
