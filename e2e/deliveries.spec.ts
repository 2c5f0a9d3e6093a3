import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { DailyRoom, guest, signedByDaily } from "./world/daily.ts";
import { deliver } from "./world/http.ts";
import { isLive } from "./world/screens.ts";
import { addSource } from "./world/source.ts";
import { test } from "./world/test.ts";

const LOOKS = { themes: ["light", "dark"], widths: [1440, 390] } as const;

test("what came is on a page, live, with what became of it; what was refused is counted", async ({
  page,
  world,
}) => {
  const source = await addSource(world.dataDir, world.baseUrl, "daily");
  const room = new DailyRoom(source, `deliveries-${randomBytes(3).toString("hex")}`);
  const joined = await room.joins(guest("Ada Deliveries"));
  await room.repeats(joined);
  await deliver(
    source,
    signedByDaily('{"secret_key": "hush", "n": 1}', source.secret),
    "unreadable",
  );

  await page.goto("/");
  await page.getByRole("link", { name: "Deliveries", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Deliveries", level: 1 })).toBeVisible();
  await isLive(page);
  await page.getByLabel("Person, or a delivery’s number").fill("Ada Deliveries");
  await expect(page).toHaveURL(/person=Ada/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(2);
  const row = rows.nth(1);
  await expect(row).toContainText("recorded");
  await expect(row).toContainText("came 2 times");
  await expect(row).toContainText("participant.joined");
  await expect(row.getByRole("link", { name: room.name })).toHaveAttribute("href", /\/meetings\//);
  await expect(row.getByRole("link", { name: "Ada Deliveries" })).toHaveAttribute(
    "href",
    /\/people\//,
  );

  // Chosen rows stay where they are; what is new waits above them.
  await row.getByRole("checkbox").check();
  await room.leaves(guest("Ada Deliveries"));
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("participant.left");
  await rows.nth(1).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Project again" }).click();
  await expect(page.getByText(/Projected 1 delivery again/)).toBeVisible();

  // Nothing of a refused webhook is kept but that it was, and from where.
  const wrong = signedByDaily("{}", randomBytes(32).toString("base64"));
  const answer = await page.request.post(source.baseUrl + source.path, {
    data: wrong.body,
    headers: wrong.headers,
  });
  expect(answer.status()).toBe(401);
  const id = source.path.split("/").at(-1) ?? "";
  const counted = async () => (await page.request.get("/api/v1/refusals")).text();
  await expect.poll(counted).toContain(id);
  await page.goto("/deliveries?status=unreadable");
  const refused = page
    .getByRole("region", { name: "Refused" })
    .getByRole("listitem")
    .filter({ hasText: "was it rotated there?" })
    .first();
  await expect(refused).toContainText("the signature is wrong");
  await expect(refused).toContainText("127.0.0.1");
  await isLive(page);
  await isAccessible(page, "deliveries", LOOKS);

  // It works again, so that nothing is refused any more.
  await room.ends();
  await rows.filter({ hasText: "unreadable" }).first().getByRole("link").first().click();
  await expect(page.getByText("Happened", { exact: true })).toBeVisible();
  const body = page.getByRole("region", { name: "Body" });
  await expect(body).toContainText('"secret_key": "•••"');
  await expect(body).not.toContainText("hush");
  await isAccessible(page, "a delivery", LOOKS);
  await page.getByRole("button", { name: "Copy as a signed curl" }).click();
  await expect(page.getByText(/^curl -sS 'http/)).toContainText(source.path);
  expect(await page.content()).not.toContain(source.secret);

  await page.goto("/deliveries?person=nobody+is+called+so");
  await expect(page.getByText("No delivery in this period matches your filters.")).toBeVisible();
  await isAccessible(page, "deliveries of nobody", LOOKS);
});
