import { notifyChanged, notifyGone } from "#db/connection/bus.ts";
import type { Transaction } from "#db/connection/session.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { callRooms, lockRoomsById, roomIdsAfter } from "#db/recording/rooms.ts";
import { type RoomTitleRule, titleOfRoom } from "#domain/participant/room-title.ts";
import type { Room } from "#domain/projection/state.ts";

const ROOMS_AT_ONCE = 500;

/**
 * Calls a room as an operator says; `null` returns to what was reported, or follows from the rules of its source.
 * Returns what it is called now.
 */
export async function callRoom(
  tx: Transaction,
  id: number,
  givenTitle: string | null,
  rules: readonly RoomTitleRule[],
): Promise<string | null> {
  const rooms = await lockRoomsById(tx, [id]);
  const called = rooms.map((room) => calledBy({ ...room, givenTitle }, rules));
  await callRooms(tx, called);
  const meetings = [...(await loadCurrent(tx, rooms)).values()];
  // Open pages have the title beside its latest meeting.
  if (meetings.length > 0) {
    await notifyChanged(tx, { meetings, appended: [], refiled: [], merged: [] });
  }
  return called[0]?.title ?? null;
}

/** Calls all rooms of a source again, by new rules. Those that are called the same are not written. */
export async function callRoomsOf(
  tx: Transaction,
  sourceId: string,
  rules: readonly RoomTitleRule[],
): Promise<void> {
  let isChanged = false;
  for (let after = 0; ; ) {
    const ids = await roomIdsAfter(tx, sourceId, after, ROOMS_AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) break;
    const rooms = await lockRoomsById(tx, ids);
    const called = rooms.map((room) => calledBy(room, rules));
    const changed = called.filter(({ title }, index) => title !== rooms[index]?.title);
    await callRooms(tx, changed);
    isChanged ||= changed.length > 0;
    after = last;
  }
  // It may be any number of rooms: open pages read again.
  if (isChanged) await notifyGone(tx);
}

function calledBy(room: Room, rules: readonly RoomTitleRule[]): Room {
  return { ...room, title: titleOfRoom(room, rules) };
}
