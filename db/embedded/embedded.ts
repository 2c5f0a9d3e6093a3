import { findAccount } from "./account.ts";
import { adoptRunning } from "./adopt.ts";
import { findBinaries } from "./binaries.ts";
import { DATABASE, ensureCluster, ROLE, readPassword, type ServerSettings } from "./cluster.ts";
import { asOneLine, type DataLayout, dataLayoutIn, makeFolders } from "./data-layout.ts";
import { forgetHolders } from "./hold.ts";
import { withLock } from "./lock.ts";
import type { Log } from "./log.ts";
import { type SupervisedLaunch, startSupervised, supervise } from "./supervise.ts";

export interface EmbeddedOptions {
  /** `ROLLCALL_DATA`. All files of the database are in this folder. */
  dataDir: string;
  log: Log;
  /** PostgreSQL settings over our own; for tests. */
  settings?: ServerSettings;
  /** The pause before the second try to restart a database that ended; for tests. */
  firstPauseMs?: number;
}

export interface Embedded {
  url: string;
  /** The path of PostgreSQL's log. */
  log: string;
  /** Whether this call started the database, rather than joining one that was running. */
  started: boolean;
  /** Releases the database. It stops when no process holds it any more, and then this waits for it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, or joins it when another Rollcall process is running it.
 *
 * The database runs as long as at least one process holds it: a command run beside the server joins the
 * server's, and a server started beside a command joins the command's. A process that ends in any way
 * releases its hold. Throws `EmbeddedDatabaseError`.
 */
export async function startEmbedded({
  dataDir,
  log,
  settings,
  firstPauseMs,
}: EmbeddedOptions): Promise<Embedded> {
  const layout = dataLayoutIn(dataDir);
  makeFolders(layout);
  const onWait = () => log.info("Waiting for another Rollcall process to start the database.");
  try {
    return await withLock(layout.lock, onWait, async () => {
      const adopted = await adoptRunning(layout, log);
      if (adopted) {
        const password = readPassword(layout);
        const launch = () => launchOf(layout, settings);
        const { port, stop } = supervise(layout, adopted, launch, log, firstPauseMs);
        return { url: urlOf(port, password), log: layout.log, started: false, stop: once(stop) };
      }
      return await start(launchOf(layout, settings), log, firstPauseMs);
    });
  } catch (error) {
    throw asOneLine(error, layout);
  }
}

async function start(launch: SupervisedLaunch, log: Log, firstPauseMs?: number): Promise<Embedded> {
  const { place: layout, account, binaries } = launch;
  const password = ensureCluster(layout, account, binaries);
  forgetHolders(layout, account.owner);
  const { port, stop } = await startSupervised(launch, log, firstPauseMs);
  return { url: urlOf(port, password), log: layout.log, started: true, stop: once(stop) };
}

function launchOf(layout: DataLayout, settings: ServerSettings | undefined): SupervisedLaunch {
  const binaries = findBinaries();
  return { place: layout, account: findAccount(layout, binaries), binaries, settings };
}

function urlOf(port: number, password: string): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
