import { type Database, database } from "#db/connection/client.ts";
import { createDoor } from "./ingest/door.ts";
import { keepingHealth } from "./ingest/keeping.ts";
import { sharedProjecting } from "./ingest/projecting.ts";
import { Projector } from "./ingest/projector.ts";
import type { WebhookDoor } from "./ingest/receive.ts";
import { refusals } from "./ingest/refusals.ts";
import { processContext } from "./runtime/process-context.ts";

let own: { database: Database; door: WebhookDoor } | null = null;

/** This instance's door for webhooks. The database must be open. */
export function webhookDoor(): WebhookDoor {
  const { env, log } = processContext();
  const open = database();
  if (own?.database !== open) {
    const door = createDoor(open, {
      secret: env.secret,
      toleranceMs: env.timestampToleranceMs,
      now: Date.now,
      log,
      projector: sharedProjecting() ?? new Projector(open, { now: Date.now, log }),
      keeping: keepingHealth(),
      refusals: refusals(),
    });
    own = { database: open, door };
  }
  return own.door;
}
