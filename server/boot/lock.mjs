import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { scratch } from "./project.mjs";

const LOOK_EVERY_MS = 100;

/**
 * Does `work` while no other start of this checkout installs or builds. The lock names us and whatever we run
 * meanwhile, because that may outlive us; it is taken over when neither lives any more.
 *
 * @template T
 * @param {(started: (pid: number) => void) => Promise<T>} work hands on the number of each process it runs
 * @param {{ out?: { write(line: string): unknown }, path?: string }} [options]
 * @returns {Promise<T>}
 */
export async function alone(work, options = {}) {
  const { out = process.stdout, path = join(scratch, "start.lock") } = options;
  mkdirSync(dirname(path), { recursive: true });
  let isProjected = false;
  while (!take(path)) {
    if (!isProjected) out.write("Another start is installing or building: waiting for it.\n");
    isProjected = true;
    await sleep(LOOK_EVERY_MS);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work((pid) => name(path, [process.pid, pid]));
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(path) {
  // Written beside and linked, so that nobody ever reads a lock without its owner.
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
  if (owners !== null && !owners.some(isAlive)) bury(path, owners);
  return false;
}

function name(path, owners) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, owners.join(" "));
  renameSync(draft, path);
}

/** Removes a lock of the dead, but never the one a quicker neighbour has just made. */
function bury(path, owners) {
  const grave = `${path}.${process.pid}.old`;
  try {
    renameSync(path, grave);
    if (String(ownersOf(grave)) === String(owners)) rmSync(grave);
    else renameSync(grave, path);
  } catch {
    // Somebody else was quicker.
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
  // An old lock may carry the number that is ours now; ours is not there yet.
  if (pid === process.pid || !(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
