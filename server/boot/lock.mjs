import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { scratch } from "./project.mjs";

const LOOK_EVERY_MS = 100;

/**
 * Runs `work` while no other start of this checkout installs or builds. The lock names this process and the
 * processes it runs, because these may outlive it; it is taken over when none of them lives any more.
 *
 * @template T
 * @param {(started: (pid: number) => void) => Promise<T>} work hands on the number of each process it runs
 * @param {{ out?: { write(line: string): unknown }, path?: string }} [options]
 * @returns {Promise<T>}
 */
export async function alone(work, options = {}) {
  const { out = process.stdout, path = join(scratch, "start.lock") } = options;
  mkdirSync(dirname(path), { recursive: true });
  let isAnnounced = false;
  while (!take(path)) {
    if (!isAnnounced) out.write("Another start is installing or building: waiting for it.\n");
    isAnnounced = true;
    await sleep(LOOK_EVERY_MS);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work((pid) => writeOwners(path, [process.pid, pid]));
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(path) {
  // Written beside and linked, so that no process ever reads a lock without its owner.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const owners = ownersOf(path);
  if (owners !== null && !owners.some(isAlive)) removeStale(path, owners);
  return false;
}

function writeOwners(path, owners) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, owners.join(" "));
  renameSync(draft, path);
}

/** Removes a lock of ended processes, but never the one that a quicker process has just made. */
function removeStale(path, owners) {
  const moved = `${path}.${process.pid}.old`;
  try {
    renameSync(path, moved);
    if (String(ownersOf(moved)) === String(owners)) rmSync(moved);
    else renameSync(moved, path);
  } catch {
    // Another process was quicker.
  }
}

function ownersOf(path) {
  try {
    return readFileSync(path, "utf8").split(" ").map(Number);
  } catch {
    return null;
  }
}

function isAlive(pid) {
  // An old lock may have the process id that is now this process's, which holds no lock yet.
  if (pid === process.pid || !(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
