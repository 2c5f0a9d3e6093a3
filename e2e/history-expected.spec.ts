import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { isAccessible, isWithoutSideways } from "./world/access.ts";
import { guest } from "./world/daily.ts";
import type { Source } from "./world/http.ts";
import { chooseZone, isLive, mark } from "./world/screens.ts";
import { test } from "./world/test.ts";

const MINUTE = 60_000;
const IN_ANY_CASE = { ignoreCase: true };
const idOf = ({ path }: Source) => path.split("/").at(-1) ?? "";
const utc = (at: number) => new Date(at).toISOString();
const line = (page: Page, name: string) =>
  page
    .getByRole("table", { name: /^Expected people/ })
    .getByRole("row")
    .filter({ hasText: name });
const count = (page: Page, word: string) =>
  page
    .getByRole("list", { name: "Status" })
    .getByRole("button")
    .filter({ hasText: new RegExp(`^${word}`) });

/** Fills the form for a meeting that begins `from` minutes from now, in UTC. */
async function fill(
  page: Page,
  source: Source,
  room: string,
  from: number,
  roster: string,
): Promise<void> {
  const begin = Date.now() + from * MINUTE;
  const clock = (at: number) => utc(at).slice(11, 16);
  await page.getByLabel("Source").selectOption(idOf(source));
  await page.getByLabel("Room", { exact: true }).fill(room);
  await chooseZone(page, page.getByLabel("Time zone"), "UTC");
  await page.getByLabel("Day", { exact: true }).fill(utc(begin).slice(0, 10));
  await page.getByLabel("From", { exact: true }).fill(clock(begin));
  await page.getByLabel("To", { exact: true }).fill(clock(begin + 60 * MINUTE));
  await page.getByLabel("Roster").fill(roster);
}

test("a roster is pasted, and the page shows live who knocks, who comes, and who was not expected", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("expected");
  await page.goto("/expected");
  await isLive(page);
  await page.getByRole("link", { name: "Schedule a meeting" }).first().click();
  await page.getByLabel("Title (optional)").fill("Algebra");
  await fill(page, world.daily, room.name, -6, "Dr Wu, host\nAda Lovelace\nBo <bo at home>");
  await page.getByRole("button", { name: "Schedule" }).click();
  // The fault stands beside the field, and the field has the focus.
  await expect(page.getByText("Line 3: that is no e-mail address")).toBeVisible();
  await expect(page.getByLabel("Roster")).toBeFocused();
  await page.getByLabel("Roster").fill("Dr Wu, host\nAda Lovelace\nBo <bo@example.org>");
  await page.getByRole("button", { name: "Schedule" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Algebra");
  const isSamePage = await mark(page);
  await expect(count(page, "Late")).toContainText("3");
  await expect(page.getByRole("region", { name: "At the start" })).toContainText("Nobody");

  const ada = guest("ada lovelace");
  await room.knocks(ada);
  await expect(line(page, "Ada Lovelace")).toContainText("Waiting");
  await room.joins(ada);
  await expect(line(page, "Ada Lovelace")).toContainText("Present");
  await expect(line(page, "Ada Lovelace")).toContainText("late");
  await room.joins(guest("iPhone"));
  await expect(page.getByRole("region", { name: "Not expected" })).toContainText("iPhone");
  await room.leaves(ada);
  await expect(line(page, "Ada Lovelace")).toContainText("Left");
  // Reported late: the host had been there all along.
  await room.joins(guest("Dr Wu"), Date.now() - 6 * MINUTE);
  await expect(page.getByRole("region", { name: "At the start" })).toContainText("Only host");
  await isSamePage();

  await count(page, "Late").click();
  await expect(line(page, "Ada Lovelace")).toHaveCount(0);
  await expect(line(page, "Bo")).toBeVisible();

  await page.getByRole("link", { name: "Go to the meeting" }).click();
  await page
    .getByRole("region", { name: "Expected" })
    .getByRole("link", { name: "Algebra" })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Algebra");
});

test("the page of a meeting shows live who of the expected people is here", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("card");
  const scheduled = await page.request.post("/api/v1/scheduled-meetings", {
    headers: { authorization: `Bearer ${world.api.key}` },
    data: {
      source: idOf(world.daily),
      room: room.name,
      title: "Algebra",
      starts_at: utc(Date.now() - 6 * MINUTE),
      ends_at: utc(Date.now() + 54 * MINUTE),
      roster: "Dr Wu, host\nAda Lovelace\nBo",
    },
  });
  expect(scheduled.status()).toBe(201);
  await room.joins(guest("Dr Wu"), Date.now() - 6 * MINUTE);
  const { id } = await world.api.meetingOf(room.name);
  await page.goto(`/meetings/${id}`);
  await isLive(page);
  const isSamePage = await mark(page);
  const expected = page.getByRole("region", { name: "Expected" });
  await expect(expected).toContainText("3 people expected");
  await expect(expected.getByRole("list").last()).toHaveText("1present2late", IN_ANY_CASE);
  await expect(expected).toContainText("Only host");

  const ada = guest("ada lovelace");
  await room.knocks(ada);
  await expect(expected.getByRole("list").last()).toHaveText("1present1waiting1late", IN_ANY_CASE);
  await room.joins(ada);
  await expect(expected.getByRole("list").last()).toHaveText("2present1late", IN_ANY_CASE);
  await room.joins(guest("iPhone"));
  await room.leaves(ada);
  await expect(expected.getByRole("list").last()).toHaveText("1present1late1left", IN_ANY_CASE);
  await isSamePage();
  await isAccessible(page, "who is expected, beside the meeting");
});

test("the list is updated live, and a meeting that is over is listed under the past", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("listed");
  const make = async (title: string, from: number, minutes: number) => {
    await page.request.post("/api/v1/scheduled-meetings", {
      headers: { authorization: `Bearer ${world.api.key}` },
      data: {
        source: idOf(world.daily),
        room: room.name,
        title: `${title} ${room.name}`,
        starts_at: utc(Date.now() + from * MINUTE),
        ends_at: utc(Date.now() + (from + minutes) * MINUTE),
        roster: "Ada\nBo",
      },
    });
  };
  await make("Over", -60 * 50, 30);
  await make("Now", -1, 30);
  await page.goto(`/expected?room=${room.name}`);
  await isLive(page);
  const row = (title: string) => page.getByRole("row").filter({ hasText: title });
  await expect(row("Now")).toContainText(/2 ?expected/i);
  await expect(row("Over")).toHaveCount(0);
  await room.joins(guest("Ada"));
  await expect(row("Now")).toContainText(/1 ?present/i);

  await page.getByRole("link", { name: "Past", exact: true }).click();
  await expect(row("Over")).toContainText(/2 ?absent/i);
  await expect(row("Over")).toContainText("Nobody");
  await row("Over").getByRole("link").click();
  await page.getByRole("button", { name: "Download" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^CSV/ }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain("Bo,2,no,,,guest,absent");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/expected$/);
  await page.goto(`/expected?room=${room.name}&show=past`);
  await expect(page.getByText("Nothing scheduled")).toBeVisible();
});

test("a class list is pasted once, and people on it who never came to a scheduled meeting are absent", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("class");
  await page.goto("/expected/lists/new");
  await isLive(page);
  await page.getByLabel("Name of the list").fill(room.name);
  await page.getByLabel("Roster").fill("Nachname;Vorname\nLovelace;Ada\nNoether;Emmy");
  await page.getByRole("button", { name: "Save the list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
  await expect(page.getByText("Emmy Noether")).toBeVisible();
  const scheduled = await page.request.post("/api/v1/scheduled-meetings", {
    headers: { authorization: `Bearer ${world.api.key}` },
    data: {
      source: idOf(world.daily),
      room: room.name,
      starts_at: utc(Date.now() - 30 * MINUTE),
      ends_at: utc(Date.now() - MINUTE),
      class_list: page.url().split("/").at(-1)?.split("?")[0],
    },
  });
  const { id } = await scheduled.json();
  const ada = guest("ada lovelace");
  await room.joins(ada, Date.now() - 29 * MINUTE);
  await room.leaves(ada, { since: Date.now() - 29 * MINUTE, at: Date.now() - 2 * MINUTE });
  await page.goto(`/expected/${id}`);
  await expect(line(page, "Ada Lovelace")).toContainText("Was here");
  await expect(line(page, "Emmy Noether")).toContainText("Absent");
});

test("in a night on which clocks change the form asks which time is meant", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("clocks");
  await page.goto("/expected/new");
  await isLive(page);
  await fill(page, world.daily, room.name, 10, "Ada");
  await chooseZone(page, page.getByLabel("Time zone"), "Europe/Berlin");
  await page.getByLabel("Day", { exact: true }).fill("2027-03-28");
  await page.getByLabel("From", { exact: true }).fill("02:30");
  await page.getByLabel("To", { exact: true }).fill("04:00");
  await expect(page.getByText("Clocks go from 02:00 to 03:00 that day.")).toBeVisible();
  await page.getByRole("button", { name: "Schedule" }).click();
  await expect(
    page.getByText("does not exist that day: clocks go from 02:00 to 03:00"),
  ).toBeVisible();
  await page.getByLabel("Day", { exact: true }).fill("2027-10-31");
  await page.getByLabel("From: 02:30 comes twice that night").selectOption("The second, UTC+01:00");
  await page.getByRole("button", { name: "Schedule" }).click();
  await expect(page.getByText("Sun 31 Oct 2027, 02:30 – 04:00 · Europe/Berlin")).toBeVisible();
  await page.getByRole("link", { name: "Change" }).click();
  await expect(page.getByLabel("From: 02:30 comes twice that night")).toHaveValue("1");
  await page.getByLabel("To", { exact: true }).fill("01:00");
  await expect(page.getByText("on the next day")).toBeVisible();
});

test("the list, the form, and a meeting with people in every state are accessible, and none is wider than a phone", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("full");
  const made = await page.request.post("/api/v1/scheduled-meetings", {
    headers: { authorization: `Bearer ${world.api.key}` },
    data: {
      source: idOf(world.daily),
      room: room.name,
      title: "Lecture",
      starts_at: utc(Date.now() - 6 * MINUTE),
      ends_at: utc(Date.now() + 60 * MINUTE),
      roster: "Dr Wu, host\nAda <ada@example.org>\nBo\nCy\nDee",
    },
  });
  const { id } = await made.json();
  await room.joins(guest("Dr Wu", { owner: true }), Date.now() - 6 * MINUTE);
  await room.knocks(guest("Ada"));
  const [bo, kofi] = [guest("Bo"), guest("Kofi")];
  for (const one of [bo, kofi]) await room.joins(one);
  await room.leaves(bo);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const path of [
    `/expected?room=${room.name}`,
    "/expected?room=nowhere",
    `/expected/${id}`,
    "/expected/new",
  ]) {
    await page.goto(path);
    await isLive(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isAccessible(page, path, { themes: ["light", "dark"], widths: [1440, 390] });
  }
});

test("two hundred expected people are no wider than a phone", async ({ page, world, openRoom }) => {
  const made = await page.request.post("/api/v1/scheduled-meetings", {
    headers: { authorization: `Bearer ${world.api.key}` },
    data: {
      source: idOf(world.daily),
      room: openRoom("crowd").name,
      title: "Lecture",
      starts_at: utc(Date.now() - 6 * MINUTE),
      ends_at: utc(Date.now() + 60 * MINUTE),
      roster: Array.from({ length: 200 }, (_, n) => `Somebody Number ${n + 1}`).join("\n"),
    },
  });
  const { id } = await made.json();
  await page.goto(`/expected/${id}`);
  await isLive(page);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await isWithoutSideways(page);
  }
  // The verdict of each meeting is in sight without scrolling the table.
  await page.goto("/expected");
  const row = page.getByRole("row").filter({ hasText: "Lecture" }).first();
  await expect(row.getByText("Nobody")).toBeInViewport({ ratio: 1 });
});
