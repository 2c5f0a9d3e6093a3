import { expect } from "@playwright/test";
import { AT_NOON, ago, ms } from "./world/clock.ts";
import { costsLittle, opensNoTables, restsAsIfStill, timesSent } from "./world/costs.ts";
import { guest } from "./world/daily.ts";
import { badge, isLive, LivePageObject, mark, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("a person who knocks is shown as waiting, longest first, and the time runs", async ({
  page,
  openRoom,
}) => {
  const clinic = openRoom("clinic");
  const intake = openRoom("intake");
  const live = new LivePageObject(page);
  await live.open();
  const isTheSamePage = await mark(page);

  await costsLittle(page);

  await clinic.knocks(guest("Tom Becker"), ago("2:10"));
  await expect(live.waiting("Tom Becker")).toContainText(clinic.name);
  await intake.knocks(guest("Wei Zhang"), ago("1:10"));
  await clinic.knocks(guest("Amira Costa"), ago("6:12"));

  const names = live.waitingRoom.getByRole("listitem").locator("p:first-child");
  await expect(names).toHaveText(["Amira Costa", "Tom Becker", "Wei Zhang"]);
  await expect(live.waiting("Amira Costa")).toContainText("waiting for over 5 minutes");
  await expect(live.waiting("Tom Becker")).toContainText("waiting for over 2 minutes");
  await expect(live.waiting("Amira Costa")).toContainText("no host yet");
  await expect(tile(page, "Waiting now").number).toHaveText("3");
  await expect(tile(page, "Waiting now").note).toHaveText(/^longest 6:\d\d$/);
  await expect(page).toHaveTitle("(3 waiting) Live · Rollcall");

  const clock = live.waiting("Wei Zhang").getByText(/^\d+:\d\d$/);
  const first = ms((await clock.textContent()) ?? "");
  // A page that has just opened may still be behind the server's clock.
  expect(first).toBeGreaterThanOrEqual(ms("0:40"));
  await expect.poll(async () => ms((await clock.textContent()) ?? "")).toBeGreaterThan(first);
  await restsAsIfStill(page);
  await isTheSamePage();
  // Three times: who waits, the line of what happened, and once in the state. The person knocks now, because
  // events of a minute ago are sent only where little has happened since, in other tests too.
  await intake.knocks(guest("Noor Haddad"));
  await expect(live.waiting("Noor Haddad")).toBeVisible();
  expect(await timesSent(page, "/", "Noor Haddad")).toBe(3);
  await opensNoTables(page.context(), "/");
});

test("a person who is admitted counts, and the page shows how long that took", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("physio");
  const ravi = guest("Ravi Patel");
  const live = new LivePageObject(page);
  await room.joins(guest("L. Moreau", { owner: true }), ago("10:00"));
  await live.open();
  await expect(live.row(room.name)).toContainText("1 in");
  await expect(live.row(room.name)).toContainText(/10:\d\d/);

  const knockedAt = ago("1:12");
  await room.knocks(ravi, knockedAt);
  await expect(live.row(room.name)).toContainText("1 waiting");
  await expect(live.happened(`Ravi Patel is waiting for ${room.name}`)).toBeVisible();

  // Daily reports both: that the wait is over, and that they came in.
  const admittedAt = knockedAt + ms("1:12");
  await room.stopsWaiting(ravi, { since: knockedAt, at: admittedAt });
  await room.joins(ravi, admittedAt + 40);
  await expect(live.row(room.name)).toContainText("2 in");
  await expect(live.row(room.name)).not.toContainText("waiting");
  await expect(live.happened(/^\d\d:\d\d:\d\dRavi Patel admitted after 1:12 · /)).toBeVisible();
  await expect(live.happened("Ravi Patel left before admitted")).toHaveCount(0);
  await expect(live.waiting("Ravi Patel")).toHaveCount(0);
});

test.describe("what is counted of today", () => {
  test.use({ storageState: AT_NOON });

  test("a person who gives up is counted, and so is one who comes back", async ({
    page,
    openRoom,
  }) => {
    const room = openRoom("drop-in");
    const kofi = guest("Kofi Mensah");
    const live = new LivePageObject(page);
    await live.open();
    const lost = tile(page, "Left before admitted");
    const before = Number(await lost.number.textContent());

    const came = ago("6:00");
    await room.knocks(kofi, came);
    await expect(live.waiting("Kofi Mensah")).toBeVisible();
    await room.stopsWaiting(kofi, { at: came + ms("4:26"), since: came });
    await expect(lost.number).toHaveText(String(before + 1));
    await expect(live.happened(/Kofi Mensah left before admitted after 4:26/)).toBeVisible();
    await expect(live.waiting("Kofi Mensah")).toHaveCount(0);

    const again = guest("Kofi Mensah");
    await room.knocks(again, ago("0:20"));
    await expect(live.waiting("Kofi Mensah")).toContainText("knocked again");
    await room.joins(again);
    await expect(lost.number).toHaveText(String(before + 1));
    await expect(lost.note).toContainText("came back");
  });
});

test("a meeting without a host stands out, until one comes", async ({ page, openRoom }) => {
  const room = openRoom("osei");
  const calm = openRoom("algebra");
  const live = new LivePageObject(page);
  await calm.joins(guest("R. Lindqvist", { owner: true }), ago("40:00"));
  await live.open();
  const without = tile(page, "Without a host");
  await expect(without.number).toHaveText("0");

  await room.knocks(guest("Amira Costa"), ago("4:10"));
  await expect(live.row(room.name)).toContainText(/no host for 4:\d\d/);
  await expect(without.number).toHaveText("1");
  await expect(without.note).toHaveText("1 person waiting there");
  await expect(live.meetings.getByRole("listitem").first(), "alarms first").toContainText(
    room.name,
  );

  await room.joins(guest("Dr. Osei", { owner: true }));
  await expect(live.row(room.name)).toContainText("Host:Dr. Osei");
  await expect(live.row(room.name)).not.toContainText("no host");
  await expect(without.number).toHaveText("0");
  await expect(without.note).toHaveText("every meeting has a host");
});

test("a bot's meeting is shown by its title, and changes hosts", async ({ page, sendBot }) => {
  const bot = sendBot("Northwind renewal");
  const singh = { uuid: "16778240", name: "P. Singh", isHost: true };
  const live = new LivePageObject(page);
  await bot.arrives(ago("5:00"));
  await live.open();
  await bot.joins(singh, ago("4:00"));
  await bot.joins({ uuid: "16778241", name: "M. Haddad" }, ago("3:00"));
  const row = live.row("Northwind renewal");
  await expect(row).toContainText(/attendee · \d+:\d\d · bot_/);
  await expect(row).toContainText("Host:P. Singh");
  await expect(row).toContainText("2 in");

  await bot.leaves(singh);
  await expect(row).toContainText(/no host for 0:\d\d/);
  await bot.joins({ uuid: "16778242", name: "J. Brandt", isHost: true });
  await expect(row).toContainText("Host:J. Brandt");
  await expect(live.happened("J. Brandt joined Northwind renewal")).toBeVisible();
});

test("a meeting that ends is dimmed, and is gone after its gap", async ({ page, openRoom }) => {
  const room = openRoom("class");
  const earlier = openRoom("earlier");
  const teacher = guest("Grace", { owner: true });
  const begin = ago("9:00");
  await earlier.joins(teacher, begin);
  await room.joins(teacher, begin);
  const live = new LivePageObject(page);
  await page.clock.install();
  await live.open();
  await expect(live.row(earlier.name)).toContainText("1 in");

  await earlier.leaves(teacher, { at: ago("1:45"), since: begin });
  await expect(live.row(earlier.name)).toContainText("just ended");

  await room.leaves(teacher);
  await room.ends();
  await expect(live.row(room.name)).toContainText("just ended");
  await expect(live.row(room.name)).toContainText("0 in");
  await expect(page.getByRole("navigation").getByText(room.name)).toHaveCount(0);

  // Less than what would be taken for a sleep.
  await page.clock.fastForward(12_000);
  await expect(live.row(earlier.name)).toHaveCount(0);
  await expect(live.row(room.name)).toBeVisible();
});

test.describe("when the connection is cut", () => {
  test("the page shows it, and then catches up with the missed events", async ({
    page,
    openRoom,
    line,
  }) => {
    const room = openRoom("tunnel");
    const lena = guest("Lena Fischer");
    await room.joins(guest("Ada", { owner: true }), ago("3:00"));
    const live = new LivePageObject(page);
    await live.open(line.url);
    const isTheSamePage = await mark(page);
    await expect(live.row(room.name)).toContainText("1 in");

    await line.cut();
    await expect(badge(page)).toContainText("Reconnecting");
    await room.joins(guest("Nina Alvarez"));
    await room.knocks(lena, ago("0:40"));
    await room.stopsWaiting(lena);
    await room.knocks(guest("Wei Zhang"));
    await expect(live.row(room.name), "what is shown is kept").toContainText("1 in");

    await line.mend();
    await isLive(page);
    await expect(live.row(room.name)).toContainText("2 in");
    await expect(live.waiting("Wei Zhang")).toBeVisible();
    await expect(live.happened("Nina Alvarez joined")).toBeVisible();
    await expect(live.happened("Lena Fischer left before admitted")).toBeVisible();
    await isTheSamePage();
  });

  test("a meeting's page misses no event either", async ({ page, openRoom, world, line }) => {
    const room = openRoom("tunnel");
    await room.joins(guest("Ada", { owner: true }), ago("3:00"));
    await page.goto(`${line.url}/meetings/${(await world.api.meetingOf(room.name)).id}`);
    await isLive(page);
    await line.cut();
    await expect(badge(page)).toContainText("Reconnecting");
    const missed = Array.from({ length: 30 }, (_, n) => guest(`Guest ${n}`));
    await Promise.all(missed.map((one) => room.joins(one)));

    await line.mend();
    await isLive(page);
    await expect(tile(page, "Here now").number).toHaveText("31");
    await room.leaves(missed[0] ?? guest("nobody"));
    await expect(tile(page, "Here now").number).toHaveText("30");
  });

  test("it is back as soon as the network is", async ({ page, openRoom, line }) => {
    const room = openRoom("train");
    await page.clock.install();
    await new LivePageObject(page).open(line.url);
    await line.cut();
    await page.clock.fastForward(16_000);
    await expect(badge(page)).toContainText("Stale");
    await page.context().setOffline(true);
    await room.joins(guest("Ada"));

    await line.mend();
    // From here on no time passes on the page, so nothing that it waits for comes.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.context().setOffline(false);
    await expect(new LivePageObject(page).row(room.name)).toContainText("1 in");
  });

  test("data too old to trust is shown as stale", async ({ page, line }) => {
    await page.clock.install();
    await new LivePageObject(page).open(line.url);
    await line.cut();
    await expect(badge(page)).toContainText("Reconnecting");
    await page.clock.fastForward(16_000);
    await expect(badge(page)).toHaveText(/^Stale · as of \d\d:\d\d:\d\d$/);
    await expect(page.getByText("No connection to the server since")).toBeVisible();

    await line.mend();
    await page.clock.fastForward(6_000);
    await isLive(page);
    await expect(page.getByText("No connection to the server since")).toBeHidden();
  });
});
