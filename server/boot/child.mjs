import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { bundledNode, root, soon } from "./project.mjs";

const SETTLED_MS = 150;

/**
 * Runs a script on the bundled Node.js in place of this process: it gets the terminal, and its exit ends this one.
 *
 * @param {string[]} args the script, relative to the project, and its arguments
 * @param {NodeJS.ProcessEnv} [env]
 * @param {{ restartOn?: string[] }} [options] folders whose changes end the script and run it again
 */
export function become(args, env = {}, { restartOn = [] } = {}) {
  let restarting = false;
  let child = run();

  function run() {
    const started = spawn(bundledNode, args, {
      cwd: root,
      stdio: "inherit",
      env: soon({ ...process.env, ...env }),
    });
    started.on("error", (error) => {
      process.stderr.write(
        `The bundled Node.js could not be run (${error.message}): remove node_modules and start again.\n`,
      );
      process.exit(1);
    });
    started.on("exit", (code, signal) => {
      if (!restarting) process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0));
      restarting = false;
      child = run();
    });
    return started;
  }

  const send = (signal) => child.kill(signal);
  forward(send);
  followNpm(send);
  onChange(restartOn, () => {
    process.stdout.write("Something has changed: starting again.\n");
    restarting = true;
    send("SIGTERM");
  });
}

/**
 * Ctrl-C on a terminal reaches the whole process group, the child too, so it is not passed on; npm
 * sends it to this process once more. Without a terminal only this process received it.
 */
function forward(send) {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    let passedOn = signal === "SIGINT" && terminal === true;
    process.on(signal, () => {
      if (!passedOn) send(signal);
      passedOn = true;
    });
  }
}

/**
 * npm runs this process under a shell. A SIGTERM to npm ends both and does not reach this process, which notices
 * that its parent has changed.
 */
function followNpm(send) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    send("SIGTERM");
  }, 200);
  timer.unref();
}

function onChange(folders, restart) {
  let timer;
  for (const folder of folders) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (!name || /\.test\.tsx?$/.test(name) || !/\.(ts|sql)$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLED_MS);
    });
  }
}
