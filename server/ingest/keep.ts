import type { RecordingClient } from "#db/connection/client.ts";
import { countRepeats, type NewDelivery, storeDeliveries } from "#db/recording/deliveries.ts";
import { withMonths } from "#db/recording/months.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** One verified delivery, read. */
export interface Arrival {
  delivery: NewDelivery;
  /** Its room and events; `null` where it has none, or could not be read. */
  about: RoomEvents | null;
}

/** What the provider is answered, and the id of the stored delivery; `null` for a repeat. */
export interface KeptDelivery {
  status: "recorded" | "repeated" | "ignored" | "unreadable";
  id: number | null;
}

/**
 * Keeps a batch, in one statement and one commit: when this returns, the new deliveries are durable. No room is
 * locked, and no delivery can prevent the others from being kept. A repeat is still to be counted on the first
 * delivery, unless it was asked for: its promise resolves then.
 */
export async function keep(
  database: RecordingClient,
  batch: readonly Arrival[],
  now: () => Ms,
): Promise<(KeptDelivery | Promise<KeptDelivery>)[]> {
  const deliveries = batch.map(({ delivery }) => delivery);
  const moments = deliveries.map(({ receivedAt }) => receivedAt);
  const ids = await retryWhileBusy(() =>
    withMonths(database, moments, () => storeDeliveries(database.orm, deliveries, now())),
  );
  // What is asked for is found again each time: only what is sent again counts.
  const repeats = deliveries.filter((one, index) => ids[index] == null && !one.isReconciled);
  const counted =
    repeats.length > 0
      ? retryWhileBusy(() => countRepeats(database.orm, repeats))
      : Promise.resolve();
  const repeated = async (): Promise<KeptDelivery> => {
    await counted;
    return { status: "repeated", id: null };
  };
  return deliveries.map(({ status }, index) => {
    const kept = ids[index];
    return kept ? { status: kept.isErased ? "ignored" : status, id: kept.id } : repeated();
  });
}
