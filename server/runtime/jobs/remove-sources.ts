import { setTimeout as pause } from "node:timers/promises";
import { notifyGone } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import {
  dropDeliveriesOf,
  dropRoomsOf,
  dropSources,
  dropStatementsOf,
  type RemovedSources,
  type SourceCounts,
} from "#db/removal/source-removal.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "#server/ingest/known-sources.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** How much is removed in one transaction, so that others who record meanwhile do not wait for long. */
export interface Portions {
  deliveries: number;
  events: number;
  /** After each, the removal pauses for this share of the time that it took. */
  rest: number;
  /** How long a process may still take webhooks of a source that was paused. */
  freshMs: Ms;
}

/** For a command, which somebody waits for. */
export const USUAL: Portions = { deliveries: 5_000, events: 20_000, rest: 0, freshMs: FRESH_MS };
/** Small and with rests, so that others who record or read meanwhile wait for a moment at most. */
export const GENTLE: Portions = { ...USUAL, deliveries: 500, events: 1_000, rest: 0.5 };

/** How many rows there are to remove, as progress counts them. */
export function sizeOf({
  deliveries,
  events,
}: Pick<SourceCounts, "deliveries" | "events">): number {
  return deliveries + events;
}

/**
 * Removes sources whole, with everything that came from them and was entered about it; all else stays. They take no
 * webhooks any more. After an interruption it is simply called again.
 */
export async function removeSources(
  database: Database,
  which: RemovedSources,
  onRemoved: (count: number) => void,
  portions: Portions,
): Promise<void> {
  // Deliveries go before what was projected from them: else a replay in between would project them again.
  await dropStatementsOf(database.orm, which);
  const dropSomeDeliveries = async () =>
    (await dropDeliveriesOf(database.orm, which, portions.deliveries)) || null;
  const dropSomeRooms = () =>
    retryWhileBusy(() => database.transaction((tx) => dropRoomsOf(tx, which, portions.events)));
  for (const dropBatch of [dropSomeDeliveries, dropSomeRooms]) {
    for (;;) {
      const begun = performance.now();
      const count = await dropBatch();
      if (count === null) break;
      onRemoved(count);
      await pause((performance.now() - begun) * portions.rest);
    }
  }
  await database.transaction(async (tx) => {
    await dropSources(tx, which);
    await notifyGone(tx);
  });
}
