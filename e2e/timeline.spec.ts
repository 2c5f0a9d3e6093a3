import { expect } from "@playwright/test";
import { AT_NOON, ago, ms } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { lesson, openMeeting } from "./world/lesson.ts";
import { isLive, MeetingPageObject, mark, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("raw shows every connection, one click away, and the numbers stay", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const { meeting } = await openMeeting(page, await lesson(openRoom("raw")), api);
  await expect(tile(page, "Came in").number).toHaveText("4");
  await page.getByRole("radio", { name: "Raw" }).click();
  const connections = page.getByRole("listbox", { name: "Connections" }).getByRole("option");
  await expect(connections).toHaveCount(6);
  await expect(connections.filter({ hasText: "→ Lena · 2 of 2" })).toHaveCount(1);
  await expect(page.getByText("6 connections of 5 people")).toBeVisible();
  await expect(tile(page, "Came in").number).toHaveText("4");
  await expect(page).toHaveURL(/\?raw=1$/);

  await page.reload();
  await isLive(page);
  await expect(connections).toHaveCount(6);
  await page.getByRole("radio", { name: "Merged" }).click();
  await expect(meeting.lanes.getByRole("option")).toHaveCount(5);
  await expect(page).not.toHaveURL(/\?/);
});

test("another grace is applied everywhere at once, for this view only, without asking the server", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = await lesson(openRoom("grace"));
  const { meeting, id } = await openMeeting(page, room, api);
  const isTheSamePage = await mark(page);
  await meeting.lane("Lena").click();
  await expect(meeting.drawer).toContainText("joined by the grace of 30 s");
  await expect(meeting.drawer).toContainText(/\d+ repeated deliver(y|ies) ignored/);
  const asked: string[] = [];
  page.on("request", (request) => {
    // The browser requests its icon whenever the address changes; a drawer reads its own script once.
    const { pathname } = new URL(request.url());
    if (pathname !== "/icon.svg" && !pathname.startsWith("/_next/static/")) asked.push(pathname);
  });
  const apiPerson = () =>
    api.meeting(id).then(({ people }) => people.find(({ name }) => name === "P. Singh"));
  const before = await apiPerson();

  await page.getByRole("button", { name: "gaps up to 30 s joined" }).click();
  await expect(page.getByText(/^Clinic joins gaps up to 30 s/)).toBeVisible();
  await page.getByRole("radio", { name: "none" }).click();
  await expect(meeting.drawer).toContainText("9 s away, does not count");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "no gaps joined" })).toBeFocused();
  await expect(page).toHaveURL(/grace=0/);
  await page.getByRole("button", { name: "Back to 30 s" }).click();
  await expect(meeting.drawer).toContainText("joined by the grace of 30 s");
  await expect(page).not.toHaveURL(/grace/);

  expect(asked, "the address changes without asking the server").toEqual([]);
  expect(await apiPerson()).toEqual(before);
  await isTheSamePage();
});

test.describe("where no day begins meanwhile", () => {
  test.use({ storageState: AT_NOON });

  test("what a bot saw only later, what it cannot know, and two hosts at once", async ({
    page,
    sendBot,
    world: { api },
  }) => {
    const bot = sendBot("Northwind renewal");
    const begin = ago("40:00");
    const haddad = { uuid: "1", name: "M. Haddad", isHost: true };
    await bot.arrives(begin);
    await bot.joins(haddad, begin + ms("0:01"));
    await bot.joins({ uuid: "2", name: "Chloé" }, begin + ms("2:00"));
    await bot.joins({ uuid: "3", name: "T. Okafor", isHost: true }, begin + ms("5:00"));
    await bot.leaves({ ...haddad, isHost: false }, begin + ms("20:00"));

    const meeting = new MeetingPageObject(page);
    await meeting.open((await api.meetingOf(bot.id)).id);
    await expect(meeting.lane("M. Haddad")).toHaveAccessibleName(/there before the bot came$/);
    await expect(meeting.lane("Chloé")).not.toHaveAccessibleName(/before the bot/);
    await expect(page.getByText("from when the bot saw them")).toBeVisible();
    const history = page.getByRole("region", { name: "Host history" });
    await expect(history).toContainText(/the role changed somewhere between \S+ and \S+/);
    await expect(history).toContainText("took over from M. Haddad");
    const strip = page.getByRole("img", { name: /^Host: / }).locator("> .bar");
    const [first, second] = [await strip.nth(0).boundingBox(), await strip.nth(1).boundingBox()];
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThanOrEqual(second?.y ?? 0);
  });
});

test("times of a meeting longer than a day show their day, durations run on", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("hackathon");
  const ada = guest("Ada");
  const begin = ago("49:00:00");
  await room.joins(ada, begin);
  await room.joins(guest("Bo"), ago("2:00:00"));
  await room.leaves(ada, { since: begin, at: begin + ms("48:00:00") });
  const { meeting } = await openMeeting(page, room, api);
  await expect(meeting.lane("Ada")).toHaveAccessibleName(
    /^Ada, left, attended 48:00:00, first in \d+ \w{3} \d\d:\d\d:\d\d, last out \d+ \w{3} /,
  );
  await expect(meeting.lane("Ada")).toContainText("48:00:00");
  await expect(page.getByText(/^Live 49:00:\d\d$/)).toBeVisible();
});

test.describe("on a phone with a clock of 12 hours", () => {
  test.use({ locale: "en-US", viewport: { width: 390, height: 844 }, storageState: AT_NOON });

  test("no times of the axis overlap, however narrow it is", async ({
    page,
    openRoom,
    world: { api },
  }) => {
    await openMeeting(page, await lesson(openRoom("narrow-axis")), api);
    const times = page.getByText(/^\d+:\d\d\s[AP]M$/).filter({ visible: true });
    for (const width of [390, 340, 290]) {
      await page.setViewportSize({ width, height: 844 });
      await expect(async () => {
        const boxes = await times.evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
        );
        expect(boxes.length).toBeGreaterThan(1);
        for (const [n, { left }] of boxes.entries()) {
          expect(left, `at ${width}`).toBeGreaterThan(boxes[n - 1]?.right ?? -1);
        }
      }).toPass();
    }
  });
});
