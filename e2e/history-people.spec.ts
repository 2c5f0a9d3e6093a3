import { expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const table = (page: Page) => page.getByRole("table", { name: /^People by/ });
const row = (page: Page, name: string) => table(page).getByRole("row").filter({ hasText: name });
const cells = async (page: Page, name: string) =>
  (await row(page, name).first().getByRole("cell").allInnerTexts()).map(
    (text) => text.split("\n")[0],
  );
const search = async (page: Page, text: string) => {
  await page.getByRole("searchbox").fill(text);
  await expect(page).toHaveURL(new RegExp(`q=${text}`));
};

test("a person at two meetings is one row, and their page shows what they attended", async ({
  page,
  openRoom,
}) => {
  const first = openRoom("first");
  const second = openRoom("second");
  const name = `Ada ${first.name.slice(-6)}`;
  const begin = ago("5:00:00");
  const at = (time: string) => begin + ms(time);
  const ada = guest(name);
  await first.knocks(ada, begin);
  await first.stopsWaiting(ada, { since: begin, at: at("2:00") });
  await first.joins(ada, at("2:00"));
  await first.leaves(ada, { since: at("2:00"), at: at("32:00") });
  const again = guest(name);
  await second.joins(again, at("1:00:00"));
  await second.leaves(again, { since: at("1:00:00"), at: at("1:10:00") });

  await page.goto("/people");
  await isLive(page);
  await expect(page).toHaveTitle("People · Rollcall");
  await search(page, name.slice(-6));
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await expect(row(page, name)).toContainText("guest");
  expect((await cells(page, name)).slice(1, 5)).toEqual(["2", "40:00", "1", "–"]);

  await row(page, name).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  const meetings = page.getByRole("table", { name: /^Meetings they were at/ });
  await expect(meetings.getByRole("row")).toHaveCount(3);
  await expect(meetings.getByRole("row").filter({ hasText: first.name })).toContainText("30:00");
  await expect(page.getByRole("region", { name: "Known as" })).toContainText("2 meetings");
  await isAccessible(page, "somebody's page");
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const trend = page.getByRole("region", { name: "Trend" });
  await expect
    .poll(async () => {
      const box = await trend.boundingBox();
      return box === null ? null : box.x + box.width;
    })
    .toBeLessThanOrEqual(390);
  if (wide !== null) await page.setViewportSize(wide);
  await meetings.getByRole("link", { name: second.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(second.name);
});

test("two people of one name are joined by hand, signed, and separated again", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("joined");
  const name = `Kim ${room.name.slice(-6)}`;
  const begin = ago("4:00:00");
  const user = `kim-${room.name.slice(-6)}`;
  const signedIn = guest(name, { userId: user });
  await room.joins(signedIn, begin);
  await room.leaves(signedIn, { since: begin, at: begin + ms("10:00") });
  const asGuest = guest(name);
  await room.joins(asGuest, begin + ms("1:00:00"));
  await room.leaves(asGuest, { since: begin + ms("1:00:00"), at: begin + ms("1:05:00") });

  await page.goto("/people");
  await isLive(page);
  await search(page, name.slice(-6));
  await expect(table(page).getByRole("row")).toHaveCount(3);
  await row(page, user).getByRole("link").click();
  await page.getByRole("button", { name: `Join ${name}…` }).click();
  const dialog = page.getByRole("dialog", { name: "Are these the same person?" });
  await expect(dialog).toContainText("you can take it back");
  await dialog.getByRole("button", { name: "Join them" }).click();
  const who = page.getByRole("dialog", { name: "Who are you?" });
  await who.getByRole("textbox").fill("Mia");
  await who.getByRole("textbox").press("Enter");
  const identities = page.getByRole("region", { name: "Known as" });
  await expect(identities).toContainText("joined by Mia");
  await expect(page.getByRole("table", { name: /^Meetings they/ }).getByRole("row")).toHaveCount(3);
  await identities.getByRole("button", { name: "Undo" }).click();
  await expect(identities).toContainText("undone by Mia");
  await expect(page.getByRole("table", { name: /^Meetings they/ }).getByRole("row")).toHaveCount(2);
});

test("a search ignores case and accents and finds whom to join with, and a suggestion is refused for good", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("folded");
  const tail = room.name.slice(-6);
  const begin = ago("3:00:00");
  const stays = async (attendee: ReturnType<typeof guest>, at: number) => {
    await room.joins(attendee, at);
    await room.leaves(attendee, { since: at, at: at + ms("10:00") });
  };
  await stays(guest(`Müller, Anna ${tail}`, { userId: `anna-${tail}` }), begin);
  await stays(guest(`Tablet ${tail}`, { userId: `tablet-${tail}` }), begin + ms("5:00"));
  await stays(guest(`Müller, Anna ${tail}`), begin + ms("1:00:00"));

  await page.goto("/people");
  await isLive(page);
  await page.getByRole("searchbox").fill(`${tail} anna muller`);
  await expect(table(page).getByRole("row")).toHaveCount(3);
  await page.getByText("1 pair of one name may be one person").click();
  await page.getByRole("button", { name: /: not the same$/ }).click();
  const who = page.getByRole("dialog", { name: "Who are you?" });
  await who.getByRole("textbox").fill("Mia");
  await who.getByRole("textbox").press("Enter");
  await expect(page.getByText("may be one person")).toHaveCount(0);

  await row(page, `anna-${tail}`).getByRole("link").click();
  await expect(page.getByText("1 pair said to be not the same")).toBeVisible();
  await page.getByRole("button", { name: "Join with…" }).click();
  const found = page.getByRole("dialog", { name: /^Who else is/ });
  await found.getByRole("searchbox").fill(`tabl ${tail}`);
  await isAccessible(page, "the search for whom to join with");
  await found.getByRole("button", { name: /^Tablet/ }).click();
  const dialog = page.getByRole("dialog", { name: "Are these the same person?" });
  await expect(dialog).toContainText("Both were at 1 meeting");
  await expect(dialog).toContainText("in at the same time, for 5:00");
  await dialog.getByRole("button", { name: "Join them" }).click();
  await expect(page.getByRole("region", { name: "Known as" })).toContainText("joined by Mia");
  await page.goto(`/people?q=tablet+${tail}`);
  await expect(row(page, `Tablet ${tail}`)).toHaveCount(1);
});

test("the list fits a phone and its table is reached by keyboard", async ({ page, openRoom }) => {
  const room = openRoom("narrow");
  await room.joins(guest(`Nina ${room.name.slice(-6)}`), ago("1:00"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/people?q=${room.name.slice(-6)}`);
  await isLive(page);
  await expect(table(page)).toBeVisible();
  await isAccessible(page, "the list of people");
});
