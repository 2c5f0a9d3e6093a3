import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const list = (page: Page) => page.locator("#waits").getByRole("table");
const stat = (page: Page, label: string) =>
  page
    .getByLabel("The waiting room in numbers")
    .locator("div")
    .filter({ has: page.locator("dt", { hasText: label }) });

/** A person waits for `lasted`, and is admitted or leaves. */
type Wait = [name: string, after: string, lasted: string, end: "in" | "gone"];

test("how long people waited over time, who was lost, and the waits behind each number", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("desk");
  const begin = ago("3:00:00");
  const at = (time: string) => begin + ms(time);
  const waits: Wait[] = [
    ["Ada", "1:00", "1:00", "in"],
    ["Bo", "2:00", "6:00", "in"],
    ["Cy", "10:00", "4:00", "gone"],
    ["Dee", "20:00", "0:05", "gone"],
    ["Eve", "25:00", "1:30", "gone"],
  ];
  const mia = guest("Mia", { owner: true });
  await room.joins(mia, begin);
  const eve = guest("Eve");
  for (const [name, after, lasted, end] of waits) {
    const who = name === "Eve" ? eve : guest(name);
    const since = at(after);
    await room.knocks(who, since);
    await room.stopsWaiting(who, { since, at: since + ms(lasted) });
    if (end === "in") await room.joins(who, since + ms(lasted));
  }
  await room.joins(eve, at("30:00"));

  await page.goto("/");
  await isLive(page);
  await page.getByRole("link", { name: "Over time" }).click();
  await expect(page).toHaveTitle("Waiting room · Rollcall");
  await page.getByLabel("Room", { exact: true }).fill(room.name);
  await expect(page).toHaveURL(/room=/);
  await expect(stat(page, "Waits")).toContainText("5");
  await expect(stat(page, "Admitted within 2 min")).toContainText("33.3%");
  await expect(stat(page, "Average until admitted")).toContainText("3:30");
  await expect(stat(page, "Abandonment rate")).toContainText(
    "50%2 of 4 left before admitted · 1 short",
  );
  await expect(stat(page, "Came back")).toContainText("11 lost · 1 person");
  await expect(list(page).getByRole("row")).toHaveCount(2);
  await expect(list(page)).toContainText("4:00Cy");

  await stat(page, "Came back").locator("dd").first().getByRole("link").click();
  await expect(page).toHaveURL(/show=came_back/);
  await expect(list(page)).toContainText("1:30Eve");
  await page.getByLabel("Which waits are listed").selectOption("Admitted after the target");
  await expect(list(page)).toContainText("6:00Bo");

  // With another target, and with everyone who left counted: Ada and Bo of all five.
  await page.getByRole("combobox", { name: "Target" }).selectOption("10 min");
  await page.getByRole("combobox", { name: "People who left" }).selectOption("Counted as missed");
  await page.getByRole("combobox", { name: "Left within 10 s" }).selectOption("Count as left");
  await expect(stat(page, "Admitted within 10 min")).toContainText("40%");
  await expect(stat(page, "Abandonment rate")).toContainText("60%");

  const cell = page.getByRole("link", { name: /day \d+:00–\d+:00: .*waits?/ }).first();
  await cell.focus();
  await expect(page.getByText(/^\w+day \d+:00–\d+:00: \d waits?/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/week_hour=/);
  await expect(list(page)).toContainText("Ada");

  const seen = await list(page).textContent();
  await page.goto(page.url());
  expect(await list(page).textContent()).toBe(seen);
  await page.getByRole("link", { name: "Now", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Live");
});

test("the lost people are downloaded as a file, and the page links to them", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("callback");
  const since = ago("20:00");
  const kofi = guest("Kofi");
  await room.joins(guest("Mia", { owner: true }), since);
  await room.knocks(kofi, since);
  await room.stopsWaiting(kofi, { since, at: since + ms("3:00") });
  await page.goto(`/waiting?room=${room.name}&tz=Asia/Kolkata`);
  await page.locator("#waits").getByRole("button", { name: "Download" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^CSV UTF-8/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^waits-lost-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toMatch(/^Kofi,/m);
  expect(text).toContain(",3,left before admitted,exact,no,1");
  await page.keyboard.press("Escape");
  await list(page).getByRole("link", { name: "Kofi" }).click();
  await expect(page).toHaveURL(/\/meetings\/.*person=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
});

test("the waiting room is accessible, also on a phone", async ({ page, openRoom }) => {
  const room = openRoom("axe");
  const since = ago("20:00");
  const kofi = guest("Kofi");
  await room.knocks(kofi, since);
  await room.stopsWaiting(kofi, { since, at: since + ms("3:00") });
  await page.goto(`/waiting?room=${room.name}`);
  await isLive(page);
  await expect(list(page)).toBeVisible();
  await isAccessible(page, "waits", { themes: ["light", "dark"], widths: [1280, 390] });
  await page.goto("/waiting?room=nowhere");
  await expect(page.getByText("No room is called “nowhere”")).toBeVisible();
  await isAccessible(page, "no such room", { themes: ["light", "dark"] });
});
