import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("who waits sees their place and what the desk says, in their language, embedded too", async ({
  page,
  browser,
  openRoom,
  baseURL,
}) => {
  const room = openRoom("door");
  await room.knocks(guest("Ada Lovelace"), ago("4:00"));
  await page.goto(`/rooms?q=${room.name}`);
  await page.getByRole("main").getByRole("link", { name: room.name }).first().click();
  await page.getByRole("button", { name: "Make a link for who waits" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/your guests read/).fill("Dr Wolf");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const shown = page.getByRole("dialog").getByRole("code").filter({ hasText: "/wait/" });
  const link = (await shown.textContent()) ?? "";
  const path = new URL(link).pathname;

  const phone = await browser.newContext({
    ...{ baseURL: baseURL ?? "", locale: "de-DE", viewport: { width: 390, height: 800 } },
  });
  const guests = await phone.newPage();
  const answer = await guests.goto(path);
  expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors http: https:");
  expect(answer?.headers()["cache-control"]).toBe("public, max-age=2");
  await expect(guests.getByRole("heading", { name: "Dr Wolf" })).toBeVisible();
  await expect(guests.getByRole("status")).toContainText("1 Person ist vor Ihnen");
  await expect(guests.getByRole("status")).toContainText("noch nicht da");
  expect(await guests.content()).not.toContain("Lovelace");

  await page.goto("/today");
  await isLive(page);
  await page.getByRole("button", { name: `${room.name}: message to who waits` }).click();
  await page.getByRole("textbox", { name: /Message to who waits/ }).fill("Running 15 minutes late");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Running 15 minutes late")).toBeVisible();
  await expect(guests.getByRole("status")).toContainText("Running 15 minutes late");
  await guests.getByRole("link", { name: "العربية" }).click();
  await expect(guests.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(guests.getByRole("status")).toContainText("شخص واحد قبلك");
  await isAccessible(guests, "who waits", { themes: ["light", "dark"], widths: [390, 1440] });
  expect((await guests.goto("/wait/never-was"))?.status()).toBe(404);
  await phone.close();
});
