import type { Database } from "#db/connection/client.ts";
import { noteSecretUsed } from "#db/sources/secrets.ts";
import { notePinged } from "#db/sources/sources.ts";
import { onceAMinute } from "#server/http/gate/once-a-minute.ts";
import { createIntake, type Intake } from "./intake.ts";
import { KeepingHealth } from "./keeping.ts";
import { createSourceCache } from "./known-sources.ts";
import type { DeliveryProjector } from "./projecting.ts";
import type { WebhookDoor } from "./receive.ts";
import { Refusals } from "./refusals.ts";

/** Providers wait ten seconds for an answer; no answer counts for them as much as a failure. */
const ANSWER_WITHIN_MS = 8_000;

/** Assembles the door: it looks up sources, keeps deliveries and has them projected. */
export function createDoor<By extends DeliveryProjector>(
  database: Pick<Database, "door">,
  options: Pick<WebhookDoor, "log" | "toleranceMs" | "now"> & {
    secret: string;
    projector: By;
    keeping?: KeepingHealth;
    refusals?: Refusals;
  },
): WebhookDoor & { intake: Intake<By> } {
  const { orm } = database.door;
  const keeping = options.keeping ?? new KeepingHealth();
  const isDue = onceAMinute();
  return {
    ...options,
    keeping,
    refusals: options.refusals ?? new Refusals(),
    noteUse: (secretId, now) => {
      if (!isDue(secretId, now)) return;
      // This is only shown to people: a webhook does not fail because it could not be noted.
      noteSecretUsed(orm, secretId, now).catch(() => undefined);
    },
    notePing: (sourceId, now) => {
      // It may be unsigned: whoever knows the address writes a row a minute at most.
      if (!isDue(sourceId, now)) return;
      notePinged(orm, sourceId, now).catch(() => undefined);
    },
    findSource: createSourceCache(orm, options.secret, options.log),
    answerWithinMs: ANSWER_WITHIN_MS,
    intake: createIntake(database, { ...options, keeping }),
  };
}
