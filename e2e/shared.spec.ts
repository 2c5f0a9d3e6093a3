import { type Browser, expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { type DailyRoom, type Guest, guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const MINUTE_MS = 60_000;
const LOOK = { themes: ["light", "dark"], widths: [1440, 390] } as const;

interface Lesson {
  vera: Guest;
  emma: Guest;
  nina: Guest;
}

/** A lesson of half an hour: a host, somebody who was admitted and reconnected, and somebody who waits. */
async function lessonIn(room: DailyRoom): Promise<Lesson> {
  const now = Date.now();
  const ago = (minutes: number) => now - minutes * MINUTE_MS;
  const vera = guest("Vera Vik", { userId: "vik-1", owner: true });
  const emma = guest("Emma Stone", { userId: "stone-2" });
  const nina = guest("Nina Zadeh");
  const omar = guest("Omar Qadir");
  await room.begins(ago(30));
  await room.joins(vera, ago(30));
  await room.knocks(emma, ago(28));
  await room.stopsWaiting(emma, { at: ago(26) });
  await room.joins(emma, ago(26));
  await room.leaves(emma, { at: ago(14) });
  await room.joins(guest("Emma Stone", { userId: "stone-2" }), ago(13));
  await room.knocks(omar, ago(22));
  await room.stopsWaiting(omar, { at: ago(18) });
  await room.joins(guest("Ravi Rao"), ago(20));
  await room.knocks(nina, ago(3));
  return { vera, emma, nina };
}

/** A browser in which nobody is signed in, and nothing is kept. */
async function opened(browser: Browser, url: string): Promise<{ page: Page; sockets: string[] }> {
  const page = await (await browser.newContext()).newPage();
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.goto(url);
  return { page, sockets };
}

/** The link that the dialog shows, which is closed then. */
async function linkIn(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const url = (await dialog.getByText(/^http/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  return url;
}

test("a meeting is shown to whoever has its link, until that is revoked", async ({
  page,
  browser,
  world,
  openRoom,
}) => {
  const room = openRoom("shared");
  const { nina } = await lessonIn(room);
  const { id } = await world.api.meetingOf(room.name);
  await page.goto(`/meetings/${id}`);
  await isLive(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByLabel("Initials in place of names")).toBeChecked();
  await isAccessible(page, "sharing a meeting", LOOK);
  const masked = await linkIn(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByLabel("Initials in place of names").uncheck();
  const named = await linkIn(page);

  const { page: guestPage, sockets } = await opened(browser, masked);
  await expect(guestPage.getByRole("heading", { name: room.name })).toBeVisible();
  const waiting = guestPage.getByRole("region", { name: "Waiting", exact: true });
  await expect(waiting).toContainText("N. Z.");
  await expect(guestPage.getByRole("region", { name: "Waits" })).toContainText(
    "left before admitted",
  );
  await expect(guestPage.getByRole("table")).toContainText("V. V.");
  await expect(guestPage.getByRole("status")).toContainText("Live");
  await isAccessible(guestPage, "a shared meeting", LOOK);
  // Nothing of who it is, of what it is, and no way to anything else.
  const told = await guestPage.content();
  for (const secret of ["Vera", "Zadeh", "Qadir", "vik-1", "stone-2", nina.session, id]) {
    expect(told).not.toContain(secret);
  }
  await expect(guestPage.getByRole("link")).toHaveCount(0);
  await expect(guestPage.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  const { page: namedPage } = await opened(browser, named);
  await expect(namedPage.getByRole("table")).toContainText("Vera Vik");

  // It is current, without a live channel.
  await room.stopsWaiting(nina);
  await room.joins(nina);
  await expect(waiting).toHaveCount(0);
  const inside = guestPage.getByRole("region", { name: "In the meeting" });
  await expect(inside).toContainText("N. Z.");
  expect(sockets).toEqual([]);

  await page.goto("/settings");
  await isLive(page);
  const links = page.getByRole("list", { name: "Links that show something" });
  const rows = links.getByRole("listitem").filter({ hasText: room.name });
  await expect(rows).toHaveCount(2);
  await isAccessible(page, "the shared links", LOOK);
  await rows
    .filter({ hasText: "with initials" })
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(guestPage.getByRole("heading", { name: "This link shows nothing" })).toBeVisible();
  await expect(guestPage.getByText("N. Z.")).toHaveCount(0);
  const again = await guestPage.goto(masked);
  expect([again?.status(), again?.headers()["cache-control"]]).toEqual([
    404,
    expect.stringContaining("no-store"),
  ]);
  await expect(guestPage.getByRole("heading", { name: "This link shows nothing" })).toBeVisible();
  await isAccessible(guestPage, "a link that is over", LOOK);
  await expect(namedPage.getByRole("status")).toContainText("Live");
});

test("a wallboard shows who waits, says when it is stale, and is current again", async ({
  page,
  browser,
  world,
  openRoom,
  line,
}) => {
  const room = openRoom("wall");
  const { nina } = await lessonIn(room);
  await page.goto("/settings");
  await isLive(page);
  await page.getByRole("button", { name: "New wallboard" }).click();
  await isAccessible(page, "a new wallboard", LOOK);
  const url = (await linkIn(page)).replace(world.baseUrl, line.url);

  const { page: wall, sockets } = await opened(browser, `${url}?theme=dark`);
  const list = wall.getByRole("region", { name: "Waiting room" });
  const row = list.getByRole("listitem").filter({ hasText: room.name });
  await expect(row).toContainText("N. Z.");
  await expect(wall.getByRole("status")).toContainText("Live");
  expect(await wall.content()).not.toContain("Zadeh");
  await expect(wall.locator("[data-wallboard]")).toHaveCSS("color-scheme", "dark");
  await wall.goto(url);
  await expect(row).toContainText("N. Z.");
  await isAccessible(wall, "a wallboard", { ...LOOK, widths: [1920, 390] });

  await line.cut();
  const notice = wall.getByRole("banner").getByRole("alert");
  await expect(notice).toContainText("No connection since");
  await expect(wall.locator("[data-standstill]")).toHaveCount(1);
  await expect(wall).toHaveTitle(/^Stale/);
  await isAccessible(wall, "a stale wallboard", { ...LOOK, widths: [1920, 390] });
  await room.stopsWaiting(nina);
  await room.joins(nina);
  await line.mend();
  await expect(wall.getByRole("status")).toContainText("Live");
  await expect(row).toHaveCount(0);
  await expect(notice).toHaveCount(0);
  await expect(wall.locator("[data-standstill]")).toHaveCount(0);
  expect(sockets).toEqual([]);
});
