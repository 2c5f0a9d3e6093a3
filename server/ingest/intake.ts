import type { Database } from "#db/connection/client.ts";
import { failureOf, hindranceOf } from "#db/connection/failure.ts";
import type { Ms } from "#domain/time/ms.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { createBatcher } from "./batch.ts";
import { type Arrival, type KeptDelivery, keep } from "./keep.ts";
import type { KeepingHealth } from "./keeping.ts";
import type { Projectable } from "./project.ts";
import type { DeliveryProjector } from "./projecting.ts";

const MIB = 1_048_576;
/** Most deliveries in one commit, and most that may wait for the next. */
const BATCH = { items: 500, bytes: 32 * MIB };
const QUEUE = { items: 10_000, bytes: 256 * MIB };

/** Keeps deliveries, and has them projected after that. */
export interface Intake<By extends DeliveryProjector = DeliveryProjector> {
  /** Resolves when the delivery is durable. Rejects with `Overloaded` at once when too many wait. */
  keep(arrival: Arrival): Promise<KeptDelivery>;
  projector: By;
  /** Takes nothing new, answers what was taken, and stops the projector after its batch. */
  drain(): Promise<void>;
}

/** Assembles an intake over a database and a projector. */
export function createIntake<By extends DeliveryProjector>(
  database: Pick<Database, "door">,
  { now, keeping, projector }: { now: () => Ms; keeping: KeepingHealth; projector: By },
): Intake<By> {
  const flush = async (batch: readonly Arrival[]) => {
    try {
      const beganAt = performance.now();
      const kept = await keep(database.door, batch, now);
      keeping.kept(now());
      noteKept(kept, performance.now() - beganAt);
      projector.add(
        batch.flatMap((arrival, index) => projectable(arrival, kept[index] ?? null) ?? []),
      );
      return kept;
    } catch (error) {
      if (failureOf(error) === "down") keeping.failed(now(), hindranceOf(error));
      throw error;
    }
  };
  const batcher = createBatcher({
    flush,
    bytesOf: ({ delivery }: Arrival) => delivery.body.byteLength,
    most: BATCH,
    queue: QUEUE,
  });
  processCounts().queues.push(batcher.waiting);
  return {
    keep: batcher.add,
    projector,
    async drain() {
      await batcher.drain();
      await projector.stop();
    },
  };
}

function noteKept(kept: readonly (KeptDelivery | Promise<KeptDelivery>)[], tookMs: Ms): void {
  const { door } = processCounts();
  const repeated = kept.filter((one) => one instanceof Promise).length;
  door.repeated += repeated;
  door.kept += kept.length - repeated;
  door.batchSizes.note(kept.length);
  door.batchSeconds.note(tookMs / 1_000);
}

/**
 * A new delivery as it is handed to the projector; `null` for a repeat, one that names no room, and one of an
 * erased room.
 */
export function projectable(
  { delivery: { sourceId, room, status }, about }: Arrival,
  kept: KeptDelivery | Promise<KeptDelivery> | null,
): Projectable | null {
  if (kept === null || kept instanceof Promise || kept.id === null || room === null) return null;
  if (kept.status !== status) return null;
  return { deliveryId: kept.id, sourceId, room, about };
}
