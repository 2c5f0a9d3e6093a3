import { type StoredDelivery, storedBodies } from "#db/recording/stored-deliveries.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";
import type { Kept, Projectable } from "./project.ts";
import { storedReading } from "./reading.ts";

/** Deliveries as they were read when they came; those without that are read again from their bodies. One statement. */
export async function readAgain(orm: Orm, batch: readonly Kept[]): Promise<Projectable[]> {
  const ids = batch.flatMap((one) => ("about" in one ? [] : one.deliveryId));
  const stored = ids.length > 0 ? await storedBodies(orm, ids) : [];
  const read = new Map(stored.map((one) => [one.id, aboutOf(one)]));
  return batch.map((one) =>
    "about" in one ? one : { ...one, about: read.get(one.deliveryId) ?? null },
  );
}

/** `null` for what is not recorded, as after its body was erased. */
function aboutOf(stored: Pick<StoredDelivery, "provider" | "status" | "body">): RoomEvents | null {
  const reading = stored.status === "recorded" ? storedReading(stored) : null;
  return reading?.kind === "events" ? reading.about : null;
}
