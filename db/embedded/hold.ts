import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";
import { isAlive } from "./postmaster.ts";

const ANSWER_WITHIN_MS = 2000;

/**
 * One process's claim on the running database.
 *
 * It is an open end of a named pipe whose other end the watcher reads (see watcher.ts). The kernel closes our
 * end when the process ends, in any way; when the last one is closed, the database stops.
 */
export interface Hold {
  release(): void;
}

/** Makes the pipe and opens the end that the watcher will read. */
export function openWatchersEnd(layout: DataLayout): { fd: number; close: () => void } {
  if (!existsSync(layout.hold)) {
    const result = spawnSync("mkfifo", ["-m", "600", layout.hold], { encoding: "utf8" });
    if (result.status !== 0) {
      throw new EmbeddedDatabaseError(
        `A named pipe could not be made in ${layout.dataDir}: set ROLLCALL_DATA to a folder on a local disk.`,
        { cause: result.error ?? result.stderr },
      );
    }
  }
  // A pipe opens for writing only with a reader, and for blocking reading only with a writer.
  const first = openSync(layout.hold, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(layout.hold, constants.O_WRONLY | constants.O_NONBLOCK);
  const fd = openSync(layout.hold, constants.O_RDONLY);
  closeSync(first);
  return {
    fd,
    close() {
      closeSync(fd);
      closeSync(writer);
    },
  };
}

/** Empties the list of holders. Only while nothing runs. */
export function forgetHolders(
  layout: DataLayout,
  owner: { uid: number; gid: number } | null,
): void {
  for (const name of readdirSync(layout.holders))
    rmSync(join(layout.holders, name), { force: true });
  if (owner) chownSync(layout.holders, owner.uid, owner.gid);
}

/**
 * Claims the running database; `null` when its watcher does not answer, because it is stopping or gone.
 *
 * The process writes its name into the pipe and waits for the watcher to make the file of that name. From
 * then on the watcher cannot see the pipe's end before `release`.
 */
export async function takeHold(layout: DataLayout): Promise<Hold | null> {
  let fd: number;
  try {
    fd = openSync(layout.hold, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  const name = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const file = join(layout.holders, name);
  const release = () => {
    closeSync(fd);
    rmSync(file, { force: true });
  };
  try {
    writeSync(fd, `${name}\n`);
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < deadline) {
      if (existsSync(file)) return { release };
      await sleep(5);
    }
  } catch {
    // The watcher closed its end at this moment.
  }
  release();
  return null;
}

/** Whether any living process holds the database. */
export function isHeld(layout: DataLayout): boolean {
  return readdirSync(layout.holders).some((name) => isAlive(Number.parseInt(name, 10)));
}
