import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const LOOKS = { themes: ["light", "dark"], widths: [1440, 390] } as const;

test("what is done is in the audit log: who, what, and from where", async ({ page }) => {
  const name = `Audit ${Date.now()}`;
  await page.goto("/settings");
  await isLive(page);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Who uses it").fill(name);
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = (await dialog.getByText(/^rk_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  const headers = { authorization: `Bearer ${key}` };
  expect((await page.request.get("/api/v1/people.csv", { headers })).status()).toBe(200);

  await page.getByRole("link", { name: "look at the audit log" }).click();
  await expect(page.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
  await isLive(page);
  const rows = page.getByRole("table").getByRole("row");
  const made = rows.filter({ hasText: `made the key ${name}` });
  await expect(made).toContainText("somebody at this machine (at this machine)");
  await expect(made).toContainText("127.0.0.1");
  await expect(async () => {
    await page.reload();
    const took = rows.filter({ hasText: name }).filter({ hasText: "took out people.csv" });
    await expect(took).toHaveCount(1);
  }).toPass();
  expect(await page.content()).not.toContain(key);
  await isAccessible(page, "the audit log", LOOKS);

  await page.getByRole("link", { name, exact: true }).first().click();
  await expect(page).toHaveURL(/who=/);
  await expect(rows).toHaveCount(2);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/who=/);

  await page.getByLabel("What was done").selectOption("Made a key");
  await expect(page).toHaveURL(/action=key\.created/);
  await page.getByLabel("Search names").fill(name);
  await expect(rows).toHaveCount(2);
  await expect(made).toBeVisible();

  await page.getByLabel("Search names").fill("nobody is called so");
  await expect(page.getByText("No entry in this period matches your filters.")).toBeVisible();
  await isAccessible(page, "an audit log without entries", LOOKS);
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(made).toBeVisible();

  const file = await page.request.get(`/api/v1/audit.csv?q=${encodeURIComponent(name)}`);
  expect(await file.text()).toContain(`made the key “${name}”`);
});
