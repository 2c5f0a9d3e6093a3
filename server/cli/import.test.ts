import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bytesOf, TEAMS_LIST, ZOOM } from "#server/sources/imports/testing/files.ts";
import { type CliContext, CommandError } from "./command.ts";
import { importLines, importStatus, runImport } from "./import.ts";
import { openCliContext } from "./testing/cli-context.ts";

let context: CliContext;
let close: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), "rollcall-import-"));
beforeAll(async () => {
  ({ desk: context, close } = await openCliContext());
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test("one of several files that cannot be read does not stop the others", async () => {
  const paths = [
    fileOf("letter.csv", bytesOf(["Dear Emmy,"])),
    fileOf("participants_81234567890.csv", bytesOf(ZOOM)),
    fileOf("Statistics.csv", bytesOf(TEAMS_LIST)),
    join(folder, "nowhere.csv"),
  ];
  const results = await runImport(context, paths, { zone: "Europe/Berlin", dates: "mdy" });
  const lines = importLines(results);
  expect(lines[0]).toMatch(/^letter\.csv: nothing taken\. No line of this file names the columns/);
  expect(lines).toContain("participants_81234567890.csv: zoom, clocks of Europe/Berlin.");
  expect(lines).toContain(
    "  7 of 7 lines added, 0 there already, 0 twice in the file, 0 refused, 0 left out; 1 meeting, 4 people.",
  );
  expect(lines.at(-1)).toMatch(/^nowhere\.csv: nothing taken\. It cannot be opened: ENOENT/);
  const again = await runImport(context, paths.slice(1, 3), {
    zone: "Europe/Berlin",
    dates: "mdy",
    dryRun: true,
  });
  expect(again.map((one) => "rows" in one && one.rows.new)).toEqual([0, 0]);
  expect(importStatus(again)).toBe(0);
  expect(importStatus(results)).toBe(1);
});

test("a mistake that the person at the keyboard can correct names its flag, and ends with status 2", async () => {
  const list = ["Full Name,User Action,Timestamp", 'Ada,Joined,"05/09/2026, 5:31:00 PM"'];
  const unreadable = ["Full Name,User Action,Timestamp", 'Ada,Vanished,"25/09/2026, 5:31:00 PM"'];
  const results = await runImport(
    context,
    [fileOf("open.csv", bytesOf(list)), fileOf("nobody.csv", bytesOf(unreadable))],
    { zone: "UTC" },
  );
  const [open, none] = importLines(results);
  expect(open).toContain("(--dates mdy or --dates dmy)");
  expect(open).toContain("2026-05-09");
  expect(open).toContain("2026-09-05");
  expect(none).toBe(
    "nobody.csv: nothing taken. Its only line could not be read. Line 2: “Vanished” in the column “User Action” is neither joining nor leaving.",
  );
  expect(importStatus(results)).toBe(2);
  expect(importStatus(results.slice(1))).toBe(1);
  const [result] = await runImport(context, [join(folder, "open.csv")], {
    zone: "UTC",
    dates: "dmy",
  });
  expect(result).toMatchObject({ rows: { new: 2 }, dates: { order: "day_first" } });
});

test("a mistake in the flags is reported before any file is opened", async () => {
  for (const flags of [
    { format: "webex" },
    { zone: "Mars/Olympus" },
    { dates: "ydm" },
    { day: "2026-02-30" },
    { columns: "Nama=nonsense" },
  ]) {
    await expect(runImport(context, ["nowhere.csv"], flags)).rejects.toThrow(CommandError);
  }
});
