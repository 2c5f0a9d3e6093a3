import { database } from "#db/client.ts";
import { readEnv } from "./env.ts";
import { createDoor } from "./ingest/door.ts";
import type { Door } from "./ingest/receive.ts";
import { createLog } from "./log.ts";

/*
 * What an instance of the code needs of its process. There are two instances: the server's own and the
 * one Next bundles. Each makes these once; what they share is the database and the environment.
 */

let own: Door | null = null;

/** This instance's door for webhooks. The database must be open. */
export function door(): Door {
  if (own === null) {
    const env = readEnv(process.env);
    if (env.secret === null) throw new Error("ROLLCALL_SECRET is set by the server at its start.");
    own = createDoor(database(), {
      secret: env.secret,
      toleranceMs: env.timestampToleranceMs,
      now: Date.now,
      log: createLog(env.logLevel),
    });
  }
  return own;
}
