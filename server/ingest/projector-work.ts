import { parentPort } from "node:worker_threads";
import { openDatabase } from "#db/connection/client.ts";
import { followInstallationZone } from "#server/http/zone.ts";
import { consoleIntoLog } from "#server/runtime/console-log.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { Projector } from "./projector.ts";
import type { FromThread, ThreadQuestion, ToThread } from "./projector-thread.ts";
import { settleBots } from "./settle-bots.ts";
import { rebuildStale } from "./stale.ts";

/*
 * Runs on the projector's thread: the projector, and the rebuilding of meetings that the clock changes. It has its
 * own connections, and shares only the environment with the server.
 */

/** How often the server is told what was counted here. */
const TELL_EVERY_MS = 1_000;
const STALE_EVERY_MS = 15_000;
/** How often is looked for bots of which it is not known yet whether they watch one meeting. */
const SETTLE_EVERY_MS = 1_000;
/** Connections for reading beside projecting: the zone, and the sources of stale meetings. */
const READERS = 2;

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const { env, log } = processContext();
  if (env.mode !== "development") consoleIntoLog(log);
  const own = openDatabase(env.databaseUrl ?? "", { max: READERS });
  const projector = new Projector(own, { now: Date.now, log });
  const send = (message: FromThread) => port.postMessage(message);
  // Without `changed`: the server notifies the browsers.
  const unfollow = await followInstallationZone(own, env.timeZone, { log });
  port.on("message", (message: ToThread) => {
    if (message.kind === "kept") projector.add(message.kept);
    else void answered(message.question).then(() => answer(message.ask));
  });
  projector.watch();
  const stale = setInterval(() => {
    rebuildStale(own, Date.now()).catch((error: unknown) => {
      log.error({ err: error }, "stale meetings could not be projected again");
    });
  }, STALE_EVERY_MS);
  let settling: Promise<void> | null = null;
  const settle = setInterval(() => {
    settling ??= settleBots(own, Date.now())
      .catch((error: unknown) => {
        log.error({ err: error }, "meetings of several bots could not be joined");
      })
      .finally(() => {
        settling = null;
      });
  }, SETTLE_EVERY_MS);
  const telling = setInterval(() => {
    const { size, underWay } = own.pools.projector;
    send({ kind: "numbers", numbers: { ...projector.numbers(), pool: { size, underWay } } });
  }, TELL_EVERY_MS);
  send({ kind: "begun" });

  function answer(ask: number): void {
    send({ kind: "answer", ask, isAll: projector.isAllProjected });
  }

  function answered(question: ThreadQuestion): Promise<void> {
    switch (question.what) {
      case "caught-up":
        return projector.caughtUp(question.withinMs);
      case "stop":
        return stop();
    }
  }

  async function stop(): Promise<void> {
    clearInterval(stale);
    clearInterval(settle);
    await settling;
    clearInterval(telling);
    await projector.stop();
    await unfollow();
    await own.close();
    port.unref();
  }
}

if (parentPort === null)
  throw new Error("This is the projector's thread, which the server starts.");
await work(parentPort);
