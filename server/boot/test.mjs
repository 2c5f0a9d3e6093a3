import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { countPlaywright, countVitest } from "./count.mjs";
import { ensureInstalled } from "./install.mjs";
import { binOf, bundledNode, requireNode20, root, scratch, soon, tryJson } from "./project.mjs";
import { ensureProxies } from "./proxies.mjs";
import { runStages } from "./stages.mjs";

/**
 * `npm test`: every check and every test, each under its heading, also after a failure.
 * `npm test -- --only vitest,playwright` runs some of them.
 */

const coloured = process.stdout.isTTY === true || process.env.FORCE_COLOR !== undefined;
const vitestReport = join(scratch, "vitest.json");
const playwrightReport = join(scratch, "playwright.json");
const MINUTE_MS = 60_000;
/** A stage that takes longer hangs: many times what a slow machine needs. */
const CHECK_LIMIT_MS = 20 * MINUTE_MS;
const TESTS_LIMIT_MS = 120 * MINUTE_MS;
/** From the request to end until the process is killed. */
const GRACE_MS = MINUTE_MS;

const stages = [
  {
    name: "biome",
    run: () => check(binOf("@biomejs/biome", "biome"), "ci", ...(coloured ? [] : ["--colors=off"])),
  },
  {
    name: "types",
    run: async () =>
      (await check(binOf("next"), "typegen")) && check(binOf("typescript", "tsc"), "--noEmit"),
  },
  { name: "knip", run: () => check(binOf("knip")) },
  { name: "migrations", run: () => check(binOf("drizzle-kit"), "check") },
  {
    name: "vitest",
    run: async () => {
      await ensureProxies();
      return await tests(binOf("vitest"), "run");
    },
    report: () => countVitest(tryJson(vitestReport)),
  },
  {
    name: "playwright",
    run: async () => {
      if (!(await ensureBuilt())) return false;
      const chromium = await ensureChromium();
      if (!chromium) return false;
      process.env.CHROMIUM_PATH = chromium;
      return await tests(binOf("@playwright/test", "playwright"), "test");
    },
    report: () => countPlaywright(tryJson(playwrightReport)),
  },
];

requireNode20();
const chosen = choose(process.argv.slice(2));
await ensureInstalled();
mkdirSync(scratch, { recursive: true });
rmSync(vitestReport, { force: true });
rmSync(playwrightReport, { force: true });

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop.abort(signal));
const passed = await runStages(chosen, process.stdout, stop.signal);
process.exit(passed ? 0 : 1);

/** The chosen stages, in their own order. */
function choose(args) {
  const only = args[args.indexOf("--only") + 1];
  if (!args.includes("--only") || !only) return stages;
  const names = only.split(",");
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const available = stages.map(({ name }) => name).join(", ");
    process.stderr.write(`There is no ${unknown.join(", ")}. There are: ${available}.\n`);
    process.exit(2);
  }
  return stages.filter(({ name }) => names.includes(name));
}

function check(...args) {
  return node(args, CHECK_LIMIT_MS);
}

function tests(...args) {
  return node(args, TESTS_LIMIT_MS);
}

/**
 * Runs a script on the bundled Node.js with this terminal. Returns whether it succeeded. A script that hangs is
 * interrupted, so that its tests until then are still reported, and later killed.
 */
function node(args, limitMs) {
  return new Promise((resolve) => {
    const child = spawn(bundledNode, args, { cwd: root, stdio: "inherit", env: soon(neutral()) });
    let killing;
    const end = () => {
      // Ctrl-C on a terminal has reached the child already, and a second one would mean "at once".
      if (stop.signal.reason !== "SIGINT" || !process.stdin.isTTY) child.kill("SIGINT");
      killing ??= setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    const limit = setTimeout(() => {
      process.stderr.write(`${args[0]} was still running after ${limitMs / MINUTE_MS} minutes.\n`);
      end();
    }, limitMs);
    stop.signal.addEventListener("abort", end);
    const finish = (succeeded) => {
      clearTimeout(limit);
      clearTimeout(killing);
      stop.signal.removeEventListener("abort", end);
      resolve(succeeded);
    };
    child.on("error", (error) => {
      process.stderr.write(`${args[0]}: ${error.message}\n`);
      finish(false);
    });
    child.on("close", (status) => finish(status === 0));
  });
}

/** The environment without the settings of a Rollcall that the same person may run beside the tests. */
function neutral() {
  const ours = /^(?:ROLLCALL_.*|DATABASE_URL|HOST|LOG_LEVEL|NODE_ENV|PORT|PUBLIC_PORT)$/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), ...(coloured ? {} : { NO_COLOR: "1" }) };
}
