import { setTimeout as pause } from "node:timers/promises";
import { openDatabase, shareDatabase } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { followOwner, isKnownOwned, isOwned } from "./access/sign-in/owned.ts";
import type { SignIn } from "./http/gate/decide.ts";
import type { GateHandler } from "./http/gate/gate.ts";
import { directDoor } from "./ingest/direct-door.ts";
import { createDoor } from "./ingest/door.ts";
import { keepingHealth } from "./ingest/keeping.ts";
import { shareProjecting } from "./ingest/projecting.ts";
import { ProjectorThread } from "./ingest/projector-thread.ts";
import { refusals } from "./ingest/refusals.ts";
import type { Logger } from "./runtime/log.ts";
import { onStop } from "./runtime/stop.ts";
import type { Storage } from "./runtime/storage.ts";
import { bringUpToDate } from "./runtime/up-to-date.ts";

/** Starts what keeps webhooks, once the database is there. No module that only people need is read for it. */

const PROJECTOR = new URL("./ingest/projector-work.ts", import.meta.url);
/** How long the rest of the start waits for the answers to webhooks that came before the door was ready. */
const FIRST_WEBHOOKS_MS = 500;

interface Context {
  log: Logger;
  toleranceMs: Ms | null;
  /** Called before `take`, when it is known who may be answered. */
  open: (signIn: () => SignIn) => void;
  take: (webhooks: GateHandler) => void;
}

/**
 * Brings the database up to date and takes webhooks. The returned projector has not begun.
 */
export async function startReceiving(
  storage: Storage,
  { log, toleranceMs, open, take }: Context,
): Promise<ProjectorThread> {
  const database = openDatabase(storage.url);
  onStop("connections", database.close);
  await bringUpToDate(storage, database);
  process.env["DATABASE_URL"] = storage.url;
  process.env["ROLLCALL_SECRET"] = storage.secret;
  shareDatabase(database);
  const { orm } = database;
  await isOwned(orm);
  followOwner(orm);
  open(() => (isKnownOwned(orm) ? "required" : "nobody"));
  const projector = new ProjectorThread(PROJECTOR, log);
  shareProjecting(projector);
  const door = createDoor(database, {
    secret: storage.secret,
    toleranceMs,
    now: Date.now,
    log,
    projector,
    keeping: keepingHealth(),
    refusals: refusals(),
  });
  onStop("webhooks", () => door.intake.drain());
  const early = earlyAnswers(directDoor(door));
  take(early.handle);
  await Promise.race([early.answered(), pause(FIRST_WEBHOOKS_MS)]);
  return projector;
}

/** The handler, and a promise of the answers to all requests that waited for it; later requests do not count. */
function earlyAnswers(handler: GateHandler): {
  handle: GateHandler;
  answered: () => Promise<unknown>;
} {
  let early: Promise<void>[] | null = [];
  return {
    handle(req, res) {
      const answer = handler(req, res);
      early?.push(answer);
      return answer;
    },
    async answered() {
      // The requests that waited reach the handler first.
      await new Promise(setImmediate);
      const all = early ?? [];
      early = null;
      await Promise.allSettled(all);
    },
  };
}
