import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./project.mjs";

/*
 * Tests wait for conditions and not for times, so that they pass on a much slower machine. The longest wait is
 * set once, in `vitest.config.ts`, `playwright.config.ts` and `db/testing/eventually.ts`.
 */
const FAULTS: [fault: string, seen: RegExp][] = [
  ["waits a time", /\bwaitForTimeout\(|setTimeout\((?:resolve|done|r|go)\b|\bsleep\(|\bdelay\(/],
  ["waits a time", /from "node:timers\/promises"/],
  ["waits for the network to be idle", /networkidle/],
  ["has a limit of its own", /\btest\.(?:setTimeout|slow)\(|testTimeout|hookTimeout/],
  ["has a limit of its own", /^\s*\}, \d[\d_]*\);$/m],
  ["has a patience of its own", /\btimeout: \d[\d_]{2,}/],
  ["has less patience than `eventually`", /\bvi\.(?:waitFor|waitUntil)\(/],
  ["holds a machine to a time", /(?:Date|performance)\.now\(\) - \w+\)\.toBeLess/],
  ["is bounded by time, and not by runs", /interruptAfterTimeLimit|skipAllAfterTimeLimit/],
];

/** Files that test limits themselves. */
const ABOUT_LIMITS = new Set([
  "db/testing/eventually.ts",
  // Measures what remains at rest, and is no test of the suite.
  "e2e/mutate.ts",
  "server/boot/count.test.ts",
  "server/boot/waiting.test.ts",
]);

function faultsOf(content: string): string[] {
  return FAULTS.filter(([, seen]) => seen.test(content)).map(([fault]) => fault);
}

const files = globSync(
  ["{app,bench,components,db,domain,server}/**/*.test.{ts,tsx}", "e2e/**/*.ts"],
  {
    cwd: root,
  },
).concat(globSync("{components,db,domain,server}/**/testing/*.{ts,tsx}", { cwd: root }));

test("no test waits for a time, or has a limit of its own", () => {
  expect(files.length).toBeGreaterThan(100);
  const found = files
    .filter((path) => !ABOUT_LIMITS.has(path))
    .map((path) => [path, ...faultsOf(readFileSync(join(root, path), "utf8"))])
    .filter(([, ...faults]) => faults.length > 0);
  expect(found).toEqual([]);
});

describe("is reported:", () => {
  test.each([
    "await page.waitForTimeout(500);",
    "await new Promise((resolve) => setTimeout(resolve, 300));",
    'import { setTimeout as pause } from "node:timers/promises";',
    'await page.goto("/", { waitUntil: "networkidle" });',
    "test.setTimeout(60_000);",
    "vi.setConfig({ testTimeout: 60_000 });",
    "test('late', async () => {\n  await late();\n}, 60_000);\n",
    "await expect(row).toHaveCount(0, { timeout: 25_000 });",
    "await vi.waitFor(() => expect(heard).toHaveLength(1));",
    "expect(Date.now() - startedAt).toBeLessThan(1_000);",
    "fc.assert(law, { interruptAfterTimeLimit: 1_000 });",
  ])("%j", (content) => {
    expect(faultsOf(content)).toHaveLength(1);
  });

  test.each([
    "await eventually(() => expect(heard).toHaveLength(1));",
    "await page.clock.fastForward(16_000);",
    "expect(row).toBeInViewport({ timeout: 20 });",
    "await new Promise(setImmediate);",
  ])("not %j", (content) => {
    expect(faultsOf(content)).toEqual([]);
  });
});
