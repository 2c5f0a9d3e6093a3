import { randomInt } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { chooseZone, isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const COLUMNS =
  "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room";

/** A Zoom report of a meeting of its own. */
function report(): { name: string; topic: string; buffer: Buffer } {
  const number = String(randomInt(10_000_000_000, 99_999_999_999));
  const topic = `Biology ${number}`;
  const lines = [
    "Meeting ID,Topic,Start Time,End Time,User Email",
    `${number},${topic},03/30/2026 09:55:00 AM,03/30/2026 11:00:00 AM,noether@example.org`,
    "",
    COLUMNS,
    "Emmy Noether,noether@example.org,03/30/2026 09:55:00 AM,03/30/2026 11:00:00 AM,65,No,No",
    "Bo,,03/30/2026 10:00:00 AM,03/30/2026 10:04:00 AM,4,Yes,Yes",
    "Bo,,03/30/2026 10:04:01 AM,03/30/2026 10:59:01 AM,55,Yes,No",
    "Cy,,30/30/2026 10:04:01 AM,03/30/2026 10:59:01 AM,55,Yes,No",
  ];
  return { name: `participants_${number}.csv`, topic, buffer: Buffer.from(lines.join("\r\n")) };
}

function card(page: Page, name: string) {
  return page.getByRole("region", { name });
}

async function choose(page: Page, files: { name: string; buffer: Buffer }[]): Promise<void> {
  const field = page.getByLabel("Drop attendance files here, or choose them");
  await field.setInputFiles(files.map((file) => ({ mimeType: "text/csv", ...file })));
}

test("an old record is imported, and imported only once", async ({ page }) => {
  const { topic, ...file } = report();
  await page.goto("/meetings");
  await isLive(page);
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expect(page).toHaveTitle("Import · Rollcall");

  await choose(page, [file, { name: "letter.csv", buffer: Buffer.from("Dear Emmy,\r\n") }]);
  const letter = card(page, "letter.csv");
  await expect(letter.getByRole("alert")).toContainText("No line of this file names the columns");
  const own = card(page, file.name);
  await expect(own).toContainText("4 lines to add, 1 refused");
  await expect(own).toContainText("Line 8: the time “30/30/2026 10:04:01 AM” is no date");
  await expect(own).toContainText("09:55 – 11:00 · 2 people");
  await chooseZone(page, page.getByLabel("Time zone of the files"), "Asia/Kolkata");
  await expect(own).toContainText("times in Asia/Kolkata");
  await expect(own.getByRole("link")).toHaveCount(0);
  await isAccessible(page, "two files");

  await page.getByRole("button", { name: "Add 4 lines of 1 file" }).click();
  await expect(page.getByRole("status").filter({ hasText: "added" })).toHaveText(
    "4 lines added to the history.",
  );
  await choose(page, [file]);
  await expect(card(page, file.name).last()).toContainText("0 lines to add, 4 there already");
  await expect(page.getByRole("button", { name: /^Add / })).toHaveCount(0);

  await own.first().getByRole("link", { name: topic }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(topic);
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText(
    "Imported, Zoom file",
  );
  await page.getByRole("option", { name: /Bo/ }).click();
  await expect(page.getByText("waited, then admitted", { exact: false }).first()).toBeVisible();

  await page.goto("/meetings?from=2026-03-30&to=2026-03-30&tz=Asia/Kolkata");
  const row = page.getByRole("row").filter({ hasText: topic });
  await expect(row).toContainText("Imported, Zoom file");
  await expect(row).toContainText("09:55 – 11:00");
});

test("an import in the wrong zone is undone, and repeated in the right one", async ({ page }) => {
  const { topic, ...file } = report();
  await page.goto("/import");
  await isLive(page);
  await chooseZone(page, page.getByLabel("Time zone of the files"), "Asia/Tokyo");
  await choose(page, [file]);
  await page.getByRole("button", { name: "Add 4 lines of 1 file" }).click();
  const list = page.getByRole("region", { name: "Imported files" });
  const line = list.getByRole("listitem").filter({ hasText: file.name });
  await expect(line).toContainText("times in Asia/Tokyo · 4 lines, 1 meeting, 2 people");
  await card(page, file.name).first().getByRole("link", { name: topic }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(topic);
  const address = page.url();

  await page.goto("/import");
  await isLive(page);
  await line.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("4 lines found in no other file");
  await expect(dialog).toContainText("1 meeting goes with them");
  await isAccessible(page, "taking back");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(line).toContainText("removed by");
  await expect(line.getByRole("button")).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(topic);

  await page.goto("/import");
  await isLive(page);
  await chooseZone(page, page.getByLabel("Time zone of the files"), "UTC");
  await choose(page, [file]);
  await page.getByRole("button", { name: "Add 4 lines of 1 file" }).click();
  await expect(line).toHaveCount(2);
  await card(page, file.name).first().getByRole("link", { name: topic }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(topic);
});

test("a program imports by the API, and each line is stored", async ({ world, request }) => {
  const { name, buffer, topic } = report();
  const key = { authorization: `Bearer ${world.api.key}` };
  const path = `${world.baseUrl}/api/v1/imports?file=${name}&tz=UTC`;
  const first = await request.post(path, { headers: key, data: buffer });
  expect(first.status()).toBe(201);
  const done = await first.json();
  expect(done).toMatchObject({ format: "zoom", rows: { new: 4, known: 0, refused: 1 } });
  const again = await request.post(path, { headers: key, data: buffer });
  expect(await again.json()).toMatchObject({ rows: { new: 0, known: 4, refused: 1 } });
  const [{ id }] = done.meetings;
  const meeting = await request.get(`${world.baseUrl}/api/v1/meetings/${id}`, { headers: key });
  expect(await meeting.json()).toMatchObject({
    title: topic,
    source: { provider: "import", name: "Zoom file" },
    started_at: "2026-03-30T09:55:00.000Z",
  });
  const huge = await request.post(path, { headers: key, data: Buffer.alloc(40_000_000, "a,") });
  expect(huge.status()).toBe(413);
});

test("at 390 pixels nothing is cut off", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/import");
  const { topic: _, ...file } = report();
  await choose(page, [{ ...file, name: `${"a very long name of a file ".repeat(6)}.csv` }]);
  await expect(page.getByRole("button", { name: /^Add / })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});
