import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { CliContext } from "#server/cli/command.ts";
import { examine } from "#server/cli/doctor.ts";
import { openCliContext } from "#server/cli/testing/cli-context.ts";
import { readEnv } from "#server/runtime/env.ts";
import { SECRET } from "#server/testing/test-app.ts";
import { unlockWith } from "./backup-file.ts";
import { checkBackup } from "./restore.ts";
import { BACKUP_LOCK, backUpIfDue } from "./scheduled-backups.ts";

const HOUR = 3_600_000;
let context: CliContext;
let close: () => Promise<void>;
let parent: string;
let folder: string;
beforeAll(async () => {
  const opened = await openCliContext();
  close = opened.close;
  parent = mkdtempSync(join(tmpdir(), "rollcall-backups-"));
  folder = join(parent, "backups");
  const vars = {
    ...{ DATABASE_URL: opened.desk.url, ROLLCALL_DATA: opened.desk.env.dataDir },
    ...{ ROLLCALL_BACKUPS: folder, ROLLCALL_BACKUPS_EVERY: "6", ROLLCALL_BACKUPS_KEEP: "2" },
  };
  context = { ...opened.desk, env: readEnv(vars) };
});
afterAll(async () => {
  await close();
  rmSync(parent, { recursive: true, force: true });
});

function backUp(at: number): Promise<string | null> {
  const backups = context.env.backups ?? { folder: "", everyMs: 0, keep: 0 };
  const scheduled = { backups, secret: SECRET, settings: {}, passphrase: () => null };
  return backUpIfDue(context.database, scheduled, () => at);
}

const doctorOf = async () => (await examine(context)).find(({ name }) => name === "backup");

test("a backup is made when the newest is old enough, and those that are too many go", async () => {
  const now = Date.now();
  expect(await doctorOf()).toMatchObject({
    ok: false,
    detail: expect.stringContaining("none was made"),
  });
  const first = await backUp(now - 13 * HOUR);
  expect(await backUp(now - 8 * HOUR)).toBeNull();
  expect(await doctorOf()).toMatchObject({ ok: false, detail: expect.stringContaining("late") });
  const second = await backUp(now - 7 * HOUR);
  writeFileSync(join(folder, "notes.txt"), "of somebody else");
  writeFileSync(join(folder, "rollcall-2026-01-01T000000Z.backup.42.part"), "left over");
  const third = await backUp(now);
  expect([first, second, third].every((path) => path !== null)).toBe(true);
  expect(
    readdirSync(folder)
      .map((name) => join(folder, name))
      .toSorted(),
  ).toEqual([second ?? "", third ?? "", join(folder, "notes.txt")].toSorted());
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const silent = { say: () => undefined, now: Date.now };
  expect(
    (
      await checkBackup(
        third ?? "",
        unlockWith(async () => null),
        silent,
      )
    ).rows,
  ).toBeGreaterThan(0);
  expect(await doctorOf()).toMatchObject({
    ok: true,
    detail: expect.stringContaining("2 of at most 2"),
  });
});

test("of several processes one makes it", async () => {
  const later = Date.now() + 100 * HOUR;
  const locked = await withAdvisoryLock(context.database, BACKUP_LOCK, () => backUp(later));
  expect(locked).toBeNull();
});

test("one that fails leaves what is there, and the doctor says why until one succeeds", async () => {
  const later = Date.now() + 200 * HOUR;
  const before = readdirSync(folder);
  const blocked = join(parent, "file");
  writeFileSync(blocked, "in the way");
  const env = { ...context.env, backups: { folder: join(blocked, "x"), everyMs: HOUR, keep: 1 } };
  const scheduled = { backups: env.backups, secret: SECRET, settings: {}, passphrase: () => null };
  await expect(backUpIfDue(context.database, scheduled, () => later)).rejects.toThrow(
    "cannot be made",
  );
  expect(readdirSync(folder)).toEqual(before);
  const failed = { ok: false, detail: expect.stringContaining("cannot be made") };
  expect(await doctorOf()).toMatchObject(failed);
  await backUp(later);
  expect(await doctorOf()).toMatchObject({ ok: true });
});
