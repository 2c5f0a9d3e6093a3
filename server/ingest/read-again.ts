import type { RecordingClient } from "#db/connection/client.ts";
import { deliveriesById } from "#db/recording/stored-deliveries.ts";
import type { Unprojected } from "#db/recording/unprojected.ts";
import type { Projectable } from "./project.ts";
import { rereadDeliveries } from "./reread.ts";

/** Reads stored deliveries again from their bodies, as they were read when they came. */
export async function readAgain(
  database: RecordingClient,
  rows: readonly Unprojected[],
): Promise<Projectable[]> {
  const ids = rows.map(({ deliveryId }) => deliveryId);
  const stored = await database.transaction((tx) => deliveriesById(tx, ids));
  const read = new Map(rereadDeliveries(stored).map((one) => [one.delivery.id, one]));
  return rows.map((row) => {
    const one = read.get(row.deliveryId);
    const isRecorded = one?.delivery.status === "recorded";
    return {
      ...row,
      about: isRecorded && one.reading.kind === "events" ? one.reading.about : null,
    };
  });
}
