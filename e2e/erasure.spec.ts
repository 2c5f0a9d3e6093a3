import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { test } from "./world/test.ts";

test("a person is erased after their name was typed, and their meeting keeps its numbers", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("erasure");
  const begin = ago("50:00");
  for (const name of ["Zelda Zimmer", "Bo Berg"]) {
    const person = guest(name);
    await room.joins(person, begin);
    await room.leaves(person, { since: begin, at: begin + ms("20:00") });
  }
  await page.goto("/people?q=zelda");
  await page.getByRole("link", { name: "Zelda Zimmer" }).click();
  await page.waitForURL(/\/people\/[0-9a-f-]{36}/);
  const address = page.url();
  await page.getByRole("button", { name: "Erase this person" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase this person?" });
  await expect(dialog).toContainText("This cannot be undone");
  await expect(dialog).toContainText("Backups that were made before still have everything");
  await expect(dialog).toContainText("in 1 meeting");
  await expect(dialog).toContainText("2 webhooks with their bodies");
  await isAccessible(page, "erasing a person");
  const erase = dialog.getByRole("button", { name: "Erase for good" });
  await dialog.getByRole("textbox").fill("Zelda");
  await expect(erase).toBeDisabled();
  await dialog.getByRole("textbox").fill("zelda zimmer");
  await erase.click();
  await expect(page).toHaveURL(/\/people$/);
  await page.goto(`/meetings?q=${room.name}`);
  await expect(page.getByRole("main")).not.toContainText("Zelda");
  await page.goto("/people?q=erased");
  await expect(page.getByRole("link", { name: /^Erased person \d+/ }).first()).toBeVisible();
  await page.goto("/people?q=zelda");
  await expect(page.getByRole("link", { name: "Zelda Zimmer" })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "No such person" })).toBeVisible();
});
