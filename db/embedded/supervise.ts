import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { explain } from "./cluster.ts";
import { EmbeddedDatabaseError } from "./error.ts";
import { type Hold, isHeld, takeHold } from "./hold.ts";
import { withLock } from "./lock.ts";
import { keepLogBounded, type Log, logSize, readLogFrom } from "./log.ts";
import type { Place } from "./place.ts";
import { isAlive, type Postmaster, parsePostmaster, readPostmasterFile } from "./postmaster.ts";
import { type Launch, type Launched, launch } from "./watcher.ts";

const TELL_EVERY_MS = 5000;
const STOP_WITHIN_MS = 60_000;
const TRIES = 20;
const RELAUNCHES = 5;

/** A database that we started: it is ready, and it is started again should it die. */
export interface Supervised {
  port: number;
  stop(): Promise<void>;
}

type Order = Omit<Launch, "port">;

interface Running extends Launched {
  postmaster: Postmaster;
  hold: Hold;
}

/** Starts the database on a free port. Throws `EmbeddedDatabaseError` when it does not become ready. */
export async function startSupervised(order: Order, log: Log): Promise<Supervised> {
  const { place } = order;
  const stopBounding = keepLogBounded(place.log);
  let running = await start(order, freePort, log);
  let stopping = false;

  const watch = () => running.process.once("exit", () => void relaunch());
  const relaunch = async () => {
    for (let turn = 1; !stopping && turn <= RELAUNCHES; turn += 1) {
      log.error("The embedded database ended unexpectedly. Starting it again.");
      const { port } = running.postmaster;
      try {
        const again = await withLock(
          place.lock,
          () => {},
          () => start(order, async () => port, log),
        );
        running.hold.release();
        running = again;
        watch();
        return;
      } catch (error) {
        log.error(error instanceof Error ? error.message : String(error));
        await sleep(1000 * turn);
      }
    }
  };
  watch();

  return {
    port: running.postmaster.port,
    async stop() {
      stopping = true;
      stopBounding();
      if (process.platform === "win32") {
        spawnSync(order.binaries.pgCtl, ["stop", "-D", place.cluster, "-m", "fast", "-w"]);
      }
      await letGo(place, running, log);
    },
  };
}

/** Releases the hold and, if it was the last one, waits until the database has stopped. */
export async function letGo(
  place: Place,
  { hold, postmaster }: { hold: Hold; postmaster: Postmaster },
  log: Log,
): Promise<void> {
  hold.release();
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isAlive(postmaster.pid) && Date.now() < deadline) {
    if (isHeld(place)) {
      log.info("The embedded database goes on: another Rollcall process is using it.");
      return;
    }
    await sleep(10);
  }
}

async function start(order: Order, choosePort: () => Promise<number>, log: Log): Promise<Running> {
  const { place } = order;
  let said = "";
  for (let turn = 1; turn <= TRIES; turn += 1) {
    const begunAt = logSize(place.log);
    const before = readPostmasterFile(place.cluster);
    const launched = launch({ ...order, port: await choosePort() });
    const postmaster = await untilReady(launched, place, before, log);
    const hold = postmaster && (await takeHold(place));
    launched.settle();
    if (postmaster && hold) return { ...launched, postmaster, hold };
    said = readLogFrom(place.log, begunAt);
    if (!isPassing(said)) break;
    await sleep(250);
  }
  throw new EmbeddedDatabaseError(explain("could not start", said, place));
}

/** The processes of a killed PostgreSQL take a moment to notice, and a free port may be taken. */
function isPassing(said: string): boolean {
  return /shared memory block|postmaster\.pid" already exists|Address already in use/.test(said);
}

/** PostgreSQL says in its pid file that it is ready; `null` when it ended instead. */
async function untilReady(
  { process: child }: Launched,
  place: Place,
  before: string | null,
  log: Log,
): Promise<Postmaster | null> {
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  let tellAt = Date.now() + TELL_EVERY_MS;
  while (!ended && child.exitCode === null && child.signalCode === null) {
    const text = readPostmasterFile(place.cluster);
    const postmaster = text === null || text === before ? null : parsePostmaster(text);
    if (postmaster?.status === "ready") return postmaster;
    if (Date.now() > tellAt) {
      log.info("The database is still starting: it is recovering from having been cut off.");
      tellAt += TELL_EVERY_MS;
    }
    await sleep(10);
  }
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
