import { spawnSync } from "node:child_process";
import { on } from "node:events";
import { existsSync, mkdtempSync, rmSync, watch, writeFileSync } from "node:fs";
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

/** Waits until the lock was checked this many times more: each check leaves a draft file for a moment. */
async function checks(times: number): Promise<void> {
  const folderWatch = watch(folder);
  let seen = 0;
  for await (const [, name] of on(folderWatch, "change")) {
    if (String(name).startsWith("lock.")) seen += 1;
    if (seen >= times) break;
  }
  folderWatch.close();
}

test("one process after the other, and a waiting one is notified once", async () => {
  const log: string[] = [];
  const secondWaits = Promise.withResolvers<void>();
  const first = withLock(path, never, async () => {
    log.push("first begins");
    await secondWaits.promise;
    await checks(3);
    log.push("first ends");
  });
  const onWait = () => {
    log.push("second waits");
    secondWaits.resolve();
  };
  const second = withLock(path, onWait, async () => {
    log.push("second begins");
  });
  await Promise.all([first, second]);
  expect(log).toEqual(["first begins", "second waits", "first ends", "second begins"]);
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
