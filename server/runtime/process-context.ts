import { type Env, readEnv } from "./env.ts";
import { createLog, type Logger } from "./log.ts";

/*
 * What an instance of the code needs of its process. There are two instances: the server's own and the
 * one Next bundles. Each makes these once; they share the database, the projector, and the environment,
 * which the server completes at its start.
 */

interface Settings extends Env {
  secret: string;
}

let settings: { env: Settings; log: Logger } | null = null;

/** The environment as the server completed it, and the log. */
export function processContext(): { env: Settings; log: Logger } {
  if (settings === null) {
    const { secret, ...env } = readEnv(process.env);
    if (secret === null) throw new Error("ROLLCALL_SECRET is set by the server at its start.");
    settings = { env: { ...env, secret }, log: createLog(env.logLevel) };
  }
  return settings;
}
