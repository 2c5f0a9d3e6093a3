import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "./lock.ts";

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-lock-"));
  path = join(folder, "lock");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = () => expect.unreachable("it waited");

test("one after the other, and those who wait are told once", async () => {
  const minutes: string[] = [];
  const work = (name: string) => async () => {
    minutes.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 60));
    minutes.push(`${name} ends`);
  };
  await Promise.all([
    withLock(path, never, work("first")),
    withLock(path, () => minutes.push("second waits"), work("second")),
  ]);
  expect(minutes).toEqual([
    "first begins",
    "second waits",
    "first ends",
    "second begins",
    "second ends",
  ]);
  expect(existsSync(path)).toBe(false);
});

test("work that fails gives the lock back", async () => {
  const failing = withLock(path, never, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await withLock(path, never, async () => "yes")).toBe("yes");
});

test.each([
  ["of a process that has died", () => spawnSync("true").pid],
  ["of an earlier process with our number", () => process.pid],
])("a lock %s is taken over", async (_, owner) => {
  writeFileSync(path, String(owner()));
  expect(
    await withLock(
      path,
      () => {},
      async () => "mine",
    ),
  ).toBe("mine");
  expect(existsSync(path)).toBe(false);
});
