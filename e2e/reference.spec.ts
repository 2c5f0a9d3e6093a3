import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { test } from "./world/test.ts";

test("the API can be read: searched, and each address with how it is asked", async ({ page }) => {
  await page.goto("/docs/api");
  await expect(page.getByText("First steps")).toBeVisible();
  await page.getByLabel("Search the API").fill("grace_ms meetings");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/q=grace_ms/);
  await expect(page.getByText("First steps")).toHaveCount(0);
  await page
    .getByRole("link", { name: /GET \/api\/v1\/meetings\/\{id\}/ })
    .first()
    .click();
  const meeting = page.getByRole("region", { name: "GET /api/v1/meetings/{id}", exact: true });
  await expect(meeting).toBeInViewport();
  await expect(meeting).toContainText("A key with the scope read.");
  await expect(meeting).toContainText("If-None-Match");
  await meeting.getByText("The shape of it").click();
  await expect(meeting).toContainText("people[].visits[].joined_at");

  await page.goto("/docs/api?of=waiting");
  const looks = { themes: ["light", "dark"], widths: [1440, 390] } as const;
  await isAccessible(page, "the reference", looks);
});
