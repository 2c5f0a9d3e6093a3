import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { countPlaywright, countVitest } from "./count.mjs";
import { ensureInstalled } from "./install.mjs";
import { binOf, bundledNode, requireNode20, root, scratch, soon, tryJson } from "./project.mjs";
import { runStages } from "./stages.mjs";

/**
 * `npm test`: every check and every test, each under its heading, whatever the one before said.
 * `npm test -- --only vitest,playwright` runs some of them.
 */

const coloured = process.stdout.isTTY === true || process.env.FORCE_COLOR !== undefined;
const vitestReport = join(scratch, "vitest.json");
const playwrightReport = join(scratch, "playwright.json");
const MINUTE_MS = 60_000;
/** Whoever takes longer hangs: many times what is needed on a slow machine. */
const CHECK_LIMIT_MS = 20 * MINUTE_MS;
const TESTS_LIMIT_MS = 120 * MINUTE_MS;
/** After it was asked to end, until it is made to. */
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
    run: () => tests(binOf("vitest"), "run"),
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

/** The stages asked for, in their own order. */
function choose(args) {
  const only = args[args.indexOf("--only") + 1];
  if (!args.includes("--only") || !only) return stages;
  const names = only.split(",");
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = stages.map(({ name }) => name).join(", ");
    process.stderr.write(`There is no ${unknown.join(", ")}. There are: ${known}.\n`);
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
 * Runs a script on the bundled Node.js with our terminal. Answers whether it succeeded. Who hangs is
 * asked to end, so that what was tried until then is still reported, and then made to.
 */
function node(args, limitMs) {
  return new Promise((resolve) => {
    const child = spawn(bundledNode, args, { cwd: root, stdio: "inherit", env: soon(neutral()) });
    let killing;
    const end = () => {
      // Ctrl-C on a terminal has reached the child by itself, and twice would be taken for "at once".
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

/** Whoever tests may also run a Rollcall: their settings for it are not for the tests. */
function neutral() {
  const ours = /^(?:ROLLCALL_.*|DATABASE_URL|HOST|LOG_LEVEL|NODE_ENV|PORT|PUBLIC_PORT)$/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), ...(coloured ? {} : { NO_COLOR: "1" }) };
}
