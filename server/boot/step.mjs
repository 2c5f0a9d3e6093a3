import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./project.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const TAIL_LINES = 30;
const PRINT_EVERY_MS = 10_000;

/**
 * Runs one long command and prints its progress: a line when it begins, its latest output meanwhile, a line when
 * it is done. Where it fails, the end of its output follows. Returns whether it succeeded.
 *
 * @param {string} title what is being done, as in "Installing the packages"
 * @param {[string, ...string[]]} command
 * @param {{ out?: NodeJS.WriteStream, env?: NodeJS.ProcessEnv, timeoutMs?: number, started?: (pid: number) => void }} [options]
 * @returns {Promise<boolean>}
 */
export async function step(title, command, options = {}) {
  const { out = process.stdout, env = process.env, timeoutMs, started } = options;
  const begun = Date.now();
  const progress = showProgress(out, title, begun);
  const { heard: onOutput } = progress;
  const { status, output } = await run(command, { env, timeoutMs, heard: onOutput, out, started });
  progress.end();
  if (status === 0) {
    out.write(`${title}: done in ${seconds(begun)}.\n`);
    return true;
  }
  const tail = output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  out.write(
    `${title} failed after ${seconds(begun)} (${status}). The end of what it said:\n${tail}\n`,
  );
  return false;
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function run([program, ...args], { env, timeoutMs, heard: onOutput, out, started }) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      timeout: timeoutMs,
    });
    // Ctrl-C on a terminal reaches the child by itself; a signal to this process alone must be passed on. Either
    // way this process stays until the child has ended: npm rolls back, and nothing else may run meanwhile.
    let stoppedBy = null;
    const stop = (signal) => {
      if (stoppedBy === null) out.write(`\nStopping: waiting for ${program} to end.\n`);
      const isPassedOn = signal === "SIGINT" && stoppedBy === null && onTerminal();
      if (!isPassedOn) child.kill(stoppedBy === null ? "SIGTERM" : "SIGKILL");
      stoppedBy ??= signal;
    };
    for (const signal of SIGNALS) process.on(signal, stop);
    if (child.pid !== undefined) started?.(child.pid);
    const collect = (chunk) => {
      output = (output + chunk).slice(-64_000);
      onOutput(output);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const finish = (status, words = "") => {
      for (const signal of SIGNALS) process.off(signal, stop);
      if (stoppedBy !== null) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ status, output: output + words });
    };
    child.on("error", (error) => finish("not started", `${program}: ${error.message}`));
    child.on("close", (code, signal) => finish(code === 0 ? 0 : (signal ?? `exit status ${code}`)));
  });
}

function onTerminal() {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
}

/** On a terminal a line that counts the seconds, elsewhere a line now and then. */
function showProgress(out, title, begun) {
  let latest = "";
  const onOutput = (output) => {
    latest = output.trimEnd().split("\n").at(-1)?.trim() ?? "";
  };
  if (!out.isTTY) {
    out.write(`${title} …\n`);
    const print = () => {
      const line = `  … ${seconds(begun)}  ${latest}`;
      out.write(`${line.trimEnd()}\n`);
    };
    const timer = setInterval(print, PRINT_EVERY_MS);
    return { heard: onOutput, end: () => clearInterval(timer) };
  }
  const draw = () => {
    const line = `${title} … ${Math.round((Date.now() - begun) / 1000)} s  ${latest}`;
    out.write(`\r\x1b[2K${line.slice(0, (out.columns ?? 80) - 1)}`);
  };
  draw();
  const timer = setInterval(draw, 1000);
  return {
    heard: onOutput,
    end() {
      clearInterval(timer);
      out.write("\r\x1b[2K");
    },
  };
}
