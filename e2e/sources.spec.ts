import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { DailyRoom, guest, signedByDaily } from "./world/daily.ts";
import { DailyApi } from "./world/daily-api.ts";
import { OwnServer } from "./world/own-server.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const server = new OwnServer();
const daily = new DailyApi();
test.beforeAll(async () => {
  const api = await daily.open();
  await server.start((port) => ({
    ROLLCALL_URL: `http://127.0.0.1:${port}`,
    ROLLCALL_PROVIDER_API: api,
  }));
});
test.afterAll(async () => {
  await server.stop();
  server.remove();
  daily.close();
});

const MINUTE = 60_000;
const LOOK = { themes: ["light", "dark"], widths: [1440, 390] } as const;

test("Daily is connected on a page, looked after there, and deleted", async ({ page }) => {
  const { baseUrl } = server;
  await page.goto(`${baseUrl}/sources`);
  await isLive(page);
  await page.getByRole("link", { name: "Add a source" }).click();
  await page.getByRole("radio", { name: /^Daily/ }).check();
  await page.getByLabel("What to call it").fill("Clinic");
  await isAccessible(page, "the form of a source", LOOK);
  await page.getByRole("button", { name: "Add the source" }).click();

  // The secret is shown this once, and stands in the call to copy with the address.
  const secretCard = page.getByRole("region", { name: /^Secret/ });
  const secret = (await secretCard.locator("pre").textContent()) ?? "";
  const steps = page.getByRole("region", { name: "At Daily" });
  await expect(steps.locator("pre").first()).toContainText(`"hmac": "${secret}"`);
  await expect(steps.locator("pre").first()).toContainText('"retryType": "exponential"');
  await expect(steps).toContainText("Choose exponential");
  await isAccessible(page, "what is left to do", LOOK);

  // One button with a key makes the webhook, and the ping ticks the first line.
  await steps.getByLabel(/^Daily API key/).fill("key-of-an-account");
  await steps.getByRole("button", { name: "Make the webhook at Daily" }).click();
  await expect(steps.getByRole("status")).toContainText("The key is forgotten.");
  const [asked] = daily.asked;
  expect(asked).toMatchObject({ hmac: secret, retryType: "exponential" });
  expect(asked?.key).toBe("Bearer key-of-an-account");
  const checklist = page.getByRole("list", { name: "Checklist" });
  const done = checklist.getByRole("listitem").filter({ hasText: ": done" });
  await expect(done).toHaveCount(1);
  const path = new URL(asked?.url ?? "").pathname;
  const source = { baseUrl, path, secret };
  const room = new DailyRoom(source, "ward-3");
  const ada = guest("Ada");
  const now = Date.now();
  await room.joins(ada, now - 30 * MINUTE);
  await expect(done).toHaveCount(3);
  await room.leaves(ada, { at: now - 20 * MINUTE });
  await expect(done).toHaveCount(4);
  await expect(page.getByText("It is connected.")).toBeVisible();
  // Five minutes later somebody is back: another meeting, by the usual gap.
  const back = guest("Ada");
  await room.joins(back, now - 15 * MINUTE);
  await room.leaves(back, { at: now - 10 * MINUTE });

  await page.getByRole("link", { name: "Open the source" }).click();
  await isLive(page);
  const secrets = page.getByRole("region", { name: /^Secrets?$/ });
  await expect(secrets).toContainText(`ends in ${secret.replace(/=+$/, "").slice(-4)}`);
  expect(await page.content()).not.toContain(secret);

  // With a key that is kept, Daily is asked by itself: a webhook that is off is said everywhere, and switched on.
  daily.isOff = true;
  const key = page.getByRole("region", { name: "API key" });
  await key.getByLabel(/^Daily API key/).fill("key-of-an-account");
  await key.getByRole("button", { name: "Keep the key" }).click();
  await expect(key).toContainText("ends in ount");
  const missed = page.getByRole("region", { name: "What webhooks missed" });
  await expect(missed).toContainText("At Daily the webhook is switched off");
  const notice = page.getByRole("region", { name: "Recording" });
  await expect(notice).toContainText("The webhook is switched off at its provider");
  await isAccessible(page, "a source", LOOK);
  await missed.getByRole("button", { name: "Switch it on again" }).click();
  await expect(missed).toContainText("At Daily the webhook is there and switched on.");
  await expect(notice).toHaveCount(0);
  await key.getByRole("button", { name: "Forget the key" }).click();
  await expect(missed).toHaveCount(0);

  // Both secrets are accepted, until the older one is retired.
  await secrets.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Rotate the secret" }).click();
  const fresh = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(secrets.getByRole("listitem")).toHaveCount(2);
  const status = async (own: string) => {
    const { body, headers } = signedByDaily('{"version":"1.0.0","type":"x","id":"1"}', own);
    return (await fetch(asked?.url ?? "", { method: "POST", headers, body })).status;
  };
  await expect.poll(() => status(fresh)).toBe(200);
  expect(await status(secret)).toBe(200);
  await secrets.getByRole("button", { name: "Retire the older now" }).click();
  await expect(secrets.getByRole("listitem")).toHaveCount(1);
  await expect.poll(() => status(secret)).toBe(401);
  expect(await status(fresh)).toBe(200);

  // What another gap would do is shown before, and done with progress.
  const settings = page.getByRole("region", { name: "Settings" });
  const gap = settings.getByLabel("A new meeting begins after, in seconds empty");
  await gap.fill("600");
  await expect(settings.getByRole("status")).toContainText(
    "2 of the last 2 meetings would become one with another.",
  );
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByRole("progressbar")).toBeVisible();
  await expect(settings.getByRole("progressbar")).toHaveCount(0);
  await expect(gap).toHaveValue("600");

  // What would go is counted before, and it is set by the keyboard alone.
  const kept = page.getByRole("region", { name: "How long it is kept" });
  await kept.getByLabel("Who was there, in days").fill("30");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("Nothing is as old yet.");
  await isAccessible(page, "what a source would keep no longer");
  await dialog.getByRole("button", { name: "Keep no longer" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(kept.getByLabel("Who was there, in days")).toHaveValue("30");

  // Rooms are called by a pattern.
  const titles = page.getByRole("region", { name: "Titles of rooms" });
  await titles.getByRole("button", { name: "Add a pattern" }).click();
  await titles.getByLabel("Pattern 1", { exact: true }).fill("ward-*");
  await titles.getByLabel("Title", { exact: true }).fill("Ward *");
  await expect(titles.getByRole("listitem")).toContainText("Ward 3");
  await titles.getByRole("button", { name: "Save titles" }).click();
  await expect(titles.getByRole("button", { name: "Save titles" })).toBeDisabled();
  const end = page.getByRole("region", { name: "Pause and delete" });
  await end.getByRole("button", { name: "Pause" }).click();
  await expect(end).toContainText("Paused since");
  await expect.poll(() => status(fresh)).toBe(503);
  await end.getByRole("button", { name: "Resume" }).click();
  await expect(end).not.toContainText("Paused since");
  // What was refused meanwhile is over when one is taken again.
  await expect.poll(() => status(fresh)).toBe(200);

  // By hand, on the page of the room.
  await titles.getByRole("link", { name: "ward-3" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ward 3");
  await page.getByRole("button", { name: "Rename" }).click();
  await dialog.getByLabel("Title").fill("Dr Wu");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dr Wu");

  // It goes whole, when its name is typed.
  await page.goto(`${baseUrl}/sources/${path.split("/").at(-1)}`);
  await isLive(page);
  await end.getByRole("button", { name: "Delete…" }).click();
  await expect(dialog).toContainText("1 meeting");
  const remove = dialog.getByRole("button", { name: "Delete for good" });
  await expect(remove).toBeDisabled();
  await dialog.getByLabel(/^Its name/).fill("Clinic");
  await isAccessible(page, "what goes with a source");
  await remove.click();
  await expect(page).toHaveURL(/\/sources$/);
  await expect(page.getByText("No sources yet")).toBeVisible();
  expect(await status(fresh)).toBe(404);
});
