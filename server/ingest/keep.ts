import type { Recorder } from "#db/client.ts";
import { countRepeats, keepDeliveries, type NewDelivery } from "#db/recording/deliveries.ts";
import { withMonths } from "#db/recording/months.ts";
import { patiently } from "#server/jobs/patiently.ts";
import type { Occurrence } from "#server/providers/provider.ts";

/** One verified delivery, read. */
export interface Arrival {
  delivery: NewDelivery;
  /** What it says happened; `null` where it says nothing, or nothing readable. */
  about: Occurrence | null;
}

/** What a provider is answered, and what its delivery is kept as; `null` for a repeat. */
export interface Kept {
  status: "recorded" | "repeated" | "ignored" | "unreadable";
  id: number | null;
}

/**
 * Keeps a batch, in one statement and one commit: when this returns, what is new of it is durable. No room is
 * locked, and nothing in a delivery can keep its neighbours from being kept. What is a repeat is still to be
 * counted on the first, and answered then.
 */
export async function keep(
  database: Recorder,
  batch: readonly Arrival[],
): Promise<(Kept | Promise<Kept>)[]> {
  // By their keys, so that two batches seldom wait for each other in a circle.
  const order = [...batch.entries()].toSorted(([, a], [, b]) =>
    a.delivery.key < b.delivery.key ? -1 : 1,
  );
  const deliveries = order.map(([, { delivery }]) => delivery);
  const moments = deliveries.map(({ receivedAt }) => receivedAt);
  const ids = await patiently(() =>
    withMonths(database, moments, () => keepDeliveries(database.orm, deliveries)),
  );
  const kept = new Map<number, Kept>();
  const repeats: NewDelivery[] = [];
  for (const [place, [index, { delivery }]] of order.entries()) {
    const known = ids[place] ?? null;
    if (known === null) repeats.push(delivery);
    else kept.set(index, { status: known.isErased ? "ignored" : delivery.status, id: known.id });
  }
  const counted =
    repeats.length > 0 ? patiently(() => countRepeats(database.orm, repeats)) : Promise.resolve();
  const repeated = async (): Promise<Kept> => {
    await counted;
    return { status: "repeated", id: null };
  };
  return batch.map((_, index) => kept.get(index) ?? repeated());
}
