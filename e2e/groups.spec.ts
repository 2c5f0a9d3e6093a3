import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("a group gives its rooms a name, hours and limits, and outside the hours nothing alarms", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("night-desk");
  const name = `Dr ${room.name.slice(-6)}`;
  await room.knocks(guest("Dana Whitlock"), ago("12:00"));
  await page.goto("/today");
  await isLive(page);
  const line = page
    .getByRole("region", { name: "Rooms and appointments" })
    .getByRole("listitem")
    .filter({ hasText: room.name })
    .first();
  await expect(line).toContainText("nobody looks after them");

  await page.getByRole("link", { name: "Groups and hours" }).click();
  await page.getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog", { name: "New group" });
  await dialog.getByLabel(/What it is called/).fill(name);
  await dialog.getByLabel(/Its rooms/).fill(room.name);
  await expect(dialog.getByText("1 of the latest rooms is in it")).toBeVisible();
  await dialog.getByRole("checkbox", { name: /Opening hours/ }).check();
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
    await dialog.getByLabel(day).fill("");
  }
  await dialog.getByLabel("Monday").fill("8-12");
  await expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await dialog.getByLabel("Monday").fill("");
  await dialog.getByRole("checkbox", { name: /Limits of its own/ }).check();
  await dialog.getByRole("button", { name: "Add a link" }).click();
  await dialog.getByLabel("Link 1 is called").fill("Open as host");
  await dialog.getByLabel("Address of link 1").fill("https://{room}.example.com/");
  await expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await dialog.getByLabel("Address of link 1").fill("https://example.com/{room}?who={person}");
  await isAccessible(page, "the form of a group", { themes: ["light", "dark"], widths: [390] });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("list", { name: "Groups" })).toContainText(name);
  await isAccessible(page, "groups", { themes: ["light", "dark"], widths: [1440, 390] });

  await page.goto(`/today?${new URLSearchParams({ group: name })}`);
  await expect(line).toContainText("outside opening hours");
  await expect(line).toContainText(`${name} · closed`);
  await expect(line.getByText("waiting, outside the opening hours")).toBeAttached();

  await expect(line.getByRole("link", { name: "Open as host" })).toHaveAttribute(
    "href",
    `https://example.com/${room.name}?who=Dana%20Whitlock`,
  );

  await page.goto("/today/groups");
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("button", { name: `Remove ${name}` })).toHaveCount(0);
});
