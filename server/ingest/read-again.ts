import type { RecordingClient } from "#db/connection/client.ts";
import { deliveriesById } from "#db/recording/replaying.ts";
import type { Unprojected } from "#db/recording/unprojected.ts";
import type { Projectable } from "./project.ts";
import { rereadDeliveries } from "./reread.ts";

/** What kept deliveries say, read from their bodies as it was when they came. */
export async function readAgain(
  database: RecordingClient,
  rows: readonly Unprojected[],
): Promise<Projectable[]> {
  const ids = rows.map(({ deliveryId }) => deliveryId);
  const kept = await database.transaction((tx) => deliveriesById(tx, ids));
  const read = new Map(rereadDeliveries(kept).map((one) => [one.delivery.id, one]));
  return rows.map((row) => {
    const one = read.get(row.deliveryId);
    const isTold = one?.delivery.status === "recorded";
    return { ...row, about: isTold && one.reading.kind === "events" ? one.reading.about : null };
  });
}
