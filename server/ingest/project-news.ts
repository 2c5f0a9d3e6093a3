import type { Transaction } from "#db/connection/session.ts";
import { apply } from "#db/recording/apply.ts";
import { eraseRooms as eraseStored } from "#db/recording/erasing.ts";
import { eraseRosters } from "#db/recording/erasing-rosters.ts";
import { IDS } from "#db/recording/ids.ts";
import { loadAround, loadTouched, loadWhole } from "#db/recording/load.ts";
import { type Changes, together } from "#domain/projection/changes.ts";
import { type Erasure, eraseRoom } from "#domain/projection/erase-room.ts";
import type { RoomInput } from "#domain/projection/news.ts";
import { plan } from "#domain/projection/plan.ts";
import type { Ms } from "#domain/time/ms.ts";
import { installationTimeZone } from "#server/http/zone.ts";

/**
 * What the new events of locked rooms change. The people concerned alone are loaded first; where they are not
 * enough to apply incrementally, the meetings around are too. At most five statements, however many rooms.
 */
export async function planNews(
  tx: Transaction,
  news: readonly RoomInput[],
  now: Ms,
): Promise<Changes> {
  const eventsOf = await loadTouched(tx, news);
  const near = news.map((own) => plan(own, { reach: "touched", events: eventsOf(own) }, now, IDS));
  const wider = news.filter((_, index) => near[index] === null);
  const beforeOf = await loadAround(tx, wider);
  const far = wider.map((own) => plan(own, { reach: "around", before: beforeOf(own) }, now, IDS));
  return together([...near, ...far].filter((changes) => changes !== null));
}

/** Writes what was planned for locked rooms, and notifies the bus. */
export async function writeChanges(tx: Transaction, changes: Changes): Promise<void> {
  await apply(tx, changes, installationTimeZone());
}

/** Projects the new events of locked rooms, and returns what changed. */
export async function projectNews(
  tx: Transaction,
  news: readonly RoomInput[],
  now: Ms,
): Promise<Changes> {
  const changes = await planNews(tx, news, now);
  await writeChanges(tx, changes);
  return changes;
}

/**
 * Erases what is stored of the people of locked rooms. Open pages change by themselves to what is left of their
 * meetings; from then on nothing is projected in these rooms.
 */
export async function eraseNews(
  tx: Transaction,
  erasures: readonly Erasure[],
  now: Ms,
): Promise<void> {
  const wholeOf = await loadWhole(
    tx,
    erasures.map(({ room }) => room),
  );
  const planned = erasures.map((own) => eraseRoom(own, wholeOf(own.room), now, IDS));
  await writeChanges(tx, together(planned.map(({ changes }) => changes)));
  const rooms = erasures.flatMap(({ room, event, deliveryId }) =>
    // What several observers saw is of the same people.
    [room, ...room.others].map(({ id, key }) => {
      return { id, sourceId: room.sourceId, key, at: event.at, proof: deliveryId };
    }),
  );
  await eraseStored(
    tx,
    rooms,
    planned.flatMap(({ erased }) => erased),
  );
  await eraseRosters(tx, rooms);
}
