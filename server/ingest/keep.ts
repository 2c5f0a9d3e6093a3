import type { RecordingClient } from "#db/connection/client.ts";
import { countRepeats, keepDeliveries, type NewDelivery } from "#db/recording/deliveries.ts";
import { withMonths } from "#db/recording/months.ts";
import type { RoomEvents } from "#server/providers/contract/provider.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** One verified delivery, read. */
export interface Arrival {
  delivery: NewDelivery;
  /** What it says happened; `null` where it says nothing, or nothing readable. */
  about: RoomEvents | null;
}

/** What a provider is answered, and what its delivery is kept as; `null` for a repeat. */
export interface KeptDeliveries {
  status: "recorded" | "repeated" | "ignored" | "unreadable";
  id: number | null;
}

/**
 * Keeps a batch, in one statement and one commit: when this returns, what is new of it is durable. No room is
 * locked, and nothing in a delivery can keep its neighbours from being kept. What is a repeat is still to be
 * counted on the first, and answered then.
 */
export async function keep(
  database: RecordingClient,
  batch: readonly Arrival[],
): Promise<(KeptDeliveries | Promise<KeptDeliveries>)[]> {
  const deliveries = batch.map(({ delivery }) => delivery);
  const moments = deliveries.map(({ receivedAt }) => receivedAt);
  const ids = await retryWhileBusy(() =>
    withMonths(database, moments, () => keepDeliveries(database.orm, deliveries)),
  );
  const repeats = deliveries.filter((_, index) => ids[index] == null);
  const counted =
    repeats.length > 0
      ? retryWhileBusy(() => countRepeats(database.orm, repeats))
      : Promise.resolve();
  const repeated = async (): Promise<KeptDeliveries> => {
    await counted;
    return { status: "repeated", id: null };
  };
  return deliveries.map(({ status }, index) => {
    const kept = ids[index];
    return kept ? { status: kept.isErased ? "ignored" : status, id: kept.id } : repeated();
  });
}
