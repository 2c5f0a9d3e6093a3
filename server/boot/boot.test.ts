import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fingerprintOf } from "./build.mjs";
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

  test("not when package.json has moved on from the lock, which then is made anew", () => {
    const moved = { dependencies: { next: "16.4.6", zod: "4.6.7" } };
    expect(isInstalled(lock, installed, moved)).toBe(false);
    expect(isLocked(lock, moved)).toBe(false);
    expect(isLocked(null, manifest)).toBe(false);
  });
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

  test("changes with content, and with names", () => {
    const first = fingerprintOf(folder);
    write("app/live/page.tsx", "two");
    const second = fingerprintOf(folder);
    write("app/live/layout.tsx", "");
    const third = fingerprintOf(folder);
    expect(new Set([first, second, third]).size).toBe(3);
  });
});
