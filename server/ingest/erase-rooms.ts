import { v7 as uuid } from "uuid";
import { notifyChanged } from "#db/bus.ts";
import type { Transaction } from "#db/client.ts";
import { eraseRoom } from "#db/recording/erasing.ts";
import type { RoomNews } from "./advance-rooms.ts";

/**
 * Erases the rooms whose provider says that it erased what it held of them: after everything else that
 * came with it was told, so that the numbers which stay are as complete as what was heard.
 */
export async function eraseRooms(tx: Transaction, news: readonly RoomNews[]): Promise<void> {
  for (const { room, arrived } of news) {
    const [asked] = arrived.flatMap(({ event, deliveryId }) =>
      event.type === "data_deleted" && deliveryId !== null
        ? [{ at: event.at, reason: event.reason, deliveryId }]
        : [],
    );
    if (asked === undefined) continue;
    const move = await eraseRoom(tx, { room, ...asked }, uuid());
    if (move === null) continue;
    const left = { id: move.into, seq: 1 };
    await notifyChanged(tx, {
      meetings: [left],
      appended: [{ meetingId: left.id, seq: 1 }],
      refiled: [],
      merged: [move],
    });
  }
}
