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
  /** `ROLLCALL_DATA`. Everything of the database is kept in there. */
  dataDir: string;
  log: Log;
  /** PostgreSQL settings over our own; for tests. */
  settings?: ServerSettings;
  /** How long after its end failed to be mended it is first tried again; for tests. */
  firstPauseMs?: number;
}

export interface Embedded {
  url: string;
  /** The file of its own log. */
  log: string;
  /** Whether this call started the database, rather than joining one that was running. */
  started: boolean;
  /** Gives the database up. It stops when nobody uses it any more, and then this waits for it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, or joins it when another process of ours is running it.
 *
 * The database lives as long as at least one process holds it: a command run beside the server joins
 * the server's, and a server started beside a command joins the command's. A process that ends in
 * whatever way gives its hold up. Throws `EmbeddedDatabaseError`.
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
        const order = () => orderOf(layout, settings);
        const { port, stop } = supervise(layout, adopted, order, log, firstPauseMs);
        return { url: urlOf(port, password), log: layout.log, started: false, stop: once(stop) };
      }
      return await start(orderOf(layout, settings), log, firstPauseMs);
    });
  } catch (error) {
    throw asOneLine(error, layout);
  }
}

async function start(order: SupervisedLaunch, log: Log, firstPauseMs?: number): Promise<Embedded> {
  const { place: layout, account, binaries } = order;
  const password = ensureCluster(layout, account, binaries);
  forgetHolders(layout, account.owner);
  const { port, stop } = await startSupervised(order, log, firstPauseMs);
  return { url: urlOf(port, password), log: layout.log, started: true, stop: once(stop) };
}

function orderOf(layout: DataLayout, settings: ServerSettings | undefined): SupervisedLaunch {
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
