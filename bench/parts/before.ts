import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "#server/boot/project.mjs";
import { say, Void } from "./report.ts";

/** The last commit before deliveries were stored first and projected later. */
const BEFORE = "30e6d2e";
/** The files of a side of the comparison, which that commit does not have. */
const SIDE = ["side.ts", "side-jobs.ts"];
/** The last commit whose side fits the modules of that commit, by their names of then. */
const SIDE_OF_THEN = "27e5fdd0";

/** Checks out and installs that commit, unless an earlier run did; returns its folder. */
export async function checkOutBefore(): Promise<string> {
  const folder = join(tmpdir(), `rollcall-${BEFORE}`);
  if (!existsSync(join(folder, "node_modules/.package-lock.json"))) {
    say(`checking out ${BEFORE} into ${folder}`);
    await run(root, "git", "worktree", "add", "--force", "--detach", folder, BEFORE);
    await run(folder, "npm", "ci", "--include=dev", "--no-audit", "--no-fund");
  }
  const files = SIDE.map((name) => `bench/load/${name}`);
  await run(folder, "git", "checkout", SIDE_OF_THEN, "--", ...files);
  return folder;
}

async function run(cwd: string, command: string, ...args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", process.stderr, process.stderr] });
  const [status] = await once(child, "exit");
  if (status === 0) return;
  throw new Void("before", `${command} ${args[0]} failed: is ${BEFORE} in this clone?`);
}
