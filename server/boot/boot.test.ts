import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { fingerprintOf, lookOf } from "./build.mjs";
import { isInstalled, isLocked } from "./install.mjs";

describe("the packages are installed", () => {
  const manifest = { dependencies: { next: "16.4.6" } };
  const lock = {
    packages: {
      "": { dependencies: { next: "16.4.6" } },
      "node_modules/next": { version: "16.4.6" },
      "node_modules/for-another-machine": { version: "1.0.0", optional: true },
    },
  };
  const installed = { packages: { "node_modules/next": { version: "16.4.6" } } };

  test("when everything that is not optional is there in its version", () => {
    expect(isInstalled(lock, installed, manifest)).toBe(true);
  });

  test("not when nothing is, or something is missing or older", () => {
    const older = { packages: { "node_modules/next": { version: "16.4.5" } } };
    expect(isInstalled(lock, null, manifest)).toBe(false);
    expect(isInstalled(lock, { packages: {} }, manifest)).toBe(false);
    expect(isInstalled(lock, older, manifest)).toBe(false);
  });

  test("not when package.json has changed since the lock, which then is made again", () => {
    const moved = { dependencies: { next: "16.4.6", zod: "4.6.7" } };
    expect(isInstalled(lock, installed, moved)).toBe(false);
    expect(isLocked(lock, moved)).toBe(false);
    expect(isLocked(null, manifest)).toBe(false);
  });
});

describe("two starts at once", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rollcall-start-"));
    path = join(folder, "start.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const module = (name: string) => JSON.stringify(new URL(`./${name}`, import.meta.url).href);

  /** A process that runs a step under the lock, with its output line by line. */
  function start(script: string): {
    lines: string[];
    child: ChildProcess;
    ended: Promise<unknown[]>;
  } {
    const code = `
      import { alone } from ${module("lock.mjs")};
      import { step } from ${module("step.mjs")};
      ${script}`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => lines.push(...String(chunk).split("\n")));
    return { lines, child, ended: once(child, "exit") };
  }
  const locked = (work: string) => `
    await alone(async (started) => { ${work} }, { path: ${JSON.stringify(path)} });
    process.stdout.write("done\\n");`;

  /** A step that stops only after a file exists, as npm does while it rolls back. */
  const stubborn = (go: string) => {
    const child = `process.on("SIGTERM", () => 0);
      require("node:fs").writeFileSync(${JSON.stringify(`${go}.busy`)}, "");
      setInterval(() => require("node:fs").existsSync(${JSON.stringify(go)}) && process.exit(0), 5);`;
    return `await step("Installing", [process.execPath, "-e", ${JSON.stringify(child)}], { started });`;
  };

  test("the second waits until the first is done, and prints so", async () => {
    const go = join(folder, "go");
    const first = start(locked(stubborn(go)));
    await busy(go);
    const second = start(locked(""));
    const waiting = "Another start is installing or building: waiting for it.";
    await eventually(() => expect(second.lines).toContain(waiting));
    expect(second.lines).not.toContain("done");
    write(go, "");
    expect(await first.ended).toEqual([0, null]);
    expect(await second.ended).toEqual([0, null]);
    expect(existsSync(path)).toBe(false);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s takes effect only when the running step has ended, and until then no other start begins",
    async (signal) => {
      const go = join(folder, "go");
      const first = start(locked(stubborn(go)));
      await busy(go);
      first.child.kill(signal);
      const announced = expect.stringContaining("Stopping: waiting for");
      await eventually(() => expect(first.lines).toContainEqual(announced));
      expect(first.child.exitCode).toBeNull();
      expect(existsSync(path)).toBe(true);
      write(go, "");
      expect(await first.ended).toEqual([signal === "SIGINT" ? 130 : 143, null]);
      expect(existsSync(path)).toBe(false);
    },
  );

  test("a lock whose owners have died is taken over, and one of a child that lives is not", async () => {
    const endedPid = spawnSync(process.execPath, ["-e", ""]).pid;
    write(path, String(endedPid));
    expect(await start(locked("")).ended).toEqual([0, null]);
    write(path, `${endedPid} ${process.pid}`);
    const waits = start(locked(""));
    await eventually(() => expect(waits.lines.join()).toContain("waiting for it"));
    rmSync(path);
    expect(await waits.ended).toEqual([0, null]);
  });

  /** Waits until the step runs and is named in the lock. */
  const busy = (go: string) =>
    eventually(() => {
      expect(existsSync(`${go}.busy`)).toBe(true);
      expect(readFileSync(path, "utf8").split(" ")).toHaveLength(2);
    });
  const write = (file: string, content: string) => writeFileSync(file, content);
});

describe("the fingerprint of the pages", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rollcall-fingerprint-"));
    mkdirSync(join(folder, "app/live"), { recursive: true });
    mkdirSync(join(folder, "e2e"));
    write("app/live/page.tsx", "one");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, content: string) => writeFileSync(join(folder, path), content);

  test("stays when a file is only touched, or a test or a document changes", () => {
    const before = fingerprintOf(folder);
    utimesSync(join(folder, "app/live/page.tsx"), 1, 1);
    write("app/live/page.test.tsx", "a test");
    write("e2e/live.spec.ts", "a test");
    write("README.md", "words");
    expect(fingerprintOf(folder)).toBe(before);
  });

  test("is computed again only where something was written", () => {
    const before = lookOf(folder);
    write("app/live/page.test.tsx", "a test");
    expect(lookOf(folder)).toBe(before);
    utimesSync(join(folder, "app/live/page.tsx"), 1, 1);
    const touched = lookOf(folder);
    write("app/live/layout.tsx", "");
    expect(new Set([before, touched, lookOf(folder)]).size).toBe(3);
  });

  test("changes with content, and with names", () => {
    const first = fingerprintOf(folder);
    write("app/live/page.tsx", "two");
    const second = fingerprintOf(folder);
    write("app/live/layout.tsx", "");
    const third = fingerprintOf(folder);
    expect(new Set([first, second, third]).size).toBe(3);
  });
});
