import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { bundledNode, root, scratch } from "./project.mjs";

/**
 * Runs a script on the bundled Node.js in our place: it gets our terminal, and its end is our end.
 *
 * @param {string[]} args the script, relative to the project, and its arguments
 * @param {NodeJS.ProcessEnv} [env]
 */
export function become(args, env = {}) {
  const child = spawn(bundledNode, args, {
    cwd: root,
    stdio: "inherit",
    env: { NODE_COMPILE_CACHE: join(scratch, "compile-cache"), ...process.env, ...env },
  });
  forward(child);
  followNpm(child);
  child.on("error", (error) => {
    process.stderr.write(
      `The bundled Node.js could not be run (${error.message}): remove node_modules and start again.\n`,
    );
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0));
  });
  return child;
}

/**
 * Ctrl-C on a terminal reaches the whole process group, the child too, so it is not passed on; npm
 * passes it on to us once more. Without a terminal somebody sent it to us alone.
 */
function forward(child) {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    let passedOn = signal === "SIGINT" && terminal === true;
    process.on(signal, () => {
      if (passedOn) return;
      passedOn = true;
      child.kill(signal);
    });
  }
}

/**
 * npm runs us under a shell. A SIGTERM to npm ends both and does not reach us; we notice that our
 * parent has changed.
 */
function followNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, 200);
  timer.unref();
}
