import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What a running server leaves in its data folder, so that commands find it. */
const note = z.object({ pid: z.int(), url: z.string() });

/** Says where this process listens; the answer takes that back. */
export function announce(dataDir: string, url: string): () => void {
  const file = join(dataDir, "server.json");
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, url })}\n`);
  return () => rmSync(file, { force: true });
}

/** Where the server of a data folder listens; `null` when none runs. */
export function runningServer(dataDir: string): string | null {
  try {
    const { pid, url } = note.parse(JSON.parse(readFileSync(join(dataDir, "server.json"), "utf8")));
    process.kill(pid, 0);
    return url;
  } catch {
    return null;
  }
}
