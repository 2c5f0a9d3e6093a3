import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { costsLittle } from "./world/costs.ts";
import { guest } from "./world/daily.ts";
import { chooseZone, isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const table = (page: Page) => page.getByRole("table", { name: /^Meetings/ });
const row = (page: Page, name: string) => table(page).getByRole("row").filter({ hasText: name });
const cells = async (page: Page, name: string) =>
  (await row(page, name).getByRole("cell").allInnerTexts()).map((text) => text.split("\n")[0]);

test("every meeting is in one list: those in progress run on, those that are over show how they were", async ({
  page,
  openRoom,
}) => {
  const over = openRoom("past");
  const mia = guest("Mia", { owner: true });
  const kofi = guest("Kofi");
  const begin = ago("3:00:00");
  const at = (time: string) => begin + ms(time);
  await over.joins(mia, begin);
  await over.knocks(kofi, at("10:00"));
  await over.stopsWaiting(kofi, { since: at("10:00"), at: at("15:00") });
  await over.leaves(mia, { since: begin, at: at("1:00:00") });
  const now = openRoom("present");
  await now.joins(guest("Nina"), ago("1:00"));

  await page.goto("/meetings");
  await isLive(page);
  await expect(page).toHaveTitle("Meetings · Rollcall");
  await costsLittle(page);
  expect((await cells(page, over.name)).slice(1)).toEqual([
    "1:00:00",
    "2",
    "1",
    "1",
    "1",
    "100%",
    "Ended",
  ]);
  await expect(row(page, now.name)).toContainText("Live");
  const length = row(page, now.name).getByRole("cell").nth(1);
  const before = (await length.textContent()) ?? "";
  await expect(length).not.toHaveText(before);

  await now.ends();
  await expect(row(page, now.name)).toContainText("Ended");
  await row(page, over.name).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(over.name);
  await expect(
    page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: "Meetings", exact: true }),
  ).toHaveAttribute("aria-current", "true");
});

test("every filter is in the address, so that a link shows the same", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("address");
  const begin = ago("30:00");
  for (const [name, long] of [
    ["short", 60_000],
    ["long", 600_000],
  ] as const) {
    const one = guest(`${name} ${room.name}`);
    const at = name === "short" ? begin : begin + 900_000;
    await room.joins(one, at);
    await room.leaves(one, { since: at, at: at + long });
  }
  await page.goto("/meetings");
  await page.getByRole("searchbox").fill(`short ${room.name}`);
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/q=short/);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/q=/);

  await page.getByLabel("Room", { exact: true }).fill(room.name);
  await expect(table(page).getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: "Length" }).click();
  await expect(table(page).getByRole("columnheader", { name: /Length/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await page.getByRole("link", { name: "Length" }).click();
  await expect(page).toHaveURL(/order=asc/);
  await chooseZone(page, page.getByLabel("Time zone"), "Asia/Kolkata");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Peak" }).uncheck();
  await expect(page).toHaveURL(/cols=/);
  await page.keyboard.press("Escape");
  await page.getByLabel("Lasted at least").selectOption("5 min");
  await expect(table(page).getByRole("row")).toHaveCount(2);

  const seen = await table(page).textContent();
  await page.goto(page.url());
  expect(await table(page).textContent()).toBe(seen);
  await expect(page.getByRole("columnheader", { name: /Peak/ })).toHaveCount(0);
  await expect(page.getByText("· Asia/Kolkata")).toBeVisible();

  // A chosen zone stays on the next screen, and back; a link that names another zone is shown in that zone.
  await table(page).getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/meetings\/[\w-]+\?.*tz=Asia(%2F|\/)Kolkata/);
  await expect(page.getByRole("main").getByText("Asia/Kolkata", { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByText("· Asia/Kolkata")).toBeVisible();
  await page.goto("/?tz=Asia/Riyadh");
  await expect(page.getByText("This link shows its times in Asia/Riyadh")).toBeVisible();
  await expect(page.getByText(/ · Asia\/Riyadh$/)).toBeVisible();
  await page.getByRole("button", { name: "Show in Asia/Kolkata" }).click();
  await expect(page.getByText(/ · Asia\/Kolkata$/)).toBeVisible();
});

test("the list, and who attended a meeting, are downloaded as files", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("files");
  const formula = guest('=cmd|"x"');
  const begin = ago("20:00");
  await room.joins(formula, begin);
  await room.leaves(formula, { since: begin, at: begin + 600_000 });

  const file = async (format: RegExp) => {
    await page.getByRole("button", { name: "Download" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: format }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    await page.keyboard.press("Escape");
    return { name: download.suggestedFilename(), text };
  };
  await page.goto(`/meetings?room=${room.name}&tz=Asia/Kolkata`);
  const csv = await file(/^CSV UTF-8/);
  expect(csv.name).toMatch(/^meetings-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text.split("\r\n")).toHaveLength(3);
  expect(csv.text).toContain(`\n${room.name},`);
  expect(csv.text).toContain("(Asia/Kolkata)");
  expect(csv.text).toContain(",10,");
  const workbook = await file(/^XLSX/);
  expect(workbook.name).toMatch(/^meetings-\d{4}-\d\d-\d\d\.xlsx$/);
  expect(workbook.text.slice(0, 2)).toBe("PK");
  expect(JSON.parse((await file(/^JSON/)).text)).toMatchObject({
    results: [{ room: room.name, length_ms: 600_000 }],
  });

  await row(page, room.name).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
  const attendance = await file(/^CSV UTF-8/);
  expect(attendance.name).toContain(`attendance-${room.name}-`);
  expect(attendance.text).toContain(`"'=cmd|""x"""`);
});

test("fits a phone, where the navigation is behind a button", async ({ page, openRoom }) => {
  await openRoom("narrow").joins(guest("Nina"), ago("1:00"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Meetings", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Meetings");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  const scroller = page.getByRole("region", { name: "Meetings, scrollable" });
  // The heads that sort are large enough for a finger.
  const heads = scroller.getByRole("columnheader").getByRole("link");
  const heights = await heads.evaluateAll((all) => all.map((one) => one.clientHeight));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  expect(heights.length).toBeGreaterThan(3);
  await scroller.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => scroller.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
});

test("the list of meetings is accessible", async ({ page, openRoom }) => {
  const room = openRoom("axe-and-a-name-that-goes-on-and-on-and-on-and-on");
  await room.joins(guest("Nina"), ago("1:00"));
  await room.knocks(guest("Bo"), ago("0:30"));
  await page.goto(`/meetings?room=${room.name}`);
  await isLive(page);
  // At the most common width no column is out of sight, least of all the last, which shows who waits.
  await page.setViewportSize({ width: 1440, height: 900 });
  const scroller = page.getByRole("region", { name: "Meetings, scrollable" });
  await expect
    .poll(() => scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
    .toBe(0);
  await isAccessible(page, "a meeting goes on", { themes: ["light", "dark"] });
  await page.goto("/meetings?q=nobody-is-called-this");
  await expect(page.getByText("No meetings")).toBeVisible();
  await isAccessible(page, "no meetings", { themes: ["light", "dark"] });
});
