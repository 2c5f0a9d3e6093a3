import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";
import { type Hold, takeHold } from "./hold.ts";
import type { Log } from "./log.ts";
import { isAlive, isPostgres, type Postmaster, readPostmaster } from "./postmaster.ts";

const UNWATCHED_MS = 3000;
const DEADLINE_MS = 120_000;

/** A database that another process started and that this process now holds as well. */
export interface Adopted {
  postmaster: Postmaster;
  hold: Hold;
}

/**
 * Joins the database that runs on this cluster; `null` when none does.
 *
 * One that is just stopping (its last holder was killed a moment ago) is waited for. One that no watcher
 * watches any more is stopped: nothing would ever stop it, and nothing records who else uses it. Throws
 * `EmbeddedDatabaseError` when it does not stop within two minutes.
 */
export async function adoptRunning(layout: DataLayout, log: Log): Promise<Adopted | null> {
  const begun = Date.now();
  let isAnnounced = false;
  let isStopRequested = false;
  for (;;) {
    const postmaster = findRunning(layout);
    if (!postmaster) return null;
    if (postmaster.status === "ready") {
      const hold = await takeHold(layout);
      if (hold) return { postmaster, hold };
    }
    const waited = Date.now() - begun;
    if (waited > 500 && !isAnnounced) {
      log.info("Waiting for the database to finish stopping.");
      isAnnounced = true;
    }
    if (waited > UNWATCHED_MS && !isStopRequested) {
      askToStop(postmaster);
      isStopRequested = true;
    }
    if (waited > DEADLINE_MS) {
      throw new EmbeddedDatabaseError(
        `The database in ${layout.cluster} (process ${postmaster.pid}) does not stop: end it, then start again.`,
      );
    }
    await sleep(15);
  }
}

function findRunning(layout: DataLayout): Postmaster | null {
  const postmaster = readPostmaster(layout.cluster);
  if (!postmaster) return null;
  if (isPostgres(postmaster.pid)) return postmaster;
  // PostgreSQL removes the file of a dead process itself, but would wait for another process that has its
  // number now.
  if (isAlive(postmaster.pid)) rmSync(join(layout.cluster, "postmaster.pid"), { force: true });
  return null;
}

function askToStop({ pid }: Postmaster): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It has ended, or belongs to another user; then the deadline ends the waiting.
  }
}
