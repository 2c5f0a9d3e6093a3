import { expect, type Page } from "@playwright/test";
import { isAccessible, isWithoutSideways } from "./world/access.ts";
import { ago } from "./world/clock.ts";
import { type DailyRoom, guest } from "./world/daily.ts";
import { isLive, LivePageObject, MeetingPageObject, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

const MANY = 500;
/** A page never has as many lanes. */
const FEW = 120;
/** A longer task is a noticeable stutter, on a machine that has nothing else to do. */
const LONGEST_TASK_MS = 200;

test("five hundred people in one meeting open and scroll without a stutter", async ({
  page,
  openRoom,
  world: { api },
}) => {
  await page.addInitScript(noteLongTasks);
  const hall = await crowd(openRoom("town-hall"), MANY);
  const { id } = await api.meetingOf(hall.room.name);
  // Other work on the machine makes tasks longer, never shorter: the best of three is the page's own.
  const longest: number[] = [];
  for (let round = 1; round <= 3 && best(longest) > LONGEST_TASK_MS; round += 1) {
    longest.push(await longestTask(page, id, MANY));
  }
  let allowed = LONGEST_TASK_MS;
  if (best(longest) > allowed) {
    // On a slow machine a page with fewer people is the measure.
    const few = await crowd(openRoom("class"), FEW);
    const other = await api.meetingOf(few.room.name);
    const usual: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      usual.push(await longestTask(page, other.id, FEW));
      longest.push(await longestTask(page, id, MANY));
    }
    allowed = Math.max(allowed, 2 * best(usual));
  }
  expect(best(longest), `longest tasks: ${longest}`).toBeLessThanOrEqual(allowed);

  await new MeetingPageObject(page).open(id);
  await hall.room.leaves(hall.everybody.at(-1) ?? guest("nobody"));
  await expect(tile(page, "Here now").number).toHaveText(String(MANY - 1));
});

const best = (tasks: readonly number[]) => Math.min(...tasks);

async function crowd(room: DailyRoom, count: number) {
  const begin = ago("30:00");
  const everybody = Array.from({ length: count }, (_, n) => guest(`Guest ${n + 1}`));
  await inParallel(16, everybody, (one, n) => room.joins(one, begin + n * 1000));
  return { room, everybody };
}

/** The longest task while the page of a meeting is opened and scrolled to its end, in ms. */
async function longestTask(page: Page, id: string, people: number): Promise<number> {
  const meeting = new MeetingPageObject(page);
  await meeting.open(id);
  const lanes = meeting.lanes.getByRole("option");
  await expect(tile(page, "Here now").number).toHaveText(String(people));
  await expect(lanes.first()).toHaveAttribute("aria-setsize", String(people));
  await page.mouse.move(700, 600);
  await expect(async () => {
    await page.mouse.wheel(0, 1_200);
    expect(await lanes.count()).toBeLessThan(FEW);
    await expect(meeting.lane(`Guest ${people}`)).toBeInViewport({ timeout: 20 });
  }).toPass({ intervals: [20] });
  return page.evaluate(() => Math.max(0, ...Reflect.get(window, "longTasks")));
}

const NAMES = [
  "🧑🏽‍⚕️ Dr. Ñandú 👩‍👩‍👧‍👦",
  "שירה בר-און (Room 4)",
  "محمد <script>alert(1)</script>",
  "王伟",
  "Her Serene Highness Maximiliana Theodora Wilhelmina Charlotte von und zu Hohenlohe-Langenburg",
  `Donaudampfschifffahrts${"gesellschaftskapitän".repeat(12)}`,
  "  \u200b spaces\tand\nlines  ",
  null,
];

test("names of every kind are shown whole, and break nothing", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("🏥 קבלה / a room with a name that goes on and on and on and on and on");
  for (const name of NAMES) await room.joins(guest(name), ago("5:00"));
  for (const name of NAMES) await room.knocks(guest(name), ago("2:30"));

  const live = new LivePageObject(page);
  const meeting = new MeetingPageObject(page);
  const { id } = await api.meetingOf(room.name);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await live.open();
    await expect(live.waitingRoom.getByRole("listitem")).toHaveCount(NAMES.length);
    await expect(live.waiting("Unnamed guest")).toBeVisible();
    await expect(live.waiting("שירה בר-און (Room 4)").locator("bdi").first()).toBeVisible();
    await expect(live.row(room.name)).toContainText("8 waiting");
    await isWithoutSideways(page);
    if (width === 1440) await isReadFromAfar(page, live);

    await meeting.open(id);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(room.name);
    await expect(meeting.lanes.getByRole("option")).toHaveCount(2 * NAMES.length);
    await isWithoutSideways(page);
    const longest = meeting.lanes.getByRole("option", { name: /^Donaudampf/ }).first();
    await longest.click();
    await expect(page.getByRole("heading", { level: 2, name: /^Donaudampf/ })).toBeVisible();
    await isWithoutSideways(page);
  }
});

/** On a screen on the wall the text is larger, and still nothing is out of sight. */
async function isReadFromAfar(page: Page, live: LivePageObject): Promise<void> {
  const heightOf = async () =>
    (await live.waiting("Unnamed guest").locator("bdi").first().boundingBox())?.height ?? 0;
  const near = await heightOf();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect.poll(heightOf).toBeGreaterThan(1.3 * near);
  await isWithoutSideways(page);
  await page.setViewportSize({ width: 1440, height: 844 });
}

test("nothing needs scrolling sideways on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/", "/meetings/nonsense", "/nowhere"]) {
    await page.goto(path);
    await isWithoutSideways(page);
  }
});

test("the pages are accessible", async ({ page, openRoom, sendBot, world }) => {
  const room = await busy(openRoom("clinic"));
  const bot = sendBot("Northwind renewal");
  await bot.arrives(ago("9:00"));
  await bot.joins({ uuid: "1", name: "M. Haddad", isHost: true }, ago("8:00"));
  await bot.departs(ago("0:30"));
  const themes = ["light", "dark"] as const;
  const meeting = new MeetingPageObject(page);

  await new LivePageObject(page).open();
  await isAccessible(page, "Live", { themes });
  await page.getByRole("button", { name: 'How "Left before admitted" is calculated' }).click();
  await expect(page.getByText("Providers do not say whether a host refused.")).toBeVisible();
  await isAccessible(page, "Live with an explanation", { themes });

  await meeting.open((await world.api.meetingOf(room.name)).id);
  await meeting.lane("Kofi").click();
  await expect(meeting.drawer.getByRole("heading", { level: 2 })).toHaveText("Kofi");
  await isAccessible(page, "Meeting with somebody chosen", { themes });

  await page.goto("/meetings/nonsense");
  await isAccessible(page, "no such meeting", { themes });
  await page.goto("/nowhere");
  await isAccessible(page, "no such page", { themes });
});

test("on a phone, a person's time opens over the lanes and closes again", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = await busy(openRoom("clinic"));
  await page.setViewportSize({ width: 390, height: 844 });
  const meeting = new MeetingPageObject(page);
  await meeting.open((await api.meetingOf(room.name)).id);
  await meeting.lane("Kofi").click();
  const sheet = page.getByRole("dialog", { name: "Kofi" });
  await expect(sheet).toContainText("Why never admitted?");
  await isAccessible(page, "Meeting on a phone");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(meeting.lane("Kofi")).toBeFocused();
});

test("the theme follows the system until one is chosen, and is remembered", async ({ page }) => {
  const isDark = () =>
    page.evaluate(() => {
      const pen = new OffscreenCanvas(1, 1).getContext("2d");
      if (pen === null) throw new Error("nothing to draw on");
      pen.fillStyle = getComputedStyle(document.body).backgroundColor;
      pen.fillRect(0, 0, 1, 1);
      return (pen.getImageData(0, 0, 1, 1).data[1] ?? 255) < 128;
    });
  await page.emulateMedia({ colorScheme: "dark" });
  await new LivePageObject(page).open();
  expect(await isDark()).toBe(true);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await isDark()).toBe(false);

  await page.getByRole("radio", { name: "Dark" }).click();
  expect(await isDark()).toBe(true);
  // The theme is set before any script of the page has run, so that the wrong theme never flashes.
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await isLive(page);
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  expect(await isDark()).toBe(true);
  await page.getByRole("radio", { name: "Match the system" }).click();
  expect(await isDark()).toBe(false);
});

test("with reduced motion only the running times move", async ({ page, openRoom }) => {
  const room = openRoom("still");
  const running = () =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1).length,
    );
  const live = new LivePageObject(page);
  await live.open();
  expect(await running(), "the badge beats").toBeGreaterThan(0);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await live.open();
  await room.knocks(guest("Ada"));
  await expect(live.waiting("Ada")).toBeVisible();
  expect(await running()).toBe(0);
});

/** A meeting with people in every state, without a host. */
async function busy(room: DailyRoom): Promise<DailyRoom> {
  const kofi = guest("Kofi");
  const host = guest("P. Singh", { owner: true });
  await room.joins(host, ago("20:00"));
  await room.joins(guest("Nina"), ago("19:00"));
  await room.leaves(host, { since: ago("20:00"), at: ago("4:00") });
  await room.knocks(kofi, ago("8:00"));
  await room.stopsWaiting(kofi, { since: ago("8:00"), at: ago("5:00") });
  for (const [name, since] of [
    ["Amira", "6:12"],
    ["Tom", "3:48"],
    [null, "0:21"],
  ] as const) {
    await room.knocks(guest(name), ago(since));
  }
  return room;
}

function noteLongTasks(): void {
  const noted: number[] = [];
  Object.assign(window, { longTasks: noted });
  new PerformanceObserver((list) => {
    noted.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
  }).observe({ type: "longtask", buffered: true });
}

/** Runs `act` for each item, `many` at a time. */
async function inParallel<Item>(
  many: number,
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  const waiting = items.entries();
  const carry = async () => {
    for (const [index, item] of waiting) await act(item, index);
  };
  await Promise.all(Array.from({ length: many }, carry));
}

test("a page connects once, before it is taken over, and again where that fails", async ({
  page,
}) => {
  let opened = 0;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    opened += 1;
    if (opened > 1) return void socket.connectToServer();
    socket.onMessage(() => socket.send('44{"message":"not now"}'));
    socket.send('0{"sid":"first","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
  });
  const live = new LivePageObject(page);
  await live.open();
  await isLive(page);
  expect(opened).toBe(2);

  await page.reload();
  await isLive(page);
  // What takes the page over takes this connection.
  expect(opened).toBe(3);
});
