import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bytesOf, TEAMS_LIST, ZOOM } from "#server/import/testing/files.ts";
import { type Desk, Mistake } from "./command.ts";
import { importLines, runImport } from "./import.ts";
import { openDesk } from "./testing/desk.ts";

let desk: Desk;
let close: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), "rollcall-import-"));
beforeAll(async () => {
  ({ desk, close } = await openDesk());
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

test("several files, of which one that cannot be read keeps none of the others back", async () => {
  const paths = [
    fileOf("letter.csv", bytesOf(["Dear Emmy,"])),
    fileOf("participants_81234567890.csv", bytesOf(ZOOM)),
    fileOf("Statistics.csv", bytesOf(TEAMS_LIST)),
    join(folder, "nowhere.csv"),
  ];
  const results = await runImport(desk, paths, { zone: "Europe/Berlin", dates: "mdy" });
  const lines = importLines(results);
  expect(lines[0]).toMatch(/^letter\.csv: nothing taken\. No line of this file names the columns/);
  expect(lines).toContain("participants_81234567890.csv: zoom, clocks of Europe/Berlin.");
  expect(lines).toContain(
    "  7 of 7 lines added, 0 there already, 0 twice in the file, 0 refused; 1 meeting, 4 people.",
  );
  expect(lines.at(-1)).toMatch(/^nowhere\.csv: nothing taken\. It cannot be opened: ENOENT/);
  const again = await runImport(desk, paths.slice(1, 3), {
    zone: "Europe/Berlin",
    dates: "mdy",
    dryRun: true,
  });
  expect(again.map((one) => "rows" in one && one.rows.new)).toEqual([0, 0]);
});

test("a mistake in the flags is said before any file is opened", async () => {
  for (const flags of [
    { format: "webex" },
    { zone: "Mars/Olympus" },
    { dates: "ydm" },
    { day: "2026-02-30" },
  ]) {
    await expect(runImport(desk, ["nowhere.csv"], flags)).rejects.toThrow(Mistake);
  }
});
