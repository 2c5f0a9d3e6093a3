import { type Database, database } from "#db/client.ts";
import { type Env, readEnv } from "./env.ts";
import { createDoor } from "./ingest/door.ts";
import { keepingHealth } from "./ingest/keeping.ts";
import { sharedProjecting } from "./ingest/projecting.ts";
import { Projector } from "./ingest/projector.ts";
import type { WebhookDoor } from "./ingest/receive.ts";
import { createLog, type Logger } from "./log.ts";
import { refusals } from "./recording/refusals.ts";

/*
 * What an instance of the code needs of its process. There are two instances: the server's own and the
 * one Next bundles. Each makes these once; what they share is the database, who projects, and the
 * environment, which the server completes at its start.
 */

interface Settings extends Env {
  secret: string;
}

let settings: { env: Settings; log: Logger } | null = null;
let own: { database: Database; door: WebhookDoor } | null = null;

/** The environment as the server completed it, and the log. */
export function processContext(): { env: Settings; log: Logger } {
  if (settings === null) {
    const { secret, ...env } = readEnv(process.env);
    if (secret === null) throw new Error("ROLLCALL_SECRET is set by the server at its start.");
    settings = { env: { ...env, secret }, log: createLog(env.logLevel) };
  }
  return settings;
}

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
