import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { binOf, root } from "#server/boot/project.mjs";
import { say } from "./report.ts";

/** Builds a Next application; its output goes to standard error, like the progress. */
export async function buildNext(folder: string): Promise<void> {
  const child = spawn(process.execPath, [binOf("next"), "build", folder], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`next build ${folder} failed`);
}

/** Builds Rollcall's own pages, unless they are built. */
export async function ensurePages(): Promise<void> {
  if (existsSync(join(root, ".next/BUILD_ID"))) return;
  say("building the pages");
  await buildNext(root);
}
