import { type ChildProcess, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { adoptRunning } from "./adopt.ts";
import { explain } from "./cluster.ts";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";
import { type Hold, isHeld, takeHold } from "./hold.ts";
import { withLock } from "./lock.ts";
import { keepLogBounded, type Log, logSize, readLogFrom } from "./log.ts";
import {
  isAlive,
  type Postmaster,
  parsePostmaster,
  readPostmaster,
  readPostmasterFile,
} from "./postmaster.ts";
import { type Launch, type Launched, launch } from "./watcher.ts";

const TELL_EVERY_MS = 5000;
const STOP_WITHIN_MS = 60_000;
const TRIES = 20;
/** How often it is looked at whether the database runs. */
const LOOK_EVERY_MS = 500;
/** After each failure twice as long as after the one before, up to this. */
const LONGEST_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 1000;
const SAY_EVERY_MS = 60_000;

/** A database that runs: it is started again should it die, for as long as anybody holds it. */
export interface Supervised {
  port: number;
  stop(): Promise<void>;
}

export type SupervisedLaunch = Omit<Launch, "port">;

/** A database that we hold; the process is the watcher that we launched, or `null` where others did. */
interface Running {
  postmaster: Postmaster;
  hold: Hold;
  process: ChildProcess | null;
}

/**
 * Starts the database: where it ran before it was cut off, because whoever still holds it looks for it there,
 * and else on a free port. Throws `EmbeddedDatabaseError` when it does not become ready.
 */
export async function startSupervised(
  order: SupervisedLaunch,
  log: Log,
  firstPauseMs?: number,
): Promise<Supervised> {
  let port = readPostmaster(order.place.cluster)?.port;
  const choosePort = async () => {
    const chosen = port ?? (await freePort());
    port = undefined;
    return chosen;
  };
  const running = await start(order, choosePort, log);
  return supervise(order.place, running, () => order, log, firstPauseMs);
}

/**
 * Watches a database that we hold, whoever started it, and starts it again when it ends: for ever, because
 * a disk that is full may be freed. Of several who watch it the first to take the lock starts it, and the
 * others join.
 */
export function supervise(
  layout: DataLayout,
  first: Omit<Running, "process"> & Partial<Running>,
  orderOf: () => SupervisedLaunch,
  log: Log,
  firstPauseMs = FIRST_PAUSE_MS,
): Supervised {
  const stopBounding = keepLogBounded(layout.log);
  const stopped = new AbortController();
  let running: Running = { process: null, ...first };
  let mending: Promise<void> | null = null;

  const mend = () => {
    if (!stopped.signal.aborted) mending ??= revive().finally(() => (mending = null));
  };
  const watch = () => running.process?.once("exit", mend);
  const revive = async () => {
    log.error("The embedded database ended unexpectedly. Starting it again.");
    const said = { text: "", at: 0 };
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const again = await restart(layout, running.postmaster.port, orderOf, log);
        running.hold.release();
        running = again;
        watch();
        log.info("The embedded database runs again.");
        return;
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (text !== said.text || Date.now() - said.at >= SAY_EVERY_MS) {
          log.error(`${text} It is tried again until it works.`);
          Object.assign(said, { text, at: Date.now() });
        }
      }
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
    }
  };
  const looking = setInterval(() => {
    if (!isRunning(layout, running.postmaster)) mend();
  }, LOOK_EVERY_MS).unref();
  watch();

  return {
    port: running.postmaster.port,
    async stop() {
      stopped.abort();
      clearInterval(looking);
      stopBounding();
      await mending;
      if (process.platform === "win32" && running.process !== null) {
        const { pgCtl } = orderOf().binaries;
        spawnSync(pgCtl, ["stop", "-D", layout.cluster, "-m", "fast", "-w"]);
      }
      await letGo(layout, running, log);
    },
  };
}

/** Joins the database where somebody else was quicker, or starts it where everybody expects it. */
async function restart(
  layout: DataLayout,
  port: number,
  orderOf: () => SupervisedLaunch,
  log: Log,
): Promise<Running> {
  return withLock(
    layout.lock,
    () => {},
    async () => {
      const adopted = await adoptRunning(layout, log);
      if (adopted?.postmaster.port === port) return { ...adopted, process: null };
      if (adopted) {
        adopted.hold.release();
        throw new EmbeddedDatabaseError(
          `The database in ${layout.cluster} runs on another port now: start this process again.`,
        );
      }
      return start(orderOf(), async () => port, log);
    },
  );
}

/** Whether this very postmaster is there: not one that came after it. */
function isRunning(layout: DataLayout, { pid }: Postmaster): boolean {
  if (!isAlive(pid)) return false;
  const now = readPostmaster(layout.cluster);
  return now === null || now.pid === pid;
}

/**
 * Releases the hold and, if it was the last one, waits until the database has stopped: the one that we know of, or
 * that others have started in its place meanwhile.
 */
async function letGo(
  layout: DataLayout,
  { hold, postmaster }: { hold: Hold; postmaster: Postmaster },
  log: Log,
): Promise<void> {
  hold.release();
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isAlive((readPostmaster(layout.cluster) ?? postmaster).pid) && Date.now() < deadline) {
    if (isHeld(layout)) {
      log.info("The embedded database goes on: another Rollcall process is using it.");
      return;
    }
    await sleep(10);
  }
}

async function start(
  order: SupervisedLaunch,
  choosePort: () => Promise<number>,
  log: Log,
): Promise<Running> {
  const { place: layout } = order;
  let said = "";
  for (let turn = 1; turn <= TRIES; turn += 1) {
    const begunAt = logSize(layout.log);
    const before = readPostmasterFile(layout.cluster);
    const launched = launch({ ...order, port: await choosePort() });
    const postmaster = await untilReady(launched, layout, before, log);
    const hold = postmaster && (await takeHold(layout));
    launched.settle();
    if (postmaster && hold) return { process: launched.process, postmaster, hold };
    said = readLogFrom(layout.log, begunAt);
    if (!isPassing(said)) break;
    await sleep(250);
  }
  throw new EmbeddedDatabaseError(explain("could not start", said, layout));
}

/** The processes of a killed PostgreSQL take a moment to notice, and a free port may be taken. */
function isPassing(said: string): boolean {
  return /shared memory block|postmaster\.pid" already exists|Address already in use/.test(said);
}

/** PostgreSQL says in its pid file that it is ready; `null` when it ended instead. */
async function untilReady(
  { process: child }: Launched,
  layout: DataLayout,
  before: string | null,
  log: Log,
): Promise<Postmaster | null> {
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  let tellAt = Date.now() + TELL_EVERY_MS;
  while (!ended && child.exitCode === null && child.signalCode === null) {
    const text = readPostmasterFile(layout.cluster);
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
