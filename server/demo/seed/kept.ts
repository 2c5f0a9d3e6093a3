import type { CopiedDelivery } from "#db/recording/copying.ts";
import { attendeeEmissions } from "#server/demo/simulate/bodies/attendee-bodies.ts";
import { dailyEmissions } from "#server/demo/simulate/bodies/daily-bodies.ts";
import type { Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { wireForm } from "#server/demo/simulate/sending/send.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { RoomEvents } from "#server/providers/contract/provider.ts";
import { provider } from "#server/providers/providers.ts";
import { DAY, SECOND } from "./plot/calendar.ts";

/** A delivery on its way into the database, with what was read from it, if anything. */
export interface ReadDelivery extends Omit<CopiedDelivery, "id" | "sourceId"> {
  about: RoomEvents | null;
}

/**
 * The webhooks of a gathering as its provider sends them, read as they would be at the door. What is told of
 * attendance is `factsOf` the gathering; the rest is ignored.
 */
export function deliveriesOf(random: Random, gathering: Gathering): ReadDelivery[] {
  const { provider: named } = gathering;
  const own = provider(named);
  if (own === null) throw new Error(`no provider named ${named}`);
  const emissions =
    gathering.provider === "daily"
      ? dailyEmissions(random, gathering, lastOf(gathering))
      : attendeeEmissions(random, gathering, gathering.bot.comesAt - DAY, lastOf(gathering));
  return emissions.map(({ readyAt, body: said }) => {
    const body = Buffer.from(wireForm({ provider: named, body: said }));
    const reading = own.read(body);
    const { key, occurrence, status, room } = deliveryIdentityOf(own, body, reading);
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

/** The last moment at which anything of it is known to have happened. */
function lastOf({ actors }: Gathering): number {
  return Math.max(
    ...actors.flatMap(({ stays, knocks }) =>
      [...stays, ...knocks].map(({ from, to }) => to ?? from),
    ),
  );
}
