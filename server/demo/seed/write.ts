import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { copyHistory, numberDeliveries } from "#db/recording/copying.ts";
import { IDS } from "#db/recording/ids.ts";
import { countLeft } from "#db/recording/left.ts";
import { withMonths } from "#db/recording/months.ts";
import { movePeople, recountJoined } from "#db/recording/people.ts";
import { storeReturns } from "#db/recording/returns.ts";
import { keepRooms } from "#db/recording/rooms.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { together } from "#domain/projection/changes.ts";
import { NOTHING_BEFORE, rebuildRoom } from "#domain/projection/rebuild-room.ts";
import type { Ms } from "#domain/time/ms.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { type DeliveryEvents, lockRoomsOf, newsOf } from "#server/ingest/project.ts";
import type { ReadDelivery } from "./kept.ts";

/** A delivery with the source to which it came. */
export interface SourcedDelivery extends ReadDelivery {
  sourceId: string;
}

/** What was written, in rows. */
export interface WrittenChunk {
  deliveries: number;
  events: number;
  meetings: number;
  attendances: number;
  waits: number;
}

/**
 * Writes a chunk of history in one transaction: the deliveries in the order they came, and their projection.
 * Nothing stored of their rooms may reach into the time of the chunk.
 */
export async function writeChunk(
  database: Database,
  deliveries: readonly SourcedDelivery[],
  rules: ReadonlyMap<string, Rules>,
  now: Ms,
): Promise<WrittenChunk> {
  const inOrder = deliveries.toSorted((a, b) => a.receivedAt - b.receivedAt);
  const moments = inOrder.map(({ receivedAt }) => receivedAt);
  return withMonths(database, moments, () =>
    database.transaction((tx) => write(tx, inOrder, rules, now)),
  );
}

async function write(
  tx: Transaction,
  inOrder: readonly SourcedDelivery[],
  rules: ReadonlyMap<string, Rules>,
  now: Ms,
): Promise<WrittenChunk> {
  const rooms = await lockRoomsOf(tx, inOrder);
  const ids = await numberDeliveries(
    tx,
    inOrder.map(({ receivedAt }) => receivedAt),
  );
  const deliveries = inOrder.map((delivery, index) => ({ ...delivery, id: ids[index] ?? 0 }));
  const projected = deliveries.flatMap(({ id: deliveryId, sourceId, about }): DeliveryEvents[] => {
    const own = rules.get(sourceId);
    return own && about ? [{ sourceId, rules: own, about, deliveryId }] : [];
  });
  // No stored meeting is affected, so nothing has to be loaded.
  const news = await newsOf(tx, projected, rooms);
  const change = together(news.map((own) => rebuildRoom(own, NOTHING_BEFORE, now, IDS)));
  const chunk = {
    deliveries,
    meetings: change.meetings,
    events: change.appended,
    attendances: change.attendances.kept,
    waits: change.waits.kept,
  };
  await copyHistory(tx, chunk);
  await keepRooms(tx, change.rooms);
  if (change.returning.length > 0) await storeReturns(tx, change.returning, installationTimeZone());
  await countLeft(
    tx,
    chunk.meetings.map(({ id }) => id),
  );
  // Last, because other transactions with new events of the same people wait from here on.
  if (change.people.length > 0) await recountJoined(tx, await movePeople(tx, change.people));
  return {
    deliveries: deliveries.length,
    events: chunk.events.length,
    meetings: chunk.meetings.length,
    attendances: chunk.attendances.length,
    waits: chunk.waits.length,
  };
}
