import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("a key is made on the page, opens what it may until it is revoked, and is shown once", async ({
  page,
}) => {
  const name = `Report ${Date.now()}`;
  const status = async (key: string, path: string) => {
    const headers = { authorization: `Bearer ${key}` };
    return (await page.request.get(path, { headers })).status();
  };
  await page.goto("/settings");
  await isLive(page);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Who uses it").fill(name);
  await dialog.getByLabel(/^Only these rooms/).fill("No such room*\nroom-nowhere");
  await dialog.getByLabel("Initials in place of names").check();
  await dialog.getByLabel("Last day, if it is to end").fill("2099-03-31");
  await isAccessible(page, "the form of a key", { themes: ["light", "dark"], widths: [1440, 390] });
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = (await dialog.getByText(/^rk_/).textContent()) ?? "";
  expect(await status(key, "/api/v1/meetings")).toBe(200);
  expect(await status(key, "/api/v1/keys")).toBe(403);
  const headers = { authorization: `Bearer ${key}` };
  const meetings = await page.request.get("/api/v1/meetings", { headers });
  expect(await meetings.json()).toMatchObject({ results: [] });
  const file = await page.request.get("/api/v1/meetings.csv?from=2020-01-01", { headers });
  expect((await file.text()).trim().split("\n").length).toBe(1);
  await dialog.getByRole("button", { name: "Done" }).click();

  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText(
    "Read, sees only: rooms No such room*, room-nowhere · initials in place of names · ",
  );
  await expect(row).toContainText("until the end of Tue 31 Mar 2099");
  await isAccessible(page, "the settings", { themes: ["light", "dark"], widths: [1440, 390] });
  expect(await page.content()).not.toContain(key);

  await row.getByRole("button", { name: `Revoke the key of ${name}` }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await page.getByText("Revoked and expired").click();
  await expect(row).toContainText("revoked");
  expect(await status(key, "/api/v1/meetings")).toBe(401);
});
