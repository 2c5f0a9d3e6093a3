import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedDatabaseError } from "./error.ts";
import { isAlive } from "./postmaster.ts";

const PATIENCE_MS = 120_000;

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
  const deadline = Date.now() + PATIENCE_MS;
  let isProjected = false;
  while (!take(path)) {
    if (!isProjected) onWait();
    isProjected = true;
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
    ours.delete(path);
    rmSync(path, { force: true });
  }
}

/** Locks of this very process: an old one may carry the number that is ours now. */
const ours = new Set<string>();

function take(path: string): boolean {
  // Written beside and linked, so that nobody ever reads a lock without its owner.
  const draft = `${path}.${process.pid}.${ours.size}`;
  writeFileSync(draft, String(process.pid), { mode: 0o600 });
  try {
    linkSync(draft, path);
    ours.add(path);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const owner = readOwner(path);
  if (owner !== null && isDead(path, owner)) bury(path, owner);
  return false;
}

function isDead(path: string, owner: number): boolean {
  return owner === process.pid ? !ours.has(path) : !isAlive(owner);
}

/** Removes a dead process's lock, but never the one a quicker neighbour has just made. */
function bury(path: string, owner: number): void {
  const grave = `${path}.${process.pid}.old`;
  try {
    renameSync(path, grave);
    if (readOwner(grave) === owner) rmSync(grave);
    else renameSync(grave, path);
  } catch {
    // Somebody else was quicker.
  }
}

function readOwner(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
