import { createServer, type Server } from "node:http";
import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { guest } from "./world/daily.ts";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

const LOOKS = { themes: ["light", "dark"], widths: [1440, 390] } as const;

/** Another system, which takes webhooks or does not. */
const got: { signature: string; body: string }[] = [];
let status = 200;
let other: Server;
let url = "";
test.beforeAll(async () => {
  other = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const signature = String(request.headers["webhook-signature"]);
      got.push({ signature, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(status).end(status === 200 ? "thank you" : "out of order");
    });
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hooks`;
});
test.afterAll(() => {
  other.closeAllConnections();
  other.close();
});

test("another system is told, tried, sent to again and paused, on a page", async ({
  page,
  openRoom,
}) => {
  const room = openRoom("told");
  await page.goto("/settings");
  await page.getByRole("link", { name: "look at where webhooks are sent" }).click();
  await expect(page.getByRole("heading", { name: "Webhooks", level: 1 })).toBeVisible();
  await isLive(page);
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Where it is sent/).fill(url);
  await dialog.getByLabel(/^participant\.joined/).check();
  await dialog.getByLabel(/^Only of these rooms/).fill(room.name);
  await isAccessible(page, "the form of a webhook", LOOKS);
  await dialog.getByRole("button", { name: "Add the webhook" }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  const listed = page.getByRole("list", { name: "Webhooks" }).getByRole("listitem");
  await expect(listed.filter({ hasText: url })).toContainText("Nothing sent yet");
  await isAccessible(page, "the list of webhooks", LOOKS);

  await page.getByRole("link", { name: url }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText(/^It was taken: 200/)).toBeVisible();
  const attempts = page.getByRole("region", { name: "Every attempt" }).getByRole("row");
  await expect(attempts.filter({ hasText: "endpoint.test" })).toContainText("thank you");

  status = 500;
  await room.joins(guest("Ada Told"));
  const joined = attempts.filter({ hasText: "participant.joined" });
  await expect(joined.first()).toContainText("out of order");
  await expect(page.getByText("Failing", { exact: true })).toBeVisible();
  await isAccessible(page, "a webhook that fails", LOOKS);
  status = 200;
  await expect(joined.filter({ hasText: "thank you" })).toHaveCount(1);
  expect(JSON.parse(got.at(-1)?.body ?? "")).toMatchObject({
    type: "participant.joined",
    payload: { room: room.name, user_name: "Ada Told" },
  });
  expect(got.at(-1)?.signature).toMatch(/^v1,/);

  const before = got.length;
  await joined
    .getByRole("button", { name: /^Send participant\.joined/ })
    .first()
    .click();
  await expect.poll(() => got.length).toBe(before + 1);
  expect(got.at(-1)?.body).toBe(got.at(before - 1)?.body);
  await expect(page.getByText("Sent again: 1 of 1 message.")).toBeVisible();

  await page.getByRole("button", { name: "Rotate the secret…" }).click();
  await dialog.getByRole("button", { name: "Make a new secret" }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByText("An owner paused it.").first()).toBeVisible();
  await isAccessible(page, "a paused webhook", LOOKS);
  await page.getByRole("button", { name: "Remove…" }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Webhooks", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: url })).toHaveCount(0);
});
