import { expect, type Locator, type Page } from "@playwright/test";
import { isAccessible, isWithoutSideways } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { lesson, openMeeting } from "./world/lesson.ts";
import { isLive, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("the line is drawn back by mouse, refined by keyboard, and released", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const { meeting } = await openMeeting(page, await lesson(openRoom("as-of")), api);
  const line = page.getByRole("slider", { name: "As of" });
  await expect(line).toHaveAttribute("aria-valuetext", "now");

  await dragAlong(page, line, await xOf(line, "20:00"));
  const bar = page.getByRole("region", { name: "As of" });
  await expect(bar).toContainText("host R. Lindqvist");
  await expect(line).toBeFocused();
  await page.keyboard.press(",");
  await expect(tile(page, "Here then").number).toHaveText("2");
  await expect
    .poll(() => meeting.rows())
    .toEqual([
      "In the meeting · 2",
      "R. Lindqvist",
      "Lena",
      "Left · 1",
      "P. Singh",
      "Came later · 2",
      "Kofi",
      "Ravi",
    ]);
  const veiled = meeting.lanes.getByRole("option").and(page.locator("[data-then=left]"));
  await expect(veiled).toHaveCount(1);
  const before = await line.getAttribute("aria-valuenow");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect(line).toHaveAttribute("aria-valuenow", String(Number(before) + 59));
  await page.keyboard.press("Home");
  await expect(tile(page, "Here then").number).toHaveText("1");
  await page.getByRole("button", { name: "Now" }).click();
  await expect(bar).toBeHidden();
  await expect(tile(page, "Here now").number).toHaveText("3");

  await page.mouse.click(await xOf(line, "30:00"), (await centreOf(line)).y);
  await expect(tile(page, "Here then").number).toHaveText("2");
  // By the line itself, over the lanes.
  const { y } = await centreOf(meeting.lane("R. Lindqvist"));
  await page.mouse.move((await centreOf(line)).x, y);
  await page.mouse.down();
  await page.mouse.move(await xOf(line, "33:00"), y, { steps: 4 });
  await page.mouse.up();
  await expect(line).toHaveAttribute("aria-valuetext", /: 2 in, 0 waiting, host P. Singh$/);
  await expect(meeting.lanes.getByRole("option", { selected: true })).toHaveCount(0);
  await expect(page).toHaveURL(/\?at=/);
  await page.reload();
  await isLive(page);
  await expect(tile(page, "Here then").number).toHaveText("2");
  await page.keyboard.press("Escape");
  await expect(tile(page, "Here now").number).toHaveText("3");
  await expect(page).not.toHaveURL(/at=/);
});

test("the line is drawn by a finger, on a phone", async ({
  browser,
  openRoom,
  world: { api, baseUrl },
}) => {
  const room = await lesson(openRoom("finger"));
  const phone = await browser.newPage({
    baseURL: baseUrl,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const { meeting } = await openMeeting(phone, room, api);
  const line = phone.getByRole("slider", { name: "As of" });
  await line.scrollIntoViewIfNeeded();
  const to = await xOf(line, "20:00");
  const start = await centreOf(line);
  const finger = await phone.context().newCDPSession(phone);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
    finger.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y: start.y }],
    });
  await touch("touchStart", start.x);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch("touchMove", start.x + (to - start.x) * share);
  }
  await touch("touchEnd", to);
  await expect(phone.getByRole("region", { name: "As of" })).toContainText("host R. Lindqvist");
  await expect(meeting.lane("Ravi")).toHaveAccessibleName(/not there yet/);
  await isWithoutSideways(phone);
  await phone.close();
});

test("a window drawn over the people strip shows who was there in it", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const { meeting } = await openMeeting(page, await lesson(openRoom("window")), api);
  const line = page.getByRole("slider", { name: "As of" });
  const strip = page.getByRole("img", { name: /^People over time: at most 3 people at once at / });
  const { y } = await centreOf(strip);
  await page.mouse.move(await xOf(line, "22:00"), y);
  await page.mouse.down();
  await page.mouse.move(await xOf(line, "14:00"), y, { steps: 5 });
  await page.mouse.up();

  const bar = page.getByRole("region", { name: "Window" });
  await expect(bar).toContainText("2 were in, 1 only waited");
  await expect
    .poll(() => meeting.rows())
    .toEqual(["Was in · 2", "R. Lindqvist", "Lena", "Only waited · 1", "Kofi"]);
  await expect(page.getByRole("region", { name: "As of" }), "the line stays").toBeHidden();
  await expect(page).toHaveURL(/window=/);

  await page.reload();
  await isLive(page);
  await expect(bar).toContainText("2 were in, 1 only waited");
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await expect(meeting.lanes.getByRole("option")).toHaveCount(5);
});

test("the moment and the window are set by keyboard alone", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const { meeting } = await openMeeting(page, await lesson(openRoom("keys")), api);
  await page.getByRole("radio", { name: "Merged" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Raw" })).toBeChecked();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "Merged" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "gaps up to 30 s joined" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: /up to 30 s/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  const grace = page.getByRole("button", { name: "gaps up to 1 min joined" });
  await expect(grace).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Back to 30 s" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "gaps up to 30 s joined" }).focus();

  await page.keyboard.press("Tab");
  await expect(page.getByRole("slider", { name: "As of" })).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("region", { name: "As of" })).toBeVisible();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("slider", { name: "Window from" })).toBeFocused();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("slider", { name: "Window to" })).toBeFocused();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByRole("region", { name: "Window" })).toContainText("in");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Window" })).toBeHidden();
  // The lanes follow when they can: until then another may be the first.
  await expect(meeting.lanes).toContainText("In the meeting");
  await page.keyboard.press("Tab");
  await expect(meeting.lane("R. Lindqvist")).toBeFocused();
});

test("a past moment is accessible", async ({ page, openRoom, world: { api } }) => {
  const room = await lesson(openRoom("axe"));
  const { id } = await api.meetingOf(room.name);
  const moment = (length: string) =>
    new Date(Math.floor(ago(length) / 1000) * 1000).toISOString().replace(".000", "");
  const back = `at=${moment("15:00")}&window=${moment("22:00")}/${moment("14:00")}`;
  const themes = ["light", "dark"] as const;
  await page.goto(`/meetings/${id}?${back}`);
  await isLive(page);
  await expect(page.getByRole("region", { name: "As of" })).toBeVisible();
  await isAccessible(page, "a moment and a window", { themes, widths: [1280, 390] });
  await page.goto(`/meetings/${id}?raw=1&grace=60`);
  await isLive(page);
  await isAccessible(page, "raw", { themes });
  await page.getByRole("button", { name: "gaps up to 1 min joined" }).click();
  await expect(page.getByRole("radio", { name: /as stored/ })).toBeVisible();
  await isAccessible(page, "the choice of a grace", { themes });
});

async function centreOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("not to be seen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The x of the timeline on the screen at `before`, counted back from now. */
async function xOf(line: Locator, before: string): Promise<number> {
  const track = await line.locator("..").boundingBox();
  const { x } = await centreOf(line);
  const seconds = Number(await line.getAttribute("aria-valuemax"));
  if (track === null) throw new Error("no track");
  return x - ((x - track.x) * ms(before)) / (seconds * 1000);
}

async function dragAlong(page: Page, line: Locator, toX: number): Promise<void> {
  const { x, y } = await centreOf(line);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move((x + toX) / 2, y + 40, { steps: 4 });
  await page.mouse.move(toX, y + 90, { steps: 4 });
  await page.mouse.up();
}
