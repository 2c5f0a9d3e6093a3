import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closingLine, countPlaywright, countStage, countVitest, total } from "./count.mjs";
import { binOf, root, scratch, tryJson } from "./project.mjs";
import { runStages } from "./stages.mjs";

describe("the closing line", () => {
  test("is the sum of the stages, alone on its line", () => {
    const counts = total([
      { passed: 40, failed: 1, skipped: 0 },
      { passed: 7, failed: 2, skipped: 0 },
    ]);
    expect(closingLine(counts)).toBe("47 passed, 3 failed\n");
    expect(closingLine({ ...counts, skipped: 4 })).toBe("47 passed, 3 failed, 4 skipped\n");
  });
});

describe("a stage", () => {
  const whole = { passed: 5, failed: 0, skipped: 1 };

  test("adds its tests, and a check adds nothing but its failure", () => {
    expect(countStage(true, whole)).toEqual(whole);
    expect(countStage(false, { ...whole, failed: 3 })).toEqual({ ...whole, failed: 3 });
    expect(countStage(true)).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(countStage(false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test.each([
    ["has no report", true, null, 0],
    ["has no report and failed", false, null, 0],
    ["failed though no test did", false, whole, 5],
    ["tried nothing", true, { passed: 0, failed: 0, skipped: 9 }, 0],
  ])("that %s has failed", (_, succeeded, report, passed) => {
    expect(countStage(succeeded, report)).toMatchObject({ passed, failed: 1 });
  });

  test("has no report where it is missing or incomplete", () => {
    for (const report of [null, {}, { passed: 3, failed: 0 }, [], { passed: "3", failed: 0 }]) {
      expect(countVitest(report)).toBeNull();
      expect(countPlaywright(report)).toBeNull();
    }
    expect(countPlaywright({ stats: { expected: 3, unexpected: 0 }, errors: [] })).toBeNull();
  });
});

describe("a run of stages", () => {
  const passes = { name: "types", run: async () => true };
  const fails = { name: "biome", run: async () => false };
  const breaks = { name: "knip", run: () => Promise.reject(new Error("no such script")) };
  const tests = {
    name: "vitest",
    run: async () => true,
    report: () => ({ passed: 9, failed: 0, skipped: 1 }),
  };
  const lost = { name: "playwright", run: async () => true, report: () => null };

  async function runOf(stages: Parameters<typeof runStages>[0], stop = new AbortController()) {
    let text = "";
    const write = (more: string) => {
      text += more;
    };
    return { passed: await runStages(stages, { write }, stop.signal), text };
  }

  test("passes when all do", async () => {
    const { passed, text } = await runOf([passes, tests]);
    expect(passed).toBe(true);
    expect(text).toMatch(/\nAll checks passed\.\n9 passed, 0 failed, 1 skipped\n$/);
  });

  test("goes on after every failure, and counts each", async () => {
    const { passed, text } = await runOf([fails, breaks, passes, lost, tests]);
    expect(passed).toBe(false);
    expect(text).toMatch(/\nFailed: biome, knip, playwright\.\n9 passed, 3 failed, 1 skipped\n$/);
    expect(text).toContain("no such script");
    expect(text).toContain("── playwright: FAILED");
  });

  test("that is stopped has failed in all remaining stages", async () => {
    const stop = new AbortController();
    const stopping = {
      ...tests,
      run: async () => {
        stop.abort();
        return false;
      },
    };
    const { passed, text } = await runOf([passes, stopping, lost, fails], stop);
    expect(passed).toBe(false);
    expect(text).toMatch(/\nFailed: vitest, playwright, biome\.\n9 passed, 3 failed, 1 skipped\n$/);
    expect(text).toContain("── playwright: STOPPED");
  });
});

/** Real runs of tests planted below the project's folder, where the packages are found. */
describe("what the runners report", () => {
  let folder: string;

  beforeAll(() => mkdirSync(scratch, { recursive: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(scratch, "count-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    write("package.json", '{"type":"module"}');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, content: string) => writeFileSync(join(folder, path), content);

  function run(bin: string, ...args: string[]) {
    const { status } = spawnSync(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { NODE_ENV: "test", PATH: process.env["PATH"] },
    });
    return status;
  }

  describe("Vitest", () => {
    beforeEach(() =>
      write(
        "vitest.config.mjs",
        `import { Tally } from ${JSON.stringify(join(root, "server/boot/tally.mjs"))};
        export default { test: { include: ["*.test.mjs"], testTimeout: 5_000, pool: "forks",
          env: { RUNNER: String(process.pid) },
          reporters: [new Tally("vitest.json")] } };`,
      ),
    );
    const vitest = () => run(binOf("vitest"), "run");
    const counted = () => countVitest(tryJson(join(folder, "vitest.json")));

    test("passed, failed, out of time, and skipped on purpose", () => {
      write(
        "some.test.mjs",
        `import { describe, expect, test } from "vitest";
        test("passes", () => {});
        test("fails", () => expect(1).toBe(2));
        test("hangs", () => new Promise(() => {}));
        test.skip("is skipped", () => {});
        test("skips itself", ({ skip }) => skip());
        test.todo("is to come");
        describe.skip("all of these", () => { test("one", () => {}); });`,
      );
      expect(vitest()).toBe(1);
      expect(counted()).toEqual({ passed: 1, failed: 2, skipped: 4 });
    });

    test("not run because a beforeAll failed", () => {
      write(
        "hook.test.mjs",
        `import { beforeAll, describe, test } from "vitest";
        describe("a group", () => {
          beforeAll(() => { throw new Error("no server"); });
          test("one", () => {});
          describe("with rooms", () => { test("two", () => {}); });
          test.skip("three", () => {});
        });
        test("beside it", () => {});`,
      );
      expect(vitest()).toBe(1);
      expect(counted()).toEqual({ passed: 1, failed: 2, skipped: 1 });
    });

    test("files that are broken, whose process dies, and uncaught errors", () => {
      write("broken.test.mjs", "import './nothing.mjs';");
      write(
        "late.test.mjs",
        `import { test } from "vitest";
        test("is over", () => { setTimeout(() => { throw new Error("late"); }); });
        test("goes on", () => new Promise((resolve) => setTimeout(resolve, 100)));`,
      );
      expect(vitest()).toBe(1);
      expect(counted()).toEqual({ passed: 2, failed: 2, skipped: 0 });
      write(
        "late.test.mjs",
        `import { test } from "vitest";
        test("is over", () => {});
        test("dies", () => process.kill(process.pid, "SIGKILL"));`,
      );
      expect(vitest()).toBe(1);
      expect(counted()?.passed).toBe(0);
      expect(counted()?.failed).toBeGreaterThanOrEqual(3);
    });

    test("none, when the run did not come to its end", () => {
      write("vitest.json", '{"passed":12,"failed":0,"skipped":0}');
      write("some.test.mjs", "process.kill(Number(process.env.RUNNER), 'SIGKILL');");
      expect(vitest()).not.toBe(0);
      expect(counted()).toBeNull();
    });
  });

  describe("Playwright", () => {
    const playwright = (settings: object = {}) => {
      const reporter = [["json", { outputFile: "playwright.json" }]];
      const config = { testMatch: "*.spec.mjs", timeout: 5_000, workers: 1, reporter, ...settings };
      write("playwright.config.mjs", `export default ${JSON.stringify(config)};`);
      return run(binOf("@playwright/test", "playwright"), "test");
    };
    const counted = () => countPlaywright(tryJson(join(folder, "playwright.json")));
    const spec = (content: string) =>
      write("some.spec.mjs", `import { expect, test } from "@playwright/test";\n${content}`);

    test("passed, at the second try too, failed, out of time, skipped, and not run", () => {
      spec(`
        test.describe("again", () => {
          test.describe.configure({ retries: 1 });
          test("flickers", ({}, { retry }) => expect(retry).toBe(1));
        });
        test("passes", () => {});
        test.skip("is skipped", () => {});
        test("skips itself", () => test.skip());
        test("hangs", () => new Promise(() => {}));
        test.describe.serial("in order", () => {
          test("fails", () => expect(1).toBe(2));
          test("is not run", () => {});
        });
        test.describe("after", () => {
          test.beforeAll(() => { throw new Error("no server"); });
          test("is not run", () => {});
          test("nor this", () => {});
        });`);
      expect(playwright()).toBe(1);
      expect(counted()).toEqual({ passed: 2, failed: 5, skipped: 2 });
    });

    test("not run because the run was cut short", () => {
      spec(`
        test("passes", () => {});
        test("fails", () => expect(1).toBe(2));
        test("is not run", () => {});
        test.skip("is skipped", () => {});`);
      expect(playwright({ maxFailures: 1 })).toBe(1);
      expect(counted()?.passed).toBe(1);
      expect(counted()?.failed).toBeGreaterThanOrEqual(2);
    });

    test("not one, when the server does not come up", () => {
      spec(`test("passes", () => {});`);
      const hung = { command: "sleep 30", url: "http://127.0.0.1:9", timeout: 200 };
      expect(playwright({ webServer: hung })).toBe(1);
      expect(counted()?.passed).toBe(0);
      expect(counted()?.failed).toBeGreaterThanOrEqual(1);
    });
  });
});
