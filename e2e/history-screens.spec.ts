import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { pagesIn } from "./hostile/routes.ts";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { DailyRoom, guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const LONG = `Donaudampfschifffahrts${"gesellschaftskapitän".repeat(8)}`;
const NAMES = ["Ada", "שירה בר-און", "🧑🏽‍⚕️ Dr. Ñandú", LONG];

/** Five days of a class with names of every kind, each with an admitted wait and one that was not admitted. */
async function term(room: DailyRoom): Promise<void> {
  const own = NAMES.map((name) => `${name} ${room.name.slice(-6)}`);
  for (let day = 5; day >= 1; day -= 1) {
    const begin = ago(`${day * 24}:00:00`);
    const at = (time: string) => begin + ms(time);
    const teacher = guest("Mia", { owner: true, userId: "mia" });
    await room.joins(teacher, begin);
    for (const name of own) {
      const one = guest(name);
      await room.knocks(one, begin);
      await room.stopsWaiting(one, { since: begin, at: at("1:00") });
      await room.joins(one, at("1:00"));
      await room.leaves(one, { since: at("1:00"), at: at(day % 2 === 0 ? "20:00" : "50:00") });
    }
    const lost = guest(`Kofi ${room.name.slice(-6)}`);
    await room.knocks(lost, at("2:00"));
    await room.stopsWaiting(lost, { since: at("2:00"), at: at("9:00") });
    await room.leaves(teacher, { since: begin, at: at("50:00") });
  }
}

/** The address of the first link of that name in a list. */
async function addressIn(page: Page, list: string, name: string): Promise<string> {
  await page.goto(list);
  const href = await page.getByRole("link", { name }).first().getAttribute("href");
  return href ?? "no such link";
}

const EVERY_LOOK = { themes: ["light", "dark"], widths: [1440, 390] } as const;

test.describe("axe finds nothing", () => {
  let room: DailyRoom;

  test.beforeAll(async ({ world }) => {
    room = new DailyRoom(world.daily, `screens-${randomBytes(3).toString("hex")}`);
    await term(room);
  });

  const own = () => `q=${room.name.slice(-6)}`;
  for (const [screen, addressOf] of [
    ["the list of meetings", () => `/meetings?${own()}`],
    ["the list of rooms", () => `/rooms?${own()}`],
    ["the list of people", () => `/people?${own()}`],
    ["the waiting room", () => `/waiting?room=${room.name}`],
    ["a room", (page) => addressIn(page, `/rooms?${own()}`, room.name)],
    ["somebody", (page) => addressIn(page, `/people?${own()}`, `Ada ${room.name.slice(-6)}`)],
    ["what is expected", () => `/expected?room=${room.name}`],
    ["the form of what is expected", () => "/expected/new"],
    ["the import", () => "/import"],
  ] as const satisfies readonly [string, (page: Page) => string | Promise<string>][]) {
    test(`on the screen of ${screen}`, async ({ page }) => {
      await page.goto(await addressOf(page));
      await isLive(page);
      await isAccessible(page, screen, EVERY_LOOK);
    });
  }

  test("on the screen of every list without a row", async ({ page }) => {
    await page.goto("/meetings");
    const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    const screens = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    let lists = 0;
    for (const screen of screens) {
      if (screen === null || screen.split("/").length > 2) continue;
      await page.goto(`${screen}?q=nobody`);
      await isLive(page);
      // What can be chosen of a list alone.
      if ((await page.getByRole("button", { name: "Columns" }).count()) === 0) continue;
      lists += 1;
      await isAccessible(page, screen, EVERY_LOOK);
    }
    expect(lists).toBeGreaterThanOrEqual(3);
  });

  for (const [group, screens] of [
    ["a room nobody waited in or is expected in", ["/waiting?room=no", "/expected?room=no"]],
    ["what is not there", ["rooms", "people", "expected", "statements"].map((of) => `/${of}/no`)],
  ] as const) {
    test(`on the screens of ${group}`, async ({ page }) => {
      for (const screen of screens) {
        await page.goto(screen);
        await isAccessible(page, screen, EVERY_LOOK);
      }
    });
  }
});

test("every page lists the parameters of its address that it does not know, and ignores them", async ({
  page,
  world,
  openRoom,
}) => {
  const room = openRoom("asked");
  const [begin, ada] = [ago("3:00:00"), guest("Ada", { userId: `ada ${Date.now()}` })];
  await room.joins(ada, begin);
  await room.leaves(ada, { since: begin, at: begin + ms("30:00") });
  const make = async (path: string, data: object): Promise<{ id: string }> => {
    const headers = { authorization: `Bearer ${world.api.key}` };
    const made = await page.request.post(`/api/v1/${path}`, { headers, data });
    return made.json();
  };
  const meeting = await world.api.get<{ results: { id: string; room_id: string }[] }>(
    `/api/v1/meetings?room=${room.name}`,
  );
  const people = await world.api.get<{ results: { id: string }[] }>(
    `/api/v1/people?room=${room.name}`,
  );
  const [{ id = "", room_id: roomId = "" } = {}] = meeting.results;
  const list = await make("class-lists", { name: room.name, roster: "Ada" });
  const scheduled = await make("scheduled-meetings", {
    source: world.daily.path.split("/").at(-1),
    room: room.name,
    starts_at: new Date(begin).toISOString(),
    ends_at: new Date(begin + ms("30:00")).toISOString(),
    class_list: list.id,
  });
  const today = new Date().toISOString().slice(0, 10);
  const days = { from: today, to: today, tz: "UTC" };
  const statement = await make("statements", { person_id: people.results[0]?.id, ...days });
  const source = world.daily.path.split("/").at(-1);
  const deliveries = await world.api.get<{ results: { id: string }[] }>(
    `/api/v1/deliveries?source=${source}`,
  );
  const told = { url: "https://93.184.216.34/hooks", triggers: ["endpoint.paused"] };
  const endpoint = await make("endpoints", told);
  const ids: Record<string, string | undefined> = {
    endpoints: endpoint.id,
    sources: source,
    deliveries: deliveries.results[0]?.id,
    meetings: id,
    rooms: roomId,
    people: people.results[0]?.id,
    expected: scheduled.id,
    lists: list.id,
    statements: statement.id,
  };
  // A link shows one thing whatever is added to it, and who signs in has asked for nothing yet.
  const ofNobody = (parts: readonly string[]) =>
    parts.some((part) => ["[token]", "sign-in", "second-factor"].includes(part));
  const paths = pagesIn("app")
    .filter((parts) => !ofNobody(parts))
    .map((parts) =>
      parts.map((part, n) => (part === "[id]" ? ids[parts[n - 1] ?? ""] : part)).join("/"),
    );
  expect(paths.length).toBeGreaterThan(16);
  for (const path of paths) {
    const answer = await page.request.get(`/${path}?elephant=1&tz=Mars/Olympus&utm_source=mail`);
    const text = (await answer.text()).replaceAll(/<script.*?<\/script>|<[^>]+>/gs, "");
    expect.soft(text, `/${path}`).toContain("This page does not know elephant");
    expect.soft(text, `/${path}`).toContain("tz=Mars/Olympus, which cannot be read");
    expect.soft(text, `/${path}`).not.toContain("utm_source");
  }

  // Once in a real browser, which applies the lens itself.
  await page.goto(`/meetings/${id}?person=nobody&grace=long&sorce=1`);
  await isLive(page);
  const about = page
    .getByRole("region", { name: "About this link" })
    .filter({ hasText: "cannot be read" });
  await expect(about).toContainText("grace=long, which cannot be read. The grace is that of");
  await expect(page.getByText("The person this link asks for")).toBeVisible();
  await about.getByRole("link", { name: "Show without them" }).click();
  await expect(page).toHaveURL(/\?person=nobody$/);
  await expect(about).toHaveCount(0);
  await page.goto(`/meetings?source=${id}`);
  await expect(
    page.getByText("The source this link asks for does not exist any more"),
  ).toBeVisible();
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(page).toHaveURL(/\/meetings$/);
  await expect(page.getByRole("rowheader").first()).toBeVisible();
});

test("the heat map of the waiting room needs no scrolling, however narrow the screen", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("heat");
  for (let hour = 1; hour <= 23; hour += 1) {
    const one = guest("Kofi");
    const since = ago(`${hour}:30:00`);
    await room.knocks(one, since);
    await room.stopsWaiting(one, { since, at: since + ms("10:00") });
  }
  for (const width of [1440, 1280, 1024, 820, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`/waiting?room=${room.name}&heat=average`);
    await isLive(page);
    const map = page.getByRole("table", { name: /by weekday and hour/ });
    const hour = map.getByRole("link").first();
    await expect(hour).toBeVisible();
    const outside = () =>
      map.evaluate((table) => {
        const card = table.parentElement?.getBoundingClientRect() ?? new DOMRect();
        return Math.max(0, table.getBoundingClientRect().right - card.right);
      });
    await expect.poll(outside, `${width}`).toBe(0);
    const box = await hour.boundingBox();
    expect(box?.width, `an hour at ${width}`).toBeGreaterThanOrEqual(24);
  }
  const heads = page.getByRole("table", { name: /by weekday and hour/ }).getByRole("columnheader");
  await expect(heads).toHaveText(["Hour", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
});

test("a file's number of rows is shown while the browser saves it", async ({ page, openRoom }) => {
  const room = openRoom("file");
  const begin = ago("3:00:00");
  for (const name of ["Ada", "Bo", "Cy"]) {
    const one = guest(name);
    await room.knocks(one, begin);
    await room.stopsWaiting(one, { since: begin, at: begin + ms("1:00") });
  }
  await page.goto(`/waiting?room=${room.name}`);
  await isLive(page);
  await page.getByRole("button", { name: "Download" }).first().click();
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: /^CSV/ }).click();
  const saved = await saving;
  await expect(page.getByRole("list", { name: "Files" })).toContainText(
    `${saved.suggestedFilename()}Complete · 3 rows`,
  );
  const text = await readFile(await saved.path(), "utf8");
  expect(text.trimEnd().split("\r\n")).toHaveLength(1 + 3);
  await page.getByRole("button", { name: `Dismiss ${saved.suggestedFilename()}` }).click();
  await expect(page.getByRole("list", { name: "Files" })).toHaveCount(0);
});

test("rooms are sorted by how many meetings they had, and the link shows the same", async ({
  page,
  openRoom,
}) => {
  const often = openRoom("often");
  const rare = openRoom(`rare-${often.name.slice(-6)}`);
  for (const [room, days] of [
    [rare, [1]],
    [often, [4, 3, 2]],
  ] as const) {
    for (const day of days) {
      const one = guest("Ada");
      const since = ago(`${day * 24}:00:00`);
      await room.joins(one, since);
      await room.leaves(one, { since, at: since + ms("30:00") });
    }
  }
  await page.goto(`/rooms?q=${often.name.slice(-6)}`);
  await isLive(page);
  const rooms = page.getByRole("rowheader");
  await expect(rooms).toContainText([rare.name, often.name]);
  await page.getByRole("link", { name: "Meetings", exact: true }).last().click();
  await expect(rooms).toContainText([often.name, rare.name]);
  await expect(page).toHaveURL(/sort=meetings/);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Trend" }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(rooms).toContainText([often.name, rare.name]);
  await expect(page.getByRole("columnheader", { name: "Trend" })).toHaveCount(0);
  await page
    .getByRole("columnheader", { name: /^Meetings/ })
    .getByRole("link")
    .click();
  await expect(rooms).toContainText([rare.name, often.name]);
});

test("a printed meeting is a line for each attendee, without the rest of the screen", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("paper");
  const begin = ago("2:00:00");
  const [mia, ada] = [guest("Mia", { owner: true }), guest("Ada")];
  await room.joins(mia, begin);
  await room.joins(ada, begin + ms("10:00"));
  await room.leaves(ada, { since: begin + ms("10:00"), at: begin + ms("40:00") });
  await room.leaves(mia, { since: begin, at: begin + ms("1:00:00") });
  const { id } = await api.meetingOf(room.name);
  await page.goto(`/meetings/${id}`);
  await isLive(page);
  await page.emulateMedia({ media: "print" });
  const table = page.getByRole("table", { name: /^Who attended/ });
  await expect(table.getByRole("row", { name: /^Ada/ })).toContainText("30:0050%");
  await expect(page.getByRole("region", { name: "Timeline" })).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g);
  expect(pages).toHaveLength(1);
});
