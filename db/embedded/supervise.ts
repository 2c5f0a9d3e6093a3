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

const ANNOUNCE_EVERY_MS = 5000;
const STOP_WITHIN_MS = 60_000;
const TRIES = 20;
/** How often the supervisor checks that the database runs. */
const CHECK_EVERY_MS = 500;
/** The pause doubles after each failure, up to this. */
const LONGEST_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 1000;
const REPEAT_MESSAGE_AFTER_MS = 60_000;

/** A running database: it is started again should it end, for as long as any process holds it. */
export interface Supervised {
  port: number;
  stop(): Promise<void>;
}

export type SupervisedLaunch = Omit<Launch, "port">;

/**
 * A database that this process holds; `process` is the watcher that it launched, or `null` where another
 * process did.
 */
interface Running {
  postmaster: Postmaster;
  hold: Hold;
  process: ChildProcess | null;
}

/**
 * Starts the database: on the port it had before it was cut off, because processes that still hold it look
 * for it there, otherwise on a free port. Throws `EmbeddedDatabaseError` when it does not become ready.
 */
export async function startSupervised(
  launchOptions: SupervisedLaunch,
  log: Log,
  firstPauseMs?: number,
): Promise<Supervised> {
  let port = readPostmaster(launchOptions.place.cluster)?.port;
  const choosePort = async () => {
    const chosen = port ?? (await freePort());
    port = undefined;
    return chosen;
  };
  const running = await start(launchOptions, choosePort, log);
  return supervise(launchOptions.place, running, () => launchOptions, log, firstPauseMs);
}

/**
 * Watches a database that this process holds, whichever started it, and starts it again when it ends: for
 * ever, because a full disk may be freed. Of several processes that watch it the first to take the lock
 * starts it, and the others join.
 */
export function supervise(
  layout: DataLayout,
  first: Omit<Running, "process"> & Partial<Running>,
  launchOptionsOf: () => SupervisedLaunch,
  log: Log,
  firstPauseMs = FIRST_PAUSE_MS,
): Supervised {
  const stopBounding = keepLogBounded(layout.log);
  const stopped = new AbortController();
  let running: Running = { process: null, ...first };
  let reviving: Promise<void> | null = null;

  const startReviving = () => {
    if (!stopped.signal.aborted) reviving ??= revive().finally(() => (reviving = null));
  };
  const watch = () => running.process?.once("exit", startReviving);
  const revive = async () => {
    log.error("The embedded database ended unexpectedly. Starting it again.");
    const lastMessage = { text: "", at: 0 };
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const again = await restart(layout, running.postmaster.port, launchOptionsOf, log);
        running.hold.release();
        running = again;
        watch();
        log.info("The embedded database runs again.");
        return;
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (text !== lastMessage.text || Date.now() - lastMessage.at >= REPEAT_MESSAGE_AFTER_MS) {
          log.error(`${text} It is tried again until it works.`);
          Object.assign(lastMessage, { text, at: Date.now() });
        }
      }
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
    }
  };
  const checkTimer = setInterval(() => {
    if (!isRunning(layout, running.postmaster)) startReviving();
  }, CHECK_EVERY_MS).unref();
  watch();

  return {
    port: running.postmaster.port,
    async stop() {
      stopped.abort();
      clearInterval(checkTimer);
      stopBounding();
      await reviving;
      if (process.platform === "win32" && running.process !== null) {
        const { pgCtl } = launchOptionsOf().binaries;
        spawnSync(pgCtl, ["stop", "-D", layout.cluster, "-m", "fast", "-w"]);
      }
      await releaseHold(layout, running, log);
    },
  };
}

/** Joins the database where another process was quicker, or starts it on the port where all expect it. */
async function restart(
  layout: DataLayout,
  port: number,
  launchOptionsOf: () => SupervisedLaunch,
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
      return start(launchOptionsOf(), async () => port, log);
    },
  );
}

/** Whether this same postmaster runs: not one that came after it. */
function isRunning(layout: DataLayout, { pid }: Postmaster): boolean {
  if (!isAlive(pid)) return false;
  const now = readPostmaster(layout.cluster);
  return now === null || now.pid === pid;
}

/**
 * Releases the hold and, if it was the last one, waits until the database has stopped: the one known here, or
 * one that other processes have started in its place meanwhile.
 */
async function releaseHold(
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
  launchOptions: SupervisedLaunch,
  choosePort: () => Promise<number>,
  log: Log,
): Promise<Running> {
  const { place: layout } = launchOptions;
  let output = "";
  for (let turn = 1; turn <= TRIES; turn += 1) {
    const begunAt = logSize(layout.log);
    const before = readPostmasterFile(layout.cluster);
    const launched = launch({ ...launchOptions, port: await choosePort() });
    const postmaster = await untilReady(launched, layout, before, log);
    const hold = postmaster && (await takeHold(layout));
    launched.settle();
    if (postmaster && hold) return { process: launched.process, postmaster, hold };
    output = readLogFrom(layout.log, begunAt);
    if (!isTemporary(output)) break;
    await sleep(250);
  }
  throw new EmbeddedDatabaseError(explain("could not start", output, layout));
}

/**
 * Whether a failed start may succeed soon: the processes of a killed PostgreSQL take a moment to notice, and
 * a free port may be taken.
 */
function isTemporary(output: string): boolean {
  return /shared memory block|postmaster\.pid" already exists|Address already in use/.test(output);
}

/** Waits until PostgreSQL reports in its pid file that it is ready; `null` when it ended instead. */
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
  let announceAt = Date.now() + ANNOUNCE_EVERY_MS;
  while (!ended && child.exitCode === null && child.signalCode === null) {
    const text = readPostmasterFile(layout.cluster);
    const postmaster = text === null || text === before ? null : parsePostmaster(text);
    if (postmaster?.status === "ready") return postmaster;
    if (Date.now() > announceAt) {
      log.info("The database is still starting: it is recovering from having been cut off.");
      announceAt += ANNOUNCE_EVERY_MS;
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
