import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedDatabaseError } from "./error.ts";
import { isAlive } from "./postmaster.ts";

const DEADLINE_MS = 120_000;

/**
 * Does `work` while no other process of this machine does work under the same lock file.
 *
 * The file names its process; a lock whose process has died is taken over. Throws
 * `EmbeddedDatabaseError` when the lock is not given up in two minutes.
 */
export async function withLock<T>(
  path: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  let isNotified = false;
  while (!tryTake(path)) {
    if (!isNotified) onWait();
    isNotified = true;
    if (Date.now() > deadline) {
      throw new EmbeddedDatabaseError(
        `Another process (see ${path}) has been starting the embedded database for two minutes: ` +
          "stop it, or remove that file if there is none.",
      );
    }
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    ownLocks.delete(path);
    rmSync(path, { force: true });
  }
}

/** Locks of this process: an old lock file may carry the number that this process has now. */
const ownLocks = new Set<string>();

function tryTake(path: string): boolean {
  // Written to a draft and linked, so that no process ever reads a lock without its owner.
  const draft = `${path}.${process.pid}.${ownLocks.size}`;
  writeFileSync(draft, String(process.pid), { mode: 0o600 });
  try {
    linkSync(draft, path);
    ownLocks.add(path);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const owner = readOwner(path);
  if (owner !== null && isDead(path, owner)) removeDead(path, owner);
  return false;
}

function isDead(path: string, owner: number): boolean {
  return owner === process.pid ? !ownLocks.has(path) : !isAlive(owner);
}

/** Removes a dead process's lock, but never the one a quicker process has just made. */
function removeDead(path: string, owner: number): void {
  const moved = `${path}.${process.pid}.old`;
  try {
    renameSync(path, moved);
    if (readOwner(moved) === owner) rmSync(moved);
    else renameSync(moved, path);
  } catch {
    // Another process was quicker.
  }
}

function readOwner(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
