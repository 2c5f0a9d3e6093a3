import type { CopiedDelivery } from "#db/recording/copying.ts";
import { mannerNamed } from "#server/demo/world/manner.ts";
import { type Gathering, SECOND } from "#server/demo/world/plot.ts";
import type { Random } from "#server/demo/world/random.ts";
import { emissionsOf } from "#server/demo/world/told.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";

/** A delivery before it is stored, with the events that were read from it, if any. */
export interface ReadDelivery extends Omit<CopiedDelivery, "id" | "sourceId"> {
  about: RoomEvents | null;
}

/**
 * The webhooks of a gathering as its provider sends them, read as the server reads them. The events about
 * attendance are `toldOf` the gathering; the rest is ignored.
 */
export function deliveriesOf(random: Random, gathering: Gathering): ReadDelivery[] {
  const own = mannerNamed(gathering.provider).provider;
  return emissionsOf(random, gathering, Infinity).map(({ readyAt, body: text }) => {
    const body = Buffer.from(text);
    const reading = own.read(body);
    const { key, occurrence, status, room } = deliveryIdentityOf(body, reading);
    return {
      key,
      occurrence,
      room,
      status,
      type: reading.type,
      reason: reading.kind === "unreadable" ? reading.reason : null,
      receivedAt: readyAt + random.int(60, 900) + (random.chance(0.05) ? 8 * SECOND : 0),
      repeats: random.chance(0.02) ? 1 : 0,
      body,
      about: reading.kind === "events" ? reading.about : null,
    };
  });
}
