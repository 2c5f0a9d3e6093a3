import type { Database } from "#db/connection/client.ts";
import { failureOf } from "#db/connection/failure.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eraseDeliveries } from "#db/recording/erasing.ts";
import { deliveriesById, lockDeliveries } from "#db/recording/stored-deliveries.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fileDeliveries, lockRoomsOf, type Rooms, roomName } from "#server/ingest/project.ts";
import {
  isAsKept,
  type Reread,
  rereadDeliveries,
  rulesBySource,
  storeReread,
} from "#server/ingest/reread.ts";
import { errorWords } from "#server/runtime/error-facts.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** Reads deliveries without events again, and records those that have some now. Returns how many. */
export async function rereadWithoutEvents(
  database: Database,
  ids: readonly number[],
  say: (line: string) => void,
  now: () => Ms,
): Promise<number> {
  const stored = await database.transaction((tx) => deliveriesById(tx, ids));
  // Nearly all read as they did when they came.
  const wanted = rereadDeliveries(stored).filter(
    (one) => one.delivery.isErased || one.delivery.status === "recorded" || !isAsKept(one),
  );
  return settle(database, wanted, say, now);
}

/** Records them together; where they cannot be written, by halves, until the one that cannot stands alone. */
async function settle(
  database: Database,
  batch: readonly Reread[],
  say: (line: string) => void,
  now: () => Ms,
): Promise<number> {
  const [first] = batch;
  if (first === undefined) return 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await retryWhileBusy(() =>
        database.transaction((tx) => recordLate(database, tx, batch, now())),
      );
    } catch (error) {
      if (failureOf(error) !== "data") throw error;
      if (batch.length > 1) break;
      // A retry of the same delivery may have been recorded just then: the next try finds it.
      if (attempt > 1) {
        say(`Delivery ${first.delivery.id} says what cannot be recorded: ${errorWords(error)}`);
        return 0;
      }
    }
  }
  const half = Math.ceil(batch.length / 2);
  const count = await settle(database, batch.slice(0, half), say, now);
  return count + (await settle(database, batch.slice(half), say, now));
}

async function recordLate(
  database: Database,
  tx: Transaction,
  batch: readonly Reread[],
  now: Ms,
): Promise<number> {
  const sources = batch.map(({ delivery }) => delivery.sourceId);
  const rules = await rulesBySource(database, sources);
  const named = batch.map(({ delivery, as }) => ({ ...delivery, room: as.room ?? delivery.room }));
  const rooms = await lockRoomsOf(tx, named);
  const stored = await lockDeliveries(
    tx,
    batch.map(({ delivery }) => delivery.id),
  );
  const statusOf = new Map(stored.map(({ id, status }) => [id, status]));
  const same = batch.filter(({ delivery: { id, status } }) => statusOf.get(id) === status);
  const erased = same.filter((one) => isErased(one, rooms));
  const gone = erased.filter(({ reading }) => !isDeletion(reading));
  if (gone.length > 0) {
    await eraseDeliveries(
      tx,
      gone.map(({ delivery }) => delivery.id),
    );
  }
  const restated = await storeReread(
    tx,
    same.filter((one) => !isErased(one, rooms)),
  );
  const withEvents = restated.flatMap(({ delivery: { id, sourceId }, reading }) => {
    const own = rules.get(sourceId);
    if (!own || reading.kind !== "events") return [];
    return [{ sourceId, rules: own, about: reading.about, deliveryId: id }];
  });
  if (withEvents.length > 0) await fileDeliveries(tx, withEvents, rooms, now);
  return withEvents.length;
}

function isErased({ delivery, as }: Reread, rooms: Rooms): boolean {
  const key = as.room ?? delivery.room;
  return key !== null && rooms.get(roomName(delivery.sourceId, key))?.erasedAt != null;
}

/** Such a delivery is the proof that its room was erased, and all that is stored of it. */
function isDeletion(reading: Reread["reading"]): boolean {
  return (
    reading.kind === "events" && reading.about.events.every(({ type }) => type === "data_deleted")
  );
}
