import type { Ms } from "#domain/time/ms.ts";
import { SECOND } from "#server/demo/world/plot.ts";
import type { Random } from "#server/demo/world/random.ts";
import type { Emission } from "#server/demo/world/told.ts";

/** One sending of an emission: `late` after seconds, or even minutes, so that later ones overtake it. */
export interface Sending {
  emission: Emission;
  sendAt: Ms;
  repeat: boolean;
  late: boolean;
}

/**
 * When each emission is delivered: most within a second, some late, some twice. Nothing is delivered
 * after `end`, and no repeat before what it repeats.
 */
export function sendings(random: Random, emissions: readonly Emission[], end: Ms): Sending[] {
  return emissions.flatMap((emission) => {
    const delay = delayOf(random);
    const sendAt = Math.min(emission.readyAt + delay, Math.max(end, emission.readyAt));
    const first: Sending = { emission, sendAt, repeat: false, late: delay > SECOND };
    if (emission.type === null || !random.chance(0.06)) return [first];
    const again = Math.min(sendAt + random.int(SECOND, 60 * SECOND), Math.max(end, sendAt));
    return [first, { ...first, sendAt: again, repeat: true }];
  });
}

function delayOf(random: Random): Ms {
  const dice = random.next();
  if (dice < 0.88) return random.int(60, 700);
  if (dice < 0.97) return random.int(2 * SECOND, 15 * SECOND);
  return random.int(20 * SECOND, 150 * SECOND);
}
