import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { keepMeetings } from "#db/recording/meetings.ts";
import type { SearchResult } from "#db/recording/replaying.ts";
import { deliveriesById } from "#db/recording/stored-deliveries.ts";
import { earliest } from "#domain/event/event.ts";
import { EMPTY_TALLY } from "#domain/meeting/tally.ts";
import { erasureIn } from "#domain/projection/erase-room.ts";
import type { Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { lockRoomsOf } from "#server/ingest/project.ts";
import { eraseNews } from "#server/ingest/project-news.ts";
import { rereadDeliveries, rulesBySource } from "#server/ingest/reread.ts";
import type { JobProgress } from "./progress.ts";

const MEETINGS_AT_ONCE = 100;
const BODIES_AT_ONCE = 50;

/**
 * Puts back meetings whose row or room is lost while their events are still there: under their old address, in the
 * room that their deliveries name, and still without any numbers. They are to be projected next.
 */
export async function restoreMeetings(
  database: Database,
  homeless: SearchResult<string>,
  now: () => Ms,
  progress: JobProgress,
): Promise<void> {
  for (;;) {
    const ids = await homeless.next(MEETINGS_AT_ONCE);
    if (ids.length === 0) return;
    for (const id of ids) {
      await database.transaction((tx) => restoreMeeting(database, tx, id, now()));
    }
    progress.add(ids.length);
  }
}

async function restoreMeeting(
  database: Database,
  tx: Transaction,
  id: string,
  now: Ms,
): Promise<void> {
  const recorded = await eventsOfMeetings(tx, [id]);
  const events = recorded.map(({ event }) => event);
  const room = await roomOf(
    tx,
    recorded.flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  // Its room cannot be found out any more.
  if (room === null || events.length === 0) return;
  const seq = Math.max(...recorded.map((one) => one.seq));
  const firstAt = Math.min(...events.map(earliest));
  const tipAt = Math.max(...events.map(({ at }) => at));
  const tally = { ...EMPTY_TALLY, firstAt, tipAt };
  await keepMeetings(tx, [{ id, roomId: room.id, sourceId: room.sourceId, seq, tally }]);
  // In an erased room nothing is projected any more, so the meeting is erased here.
  const rules = (await rulesBySource(database, [room.sourceId])).get(room.sourceId);
  const erasure = rules && room.erasedAt !== null && erasureIn({ room, rules, arrived: recorded });
  if (erasure) await eraseNews(tx, [erasure], now);
}

/** The room that the first of the deliveries with events names. */
async function roomOf(tx: Transaction, ids: readonly number[]): Promise<Room | null> {
  for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
    const stored = await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE));
    const withEvents = rereadDeliveries(stored).find(({ reading }) => reading.kind === "events");
    if (!withEvents) continue;
    const { sourceId } = withEvents.delivery;
    const [room] = (await lockRoomsOf(tx, [{ sourceId, room: withEvents.as.room }])).values();
    return room ?? null;
  }
  return null;
}
