import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { costsLittle } from "./world/costs.ts";
import { type DailyRoom, guest } from "./world/daily.ts";
import { openMeeting } from "./world/lesson.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const BEGIN = "5:00:00";

/** Ada attends half of a meeting of an hour that is over. */
async function hour(room: DailyRoom): Promise<{ name: string; session: ReturnType<typeof guest> }> {
  const begin = ago(BEGIN);
  const name = `Ada ${room.name.slice(-6)}`;
  const [mia, ada] = [guest("Mia", { owner: true }), guest(name)];
  await room.joins(mia, begin);
  await room.joins(ada, begin + ms("5:00"));
  await room.leaves(ada, { since: begin + ms("5:00"), at: begin + ms("35:00") });
  await room.leaves(mia, { since: begin, at: begin + ms("1:00:00") });
  return { name, session: ada };
}

/** Issues a statement by the button, signed. */
async function issue(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Statement" }).click();
  const statementDialog = page.getByRole("dialog", { name: "Attendance statement" });
  await expect(statementDialog).toContainText("Others will not be able to check it");
  await expect(
    statementDialog.getByRole("button", { name: "Time zone of the statement" }),
  ).toBeVisible();
  await statementDialog.getByRole("button", { name: "Issue" }).click();
  const dialog = page.getByRole("dialog", { name: "Who are you?" });
  await dialog.getByRole("textbox").fill("The office");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/statements\/[\w-]{22}\?hash=[0-9a-f]{64}$/);
}

const check = (page: Page) => page.getByRole("region", { name: "Check", exact: true }).first();

test("a statement of a meeting is issued, read by a stranger, found altered, and found corrected", async ({
  page,
  browser,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("stated");
  const begin = ago(BEGIN);
  const { name, session } = await hour(room);
  const { meeting } = await openMeeting(page, room, api);
  await meeting.lane(name).click();
  await issue(page);

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Attendance statement");
  const paper = page.getByRole("article");
  await expect(paper).toContainText(name);
  await expect(paper).toContainText("30:00");
  await expect(paper).toContainText("50%");
  await expect(paper).toContainText("by The office");
  await expect(check(page)).toContainText("Unaltered");
  await isAccessible(page, "a statement", { themes: ["light", "dark"] });

  // A reader with the link needs nothing else; a hash with a typing error is reported.
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(page.url().replace(/[0-9a-f]$/, (digit) => (digit === "0" ? "1" : "0")));
  await expect(check(theirs)).toContainText("Altered");
  await theirs.goto(page.url());
  await expect(check(theirs)).toContainText("Unaltered");
  await costsLittle(theirs);
  // The address on the paper contains no hash: nothing was compared yet.
  await theirs.goto(page.url().replace(/\?.*$/, ""));
  await expect(check(theirs)).toContainText("As it was issued");
  await theirs.getByLabel("Hash", { exact: true }).fill("ed7447db 0c1b533d");
  await theirs.getByRole("button", { name: "Compare" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "whole hash" })).toContainText(
    "it has 64 digits and letters, and this has 16",
  );
  await expect(check(theirs)).toHaveCount(0);

  // A file that was altered to attest the whole hour.
  const [download] = await Promise.all([
    theirs.waitForEvent("download"),
    theirs.getByRole("link", { name: "File" }).click(),
  ]);
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  const compare = theirs.getByRole("region", { name: "Compare a paper or a file" });
  const choose = (body: object) =>
    compare.locator("input[type=file]").setInputFiles({
      name: "statement.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(body)),
    });
  await choose(file);
  await expect(compare).toContainText("Unaltered");
  await choose({ ...file, facts: { ...file.facts, attended_ms: 3_600_000 } });
  await expect(compare).toContainText("Altered");
  await expect(compare.getByRole("row").filter({ hasText: "Attended" })).toContainText("1:00:00");
  await expect(theirs.getByText("Unaltered", { exact: true })).toHaveCount(0);
  await choose({ holiday: "pictures" });
  await expect(compare.getByRole("alert")).toContainText("not a statement");

  // A visit that is reported only now.
  const again = begin + ms("40:00");
  await room.joins(session, again);
  await room.leaves(session, { since: again, at: again + ms("10:00") });
  await theirs.reload();
  await expect(check(theirs)).toContainText("Later corrected");
  const table = check(theirs).getByRole("table", { name: "What was corrected" });
  await expect(table.getByRole("row").filter({ hasText: "Attended" }).first()).toContainText(
    "40:00",
  );
  await expect(theirs.getByRole("article")).toContainText("30:00");
  await stranger.close();
});

test("a statement of days is issued from a person's page, and is printed without the screen around it", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("days");
  const { name } = await hour(room);
  await api.meetingOf(room.name);
  await page.goto(`/people?q=${encodeURIComponent(name)}`);
  await isLive(page);
  await page.getByRole("table").getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await issue(page);
  const paper = page.getByRole("article");
  await expect(paper).toContainText("1 meeting");
  await expect(paper).toContainText(room.name);

  await page.setViewportSize({ width: 390, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await page.emulateMedia({ media: "print" });
  await expect(check(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(paper).toBeVisible();
});

test("an unknown statement is reported as missing", async ({ page }) => {
  const response = await page.goto("/statements/nothing-of-the-kind");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such statement");
});
