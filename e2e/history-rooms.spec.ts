import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { type DailyRoom, guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const rooms = (page: Page) => page.getByRole("table", { name: /^Rooms/ });
const register = (page: Page) => page.getByRole("table", { name: /^Who attended/ });

/** The cells of a person's row: each meeting, then attended and share. */
async function row(page: Page, name: string): Promise<string[]> {
  const found = register(page).getByRole("row").filter({ hasText: name });
  const cells = await found.getByRole("cell").allTextContents();
  return cells.filter((text) => text !== "");
}

/** Two lessons of an hour: Mia is always there, Kofi late and then missing, Zoe waits in vain. */
async function twoLessons(room: DailyRoom): Promise<void> {
  const [mia, kofi, zoe] = [guest("Mia", { owner: true }), guest("Kofi"), guest("Zoe")];
  const [first, second] = [ago("5:00:00"), ago("2:00:00")];
  await room.joins(mia, first);
  await room.leaves(kofi, { since: first + ms("10:00"), at: first + ms("1:00:00") });
  await room.leaves(mia, { since: first, at: first + ms("1:00:00") });
  const again = guest("Mia", { owner: true });
  await room.joins(again, second);
  await room.knocks(zoe, second + ms("1:00"));
  await room.stopsWaiting(zoe, { since: second + ms("1:00"), at: second + ms("21:00") });
  await room.leaves(again, { since: second, at: second + ms("1:00:00") });
}

test("a room is a series, and its register shows each person's attendance of each meeting", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("algebra");
  await twoLessons(room);
  await page.goto("/rooms");
  await isLive(page);
  await expect(page).toHaveTitle("Rooms · Rollcall");
  await page.getByRole("searchbox").fill(room.name);
  await expect(rooms(page).getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/q=algebra/);
  const cells = await rooms(page).getByRole("cell").allTextContents();
  expect(cells.slice(1, 3)).toEqual(["2", "2.0"]);
  await expect(rooms(page).getByRole("img")).toHaveAccessibleName(/oldest first: 2, 2$/);

  await rooms(page).getByRole("link", { name: room.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
  expect(await row(page, "Mia")).toEqual([
    "60 minutes, present",
    "60 minutes, present",
    "2 / 2",
    "100%",
  ]);
  expect(await row(page, "Kofi")).toEqual(["50 minutes, late", "–absent", "1 / 2", "41%"]);
  expect(await row(page, "Zoe")).toEqual(["–absent", "×waited, not admitted", "0 / 2", "0%"]);
  await expect(page.getByRole("img", { name: /^Attendance of 2 meetings/ })).toBeVisible();
  await page.getByText("As a table").click();
  await expect(page.getByRole("table", { name: /^Attendance per meeting/ })).toContainText(
    "1:00:00",
  );
  await expect(
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Rooms" }),
  ).toHaveAttribute("aria-current", "true");
});

test("the thresholds are in the address, so that a link and a file show the same", async ({
  page,
  openRoom,
  browser,
}) => {
  const room = openRoom("counts");
  await twoLessons(room);
  await page.goto(`/rooms?q=${room.name}`);
  await rooms(page).getByRole("link", { name: room.name }).click();
  await page.getByText("What counts").click();
  await page.getByLabel("Late after").selectOption("15 min");
  await expect(page).toHaveURL(/late_ms=900000/);
  await expect.poll(() => row(page, "Kofi")).toContain("50 minutes, present");
  await page.getByLabel("Counts as attended from").selectOption("90% of it");
  await expect.poll(() => row(page, "Kofi")).toContain("50 minutes, too short to count");
  await page.getByLabel("Order of the people").selectOption("Least attended first");
  await expect(register(page).getByRole("rowheader").first()).toContainText("Zoe");
  const seen = await register(page).textContent();
  await page.goto(page.url());
  expect(await register(page).textContent()).toBe(seen);

  await page.getByRole("button", { name: "Download" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^CSV UTF-8/ }).click(),
  ]);
  expect(download.suggestedFilename()).toContain(`register-${room.name}-`);
  const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
  expect(lines.find((line) => line.startsWith("Kofi"))).toMatch(
    /^Kofi,0,41\.67%,0,too short to count,absent,.*,2,0,50,/,
  );

  // Stored for the room, the thresholds are valid for every reader whose address names none.
  await page.getByRole("button", { name: "Save for this room" }).click();
  await expect(page).not.toHaveURL(/late_ms|share=90/);
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(new URL(new URL(page.url()).pathname, page.url()).href);
  await expect.poll(() => row(theirs, "Kofi")).toContain("50 minutes, too short to count");
  await theirs.getByText("What counts").click();
  await expect(theirs.getByLabel("Late after")).toHaveValue("900000");
  await expect(theirs.getByText("Late counts from the first host (2 meetings).")).toBeVisible();
  await expect(register(theirs).getByRole("columnheader").nth(1).getByRole("link")).toHaveAttribute(
    "title",
    /Late counts from .*, when the first host came in$/,
  );
  await stranger.close();
});

test("every meeting links to its room, and back", async ({ page, openRoom }) => {
  const room = openRoom("way");
  await twoLessons(room);
  await page.goto(`/meetings?room=${room.name}`);
  await page
    .getByRole("link", { name: `Room ${room.name}` })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
  await register(page).getByRole("columnheader").nth(1).getByRole("link").click();
  await page
    .getByRole("navigation", { name: "Breadcrumb" })
    .getByRole("link", { name: room.name })
    .click();
  await expect(page).toHaveURL(/\/rooms\/\d+$/);
  await page.getByRole("link", { name: "2 meetings" }).click();
  await expect(page.getByRole("table", { name: /^Meetings/ }).getByRole("row")).toHaveCount(3);
});

test("only the register is printed", async ({ page, openRoom }) => {
  const room = openRoom("paper");
  await twoLessons(room);
  await page.goto(`/rooms?q=${room.name}`);
  await rooms(page).getByRole("link", { name: room.name }).click();
  await expect(register(page)).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(register(page)).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("row", { name: /^Kofi \*\s+L 50/ })).toBeVisible();
  await expect(page.getByText(/2 people · 2 meetings over · 0\.5 attended/)).toBeVisible();
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(sheets) ?? [];
  expect(Number(width)).toBeGreaterThan(Number(height));
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("fits, and is accessible", async ({ page, openRoom }) => {
    const room = openRoom("narrow");
    await twoLessons(room);
    await page.goto(`/rooms?q=${room.name}`);
    await isLive(page);
    await isAccessible(page, "the list of rooms", { themes: ["light", "dark"] });
    await rooms(page).getByRole("link", { name: room.name }).click();
    await expect(register(page)).toBeVisible();
    await page.getByText("What counts").click();
    await isAccessible(page, "a room", { themes: ["light", "dark"] });
    // The newest meeting is in sight, and the names stay in sight.
    await page.getByRole("region", { name: "Register, scrollable" }).scrollIntoViewIfNeeded();
    await expect(register(page).getByRole("columnheader").nth(2)).toBeInViewport();
    await register(page).getByRole("columnheader", { name: "Share" }).scrollIntoViewIfNeeded();
    await expect(register(page).getByRole("rowheader", { name: /Mia/ })).toBeInViewport();
  });
});

test("a room that does not exist is reported as missing", async ({ page }) => {
  await page.goto("/rooms/999999999");
  await expect(page.getByText("No such room")).toBeVisible();
});
