import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "#server/boot/project.mjs";
import { say, Void } from "./report.ts";

/** The last commit before deliveries were kept first and projected after. */
const BEFORE = "30e6d2e";
/** What one side of the comparison is, which that commit does not have. */
const SIDE = ["side.ts", "side-jobs.ts"];

/** Checks that commit out and installs it, where a run before has not; answers its folder. */
export async function checkOutBefore(): Promise<string> {
  const folder = join(tmpdir(), `rollcall-${BEFORE}`);
  if (!existsSync(join(folder, "node_modules/.package-lock.json"))) {
    say(`checking out ${BEFORE} into ${folder}`);
    await run(root, "git", "worktree", "add", "--force", "--detach", folder, BEFORE);
    await run(folder, "npm", "ci", "--include=dev", "--no-audit", "--no-fund");
  }
  for (const name of SIDE) {
    await copyFile(join(root, "bench/load", name), join(folder, "bench/load", name));
  }
  return folder;
}

async function run(cwd: string, command: string, ...args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", process.stderr, process.stderr] });
  const [status] = await once(child, "exit");
  if (status === 0) return;
  throw new Void("before", `${command} ${args[0]} failed: is ${BEFORE} in this clone?`);
}
