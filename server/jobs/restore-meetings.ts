import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { keepMeetings } from "#db/recording/meetings.ts";
import { deliveriesById, type SearchResult } from "#db/recording/replaying.ts";
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
 * Puts meetings back that are no more, or whose room is no more, while their events are: under their old
 * address, in the room that their deliveries name, as yet without any numbers. Telling them is next.
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
      await database.transaction((tx) => rehouseMeeting(database, tx, id, now()));
    }
    progress.add(ids.length);
  }
}

async function rehouseMeeting(
  database: Database,
  tx: Transaction,
  id: string,
  now: Ms,
): Promise<void> {
  const filed = await eventsOfMeetings(tx, [id]);
  const events = filed.map(({ event }) => event);
  const room = await roomOf(
    tx,
    filed.flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  // Nobody can say any more where it was.
  if (room === null || events.length === 0) return;
  const seq = Math.max(...filed.map((one) => one.seq));
  const firstAt = Math.min(...events.map(earliest));
  const tipAt = Math.max(...events.map(({ at }) => at));
  const tally = { ...EMPTY_TALLY, firstAt, tipAt };
  await keepMeetings(tx, [{ id, roomId: room.id, sourceId: room.sourceId, seq, tally }]);
  // Of an erased room nothing is told any more, so what is left of it is said here.
  const rules = (await rulesBySource(database, [room.sourceId])).get(room.sourceId);
  const erasure = rules && room.erasedAt !== null && erasureIn({ room, rules, arrived: filed });
  if (erasure) await eraseNews(tx, [erasure], now);
}

/** The room that the first of the deliveries which says something names. */
async function roomOf(tx: Transaction, ids: readonly number[]): Promise<Room | null> {
  for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
    const kept = await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE));
    const projected = rereadDeliveries(kept).find(({ reading }) => reading.kind === "events");
    if (!projected) continue;
    const { sourceId } = projected.delivery;
    const [room] = (await lockRoomsOf(tx, [{ sourceId, room: projected.as.room }])).values();
    return room ?? null;
  }
  return null;
}
