import type { CopiedDelivery } from "#db/recording/copying.ts";
import { attendeeEmissions } from "#server/demo/simulate/bodies/attendee-bodies.ts";
import { dailyEmissions } from "#server/demo/simulate/bodies/daily-bodies.ts";
import type { Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { wireForm } from "#server/demo/simulate/sending/send.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";
import { provider } from "#server/providers/providers.ts";
import { DAY, SECOND } from "./plot/calendar.ts";

/** A delivery before it is stored, with the events that were read from it, if any. */
export interface ReadDelivery extends Omit<CopiedDelivery, "id" | "sourceId"> {
  about: RoomEvents | null;
}

/**
 * The webhooks of a gathering as its provider sends them, read as the server reads them. The events about
 * attendance are `factsOf` the gathering; the rest is ignored.
 */
export function deliveriesOf(random: Random, gathering: Gathering): ReadDelivery[] {
  const { provider: named } = gathering;
  const own = provider(named);
  if (own === null) throw new Error(`no provider named ${named}`);
  const emissions =
    gathering.provider === "daily"
      ? dailyEmissions(random, gathering, lastOf(gathering))
      : attendeeEmissions(random, gathering, gathering.bot.comesAt - DAY, lastOf(gathering));
  return emissions.map(({ readyAt, body: emitted }) => {
    const body = Buffer.from(wireForm({ provider: named, body: emitted }));
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

/** The last known moment of a gathering. */
function lastOf({ actors }: Gathering): number {
  return Math.max(
    ...actors.flatMap(({ stays, knocks }) =>
      [...stays, ...knocks].map(({ from, to }) => to ?? from),
    ),
  );
}
