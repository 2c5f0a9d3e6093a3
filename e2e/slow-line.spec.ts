import { expect } from "@playwright/test";
import { ago } from "./world/clock.ts";
import { shiftOf } from "./world/costs.ts";
import { guest } from "./world/daily.ts";
import { slowly } from "./world/slowly.ts";
import { test } from "./world/test.ts";

const PHONE = { width: 390, height: 844 };

test("on a phone nothing jumps, however late the first part of the page comes", async ({
  browser,
  baseURL,
  openRoom,
}) => {
  const [clinic, intake] = [openRoom("clinic"), openRoom("intake")];
  await intake.joins(guest("Wei Zhang"), ago("9:00"));
  await clinic.joins(guest("Ada Lovelace"), ago("8:00"));
  await clinic.knocks(guest("Tom Becker"), ago("2:10"));
  const line = await slowly(baseURL ?? "", 'id="waiting-room"');
  const page = await browser.newPage({ viewport: PHONE });
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(line.url, { waitUntil: "commit" });
  const painted = () => page.evaluate(() => performance.getEntriesByType("paint").length);
  await expect.poll(painted).toBeGreaterThan(0);
  line.goOn();
  await expect(page.getByText("Tom Becker").first()).toBeVisible();
  expect(await shiftOf(page), "layout shift").toBe(0);
  await page.close();
  line.close();
});
