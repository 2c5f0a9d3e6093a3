import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAlive } from "#db/embedded/postmaster.ts";

/** The note that a running server leaves in its data folder, so that commands find it. */
const note = z.object({ pid: z.int(), url: z.string() });
type Note = z.infer<typeof note>;

/** A server that found another's note checks this often whether that server has gone. */
const LOOK_EVERY_MS = 5_000;

/**
 * Notes in the data folder where this process listens; the returned function removes the note. Of several servers
 * on one data folder commands find the first, and when it has gone, another.
 */
export function announce(dataDir: string, url: string, lookEveryMs = LOOK_EVERY_MS): () => void {
  const file = join(dataDir, "server.json");
  const own: Note = { pid: process.pid, url };
  mkdirSync(dataDir, { recursive: true });
  const claim = () => {
    if (noteOfOther(file) !== null || isOwn(file, own)) return;
    // Written beside and renamed, so that no reader gets half of it.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(own)}\n`);
    renameSync(draft, file);
  };
  claim();
  const looking = setInterval(() => {
    try {
      claim();
    } catch {
      // A folder that cannot be written now is tried again.
    }
  }, lookEveryMs).unref();
  return () => {
    clearInterval(looking);
    if (isOwn(file, own)) rmSync(file, { force: true });
  };
}

/** Where the server of a data folder listens; `null` when none runs. */
export function runningServer(dataDir: string): string | null {
  const found = readNote(join(dataDir, "server.json"));
  return found !== null && isAlive(found.pid) ? found.url : null;
}

function readNote(file: string): Note | null {
  try {
    return note.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function isOwn(file: string, own: Note): boolean {
  const found = readNote(file);
  return found !== null && found.pid === own.pid && found.url === own.url;
}

/** The note of a living process that is not this one. */
function noteOfOther(file: string): Note | null {
  const found = readNote(file);
  return found !== null && found.pid !== process.pid && isNode(found.pid) ? found : null;
}

/** After a restart of the machine another program may have the id of the former server. */
function isNode(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("node");
  } catch {
    return true;
  }
}
