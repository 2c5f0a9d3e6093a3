import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { countPlaywright, countVitest, total } from "./count.mjs";
import { ensureInstalled } from "./install.mjs";
import { binOf, bundledNode, requireNode20, root, scratch, tryJson } from "./project.mjs";
import { seconds } from "./step.mjs";

/**
 * `npm test`: every check and every test, each under its heading, whatever the one before said.
 * `npm test -- --only vitest,playwright` runs some of them.
 */

const coloured = process.stdout.isTTY === true || process.env.FORCE_COLOR !== undefined;
const vitestReport = join(scratch, "vitest.json");
const playwrightReport = join(scratch, "playwright.json");

const stages = {
  biome: () => node(binOf("@biomejs/biome", "biome"), "ci", ...(coloured ? [] : ["--colors=off"])),
  types: async () =>
    (await node(binOf("next"), "typegen")) && node(binOf("typescript", "tsc"), "--noEmit"),
  knip: () => node(binOf("knip")),
  migrations: () => node(binOf("drizzle-kit"), "check"),
  vitest: () =>
    node(
      binOf("vitest"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${vitestReport}`,
    ),
  playwright: async () => {
    if (!(await ensureBuilt())) return false;
    const chromium = await ensureChromium();
    if (!chromium) return false;
    process.env.CHROMIUM_PATH = chromium;
    return await node(binOf("@playwright/test", "playwright"), "test");
  },
};

requireNode20();
const chosen = choose(process.argv.slice(2));
await ensureInstalled();
mkdirSync(scratch, { recursive: true });
rmSync(vitestReport, { force: true });
rmSync(playwrightReport, { force: true });

const failed = [];
for (const name of chosen) {
  process.stdout.write(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}\n`);
  const begun = Date.now();
  const passed = await stages[name]();
  if (!passed) failed.push(name);
  process.stdout.write(`── ${name}: ${passed ? "passed" : "FAILED"} in ${seconds(begun)}\n`);
}

const counts = total(
  countVitest(tryJson(vitestReport)),
  countPlaywright(tryJson(playwrightReport)),
);
process.stdout.write(
  failed.length > 0 ? `\nFailed: ${failed.join(", ")}.\n` : "\nAll checks passed.\n",
);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** The stages asked for, in their own order. */
function choose(args) {
  const only = args[args.indexOf("--only") + 1];
  if (!args.includes("--only") || !only) return Object.keys(stages);
  const names = only.split(",");
  const unknown = names.filter((name) => !(name in stages));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no ${unknown.join(", ")}. There are: ${Object.keys(stages).join(", ")}.\n`,
    );
    process.exit(2);
  }
  return Object.keys(stages).filter((name) => names.includes(name));
}

/** Runs a script on the bundled Node.js with our terminal. Answers whether it succeeded. */
function node(...args) {
  return new Promise((resolve) => {
    const child = spawn(bundledNode, args, { cwd: root, stdio: "inherit", env: neutral() });
    const passOn = () => child.kill("SIGTERM");
    process.once("SIGTERM", passOn);
    child.on("error", (error) => {
      process.stderr.write(`${args[0]}: ${error.message}\n`);
      resolve(false);
    });
    child.on("close", (status) => {
      process.off("SIGTERM", passOn);
      resolve(status === 0);
    });
  });
}

/** Whoever tests may also run a Rollcall: their settings for it are not for the tests. */
function neutral() {
  const ours = /^(?:ROLLCALL_.*|DATABASE_URL|HOST|LOG_LEVEL|NODE_ENV|PORT|PUBLIC_PORT)$/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), ...(coloured ? {} : { NO_COLOR: "1" }) };
}
