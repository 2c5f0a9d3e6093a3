import { expect, type Locator, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { AT_NOON, ago } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { tabsTo } from "./world/keyboard.ts";
import { notified, pressesOnNotification, pushes, shownNotifications } from "./world/pushed.ts";
import { isLive, LivePageObject } from "./world/screens.ts";
import { test } from "./world/test.ts";

/** The row of somebody in the list of those to be followed up. */
function lost(page: Page, name: string): Locator {
  return page
    .getByRole("region", { name: "To follow up" })
    .getByRole("listitem")
    .filter({ hasText: name });
}

function line(page: Page, room: string): Locator {
  return page
    .getByRole("region", { name: "Rooms and appointments" })
    .getByRole("listitem")
    .filter({ hasText: room })
    .first();
}

/** Where nobody signs in, the browser asks once for the name. */
async function signs(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Who are you?" });
  await tabsTo(page, dialog.getByLabel("Your name"));
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

test("an alert is on every screen, and so is who acknowledged it", async ({
  page,
  browser,
  openRoom,
}) => {
  const room = openRoom("alarmed");
  const context = await browser.newContext();
  const colleague = await context.newPage();
  await page.goto("/alerts");
  await isLive(page);
  await colleague.goto("/today");
  await isLive(colleague);
  await page.getByRole("button", { name: "Make a rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a rule" });
  await dialog.getByLabel("For how many minutes").fill("1");
  await dialog.getByLabel(/^Only of these rooms/).fill(room.name);
  await dialog.getByLabel("Called").fill(`Waits in ${room.name}`);
  await dialog.getByRole("button", { name: "Make the rule" }).click();
  await expect(page.getByRole("heading", { name: `Waits in ${room.name}` })).toBeVisible();

  const ada = guest("Ada Alarmed");
  const since = ago("2:00");
  await room.knocks(ada, since);
  const says = "Ada Alarmed waits in";
  const panel = colleague.getByRole("region", { name: "Alerts" });
  await expect(panel).toContainText(says);
  const alert = page.getByRole("list", { name: "Alerts now" }).getByRole("listitem");
  await expect(alert.filter({ hasText: says })).toBeVisible();
  await isAccessible(page, "alerts", { themes: ["light", "dark"], widths: [1440, 390] });
  // On a phone that was asked to notify, with every page closed but this one, which shows what it shows.
  const worker = await notified(context, colleague);
  const id = await colleague.evaluate(async (name) => {
    const { results } = await (await fetch("/api/v1/alerts?state=raised")).json();
    const own = results.find((one: { room: string }) => one.room === name);
    return String(own?.id);
  }, room.name);
  const pushed = { alert: id, line: `${says} ${room.name}`, more: null, by: "Grace" };
  await pushes(worker, { ...pushed, calls: true, urgent: true, acknowledge: true });
  expect(await shownNotifications(colleague)).toEqual([
    { title: `${says} ${room.name}`, actions: ["acknowledge"] },
  ]);
  await pressesOnNotification(worker, "acknowledge");
  expect(await shownNotifications(colleague)).toEqual([]);
  await expect(alert.filter({ hasText: says })).toContainText("Grace acknowledged it");
  await expect(panel).toContainText("Grace acknowledged it");
  // The next one without a mouse.
  const ben = guest("Ben Alarmed");
  await room.knocks(ben, since);
  await tabsTo(colleague, panel.getByRole("button", { name: /^Acknowledge: Ben Alarmed/ }));
  await colleague.keyboard.press("Enter");
  await signs(colleague, "Lin");
  await expect(alert.filter({ hasText: "Ben Alarmed waits" })).toContainText("Lin acknowledged it");

  await room.stopsWaiting(ben, { since });
  await room.stopsWaiting(ada, { since });
  const over = page.getByRole("list", { name: "Alerts that are over" }).getByRole("listitem");
  await expect(over.filter({ hasText: says })).toContainText("over");
  await page.getByRole("button", { name: `Remove Waits in ${room.name}` }).click();
  await page.getByRole("button", { name: "Remove the rule" }).click();
  await expect(page.getByRole("heading", { name: `Waits in ${room.name}` })).toHaveCount(0);
  await context.close();
});

test.describe("who was lost today", () => {
  test.use({ storageState: AT_NOON });

  test("two at the desk see at once who has whom, and work off who was lost", async ({
    page,
    browser,
    openRoom,
  }) => {
    const room = openRoom("reception");
    const dana = guest("Dana Whitlock");
    const context = await browser.newContext({ storageState: AT_NOON });
    const colleague = await context.newPage();
    const live = new LivePageObject(page);
    await live.open();
    await colleague.goto("/today");
    await isLive(colleague);
    const since = ago("3:00");
    await room.knocks(dana, since);

    const seen = line(colleague, room.name);
    await expect(seen).toContainText("nobody looks after them");
    // Neither of them has a mouse.
    await tabsTo(page, live.waiting("Dana Whitlock").getByRole("button", { name: /^I take it/ }));
    await page.keyboard.press("Enter");
    await signs(page, "Grace");
    await expect(live.waiting("Dana Whitlock")).toContainText("You have it");
    await expect(seen.getByText("Grace")).toBeVisible();
    await expect(seen.getByRole("button", { name: /^I take it/ })).toHaveCount(0);

    const { keyboard } = colleague;
    await tabsTo(colleague, seen.getByRole("button", { name: "Dana Whitlock: note" }));
    await keyboard.press("Enter");
    const note = colleague.getByRole("dialog", { name: "Dana Whitlock: note" });
    await tabsTo(colleague, note.getByLabel("Note"));
    await keyboard.type("Needs an interpreter");
    await tabsTo(colleague, note.getByLabel("Your name"));
    await keyboard.type("Lin");
    await tabsTo(colleague, note.getByRole("button", { name: "Save" }));
    await keyboard.press("Enter");
    await expect(live.waiting("Dana Whitlock")).toContainText("Needs an interpreter");
    await expect(seen.getByRole("button", { name: "Dana Whitlock: note" })).toBeFocused();
    const tell = seen.getByRole("button", { name: `${room.name}: message to who waits` });
    await tabsTo(colleague, tell);
    await keyboard.press("Enter");
    await keyboard.type("Running 15 minutes late");
    await keyboard.press("Enter");
    await expect(seen).toContainText("Told who waits: “Running 15 minutes late”");
    await expect(tell).toBeFocused();
    await isAccessible(colleague, "today", { themes: ["light", "dark"], widths: [1440, 390] });

    // What somebody writes about a wait is not lost where the wait is over meanwhile.
    await tabsTo(colleague, seen.getByRole("button", { name: "Dana Whitlock: note" }));
    await keyboard.press("Enter");
    await tabsTo(colleague, note.getByLabel("Note"));
    await keyboard.press("End");
    await keyboard.type(", for Spanish");
    await room.stopsWaiting(dana, { since });
    await expect(seen.getByText("Dana Whitlock")).toHaveCount(0);
    await tabsTo(colleague, note.getByRole("button", { name: "Save" }));
    await keyboard.press("Enter");
    const open = lost(colleague, "Dana Whitlock");
    await expect(open).toContainText("Needs an interpreter, for Spanish");
    await expect(note).toHaveCount(0);
    const hasFocus = () => colleague.evaluate(() => document.activeElement !== document.body);
    await expect.poll(hasFocus).toBe(true);
    await page.goto("/today");
    await expect(lost(page, "Dana Whitlock")).toBeVisible();
    await tabsTo(colleague, open.getByRole("combobox"));
    // On the way to the third nothing is noted.
    for (let n = 0; n < 3; n += 1) await keyboard.press("ArrowDown");
    await expect(open).toContainText("Enter notes it");
    await keyboard.press("Enter");
    await expect(open).toContainText("Lin");
    await expect(open.getByRole("combobox")).toBeFocused();
    await expect(lost(page, "Dana Whitlock").getByRole("combobox")).toHaveValue("rebooked");
    await expect(lost(page, "Dana Whitlock")).toContainText("Lin");

    await tabsTo(colleague, colleague.getByRole("searchbox", { name: "Find a room or a person" }));
    await keyboard.type("no such person");
    await expect(colleague.getByText("Nothing here fits what you filter by.")).toBeVisible();
    expect(new URL(colleague.url()).searchParams.get("q")).toBe("no such person");
    await context.close();
  });
});
