import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What Next without pages needs. */
const PARTS = [
  "app/api",
  "db",
  "domain",
  "server",
  "next.config.ts",
  "package.json",
  "tsconfig.json",
];

/** A process that is only Next. */
export interface OnlyNext {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts `next dev` on a copy of the API, in a folder and a process of its own: it disturbs no build and no server
 * that runs in this checkout.
 */
export async function startNext(env: Record<string, string>): Promise<OnlyNext> {
  const scratch = join(ROOT, ".rollcall");
  mkdirSync(scratch, { recursive: true });
  const dir = mkdtempSync(join(scratch, "next-"));
  const wanted = (path: string) => !/\.test\.ts$|\/(testing|migrations|simulate|boot)$/.test(path);
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(dir, part), { recursive: true, filter: wanted });
  }
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "dev", dir, "-H", "127.0.0.1", "-p", "0"], {
    env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // Next starts a child of its own: both are stopped as one process group.
    detached: true,
  });
  const stop = async () => {
    await killed(child);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { url: await addressOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that it prints. Its other output is read too, or it would block at a full pipe. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: unknown) => {
      output += String(chunk);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Next did not start: ${output}`)));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, "SIGKILL");
  await once(child, "exit");
}
