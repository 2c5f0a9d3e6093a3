import { expect, test } from "@playwright/test";
import { isWithoutSideways } from "./world/access.ts";
import { rollcall } from "./world/command.ts";
import { OwnServer } from "./world/own-server.ts";
import { badge, isLive, LivePageObject, mark } from "./world/screens.ts";

/* The first quarter of an hour with Rollcall, in order, on a new server without data. */
test.describe.configure({ mode: "serial" });

const server = new OwnServer();

test.beforeAll(async () => {
  const printed = await server.start();
  expect(printed).toContain(`Rollcall is ready at ${server.baseUrl}`);
});

test.afterAll(async () => {
  await server.stop();
  server.remove();
});

test("an empty Rollcall shows how to try it, and how to connect a provider", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(server.baseUrl);
  await expect(page).toHaveTitle("Live · Rollcall");
  await expect(badge(page)).toHaveText(/^Live · no events yet$/);
  const start = page.getByRole("region", { name: "Getting started" });
  await expect(start.getByRole("heading", { level: 2 })).toHaveText(
    "Nothing has happened here yet",
  );
  await expect(start).toContainText("there is no need to reload");

  const commands = [
    ["simulation", "npm run rollcall -- simulate"],
    ["demonstration", "npm run rollcall -- demo remove --yes"],
    ["Daily", "npm run rollcall -- source add --provider daily --name Clinic"],
    ["Attendee", "npm run rollcall -- source add --provider attendee --name Sales --secret"],
  ] as const;
  for (const [label, command] of commands) {
    await expect(start.getByText(command)).toBeVisible();
    await start.getByRole("button", { name: new RegExp(`^Copy .*${label}`) }).click();
    await expect(start.getByRole("button", { name: "Copied" }).last()).toBeVisible();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(command);
  }
});

test("an added source is shown as ready", async ({ page }) => {
  await rollcall(server.dataDir, "source", "add", "--provider", "daily", "--name", "Clinic");
  await page.goto(server.baseUrl);
  await expect(page.getByText("1 source is ready and waiting for a first webhook.")).toBeVisible();
});

test("the page fills by itself once the simulation has begun", async ({ page }) => {
  await page.goto(server.baseUrl);
  await isLive(page);
  const isTheSamePage = await mark(page);
  const live = new LivePageObject(page);
  await expect(page.getByText("Nothing has happened here yet")).toBeVisible();

  const playing = rollcall(
    server.dataDir,
    ...["simulate", "--leave-open", "--minutes", "2", "--speed", "60", "--seed", "1"],
    ...["--meetings", "4"],
  );
  await expect(page.getByText("Nothing has happened here yet")).toBeHidden();
  await expect(live.meetings.getByRole("listitem").first()).toBeVisible();
  await expect(live.justHappened.getByRole("listitem").first()).toBeVisible();
  await expect(badge(page)).toHaveText(/^Live · last event \d+ s ago$/);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).not.toHaveCount(1);
  await isTheSamePage();
  await playing;
});

test("the server stops cleanly, and an open page comes back when it starts again", async ({
  page,
}) => {
  await page.goto(server.baseUrl);
  await isLive(page);
  const isTheSamePage = await mark(page);
  const rows = await new LivePageObject(page).meetings.getByRole("listitem").count();

  expect(await server.stop()).toBe(0);
  await expect(badge(page)).toContainText("Reconnecting");
  await expect(new LivePageObject(page).meetings.getByRole("listitem")).toHaveCount(rows);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await isWithoutSideways(page);
  if (size !== null) await page.setViewportSize(size);

  const rooms = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Rooms" });
  await rooms.click();
  await expect(page.getByText("Waiting for the server…"), "a link waits").toBeVisible();
  await expect(new LivePageObject(page).meetings.getByRole("listitem")).toHaveCount(rows);

  await server.start();
  await expect(page, "and goes on by itself").toHaveURL(/\/rooms$/);
  await isLive(page);
  await expect(page).toHaveTitle("Rooms · Rollcall");
  await isTheSamePage();
});

test("the demonstration is removed on the page of sources, and disappears from every open page", async ({
  page,
  context,
}) => {
  const meetings = await context.newPage();
  await meetings.goto(`${server.baseUrl}/meetings`);
  await isLive(meetings);
  const isTheSamePage = await mark(meetings);
  await expect(meetings.getByText("demo", { exact: true }).first()).toBeVisible();

  await page.goto(`${server.baseUrl}/sources`);
  const card = page.getByRole("region", { name: "Demonstration" });
  await expect(card).toContainText("3 sources were made by simulate or seed");
  await card.getByRole("button", { name: "Remove the demonstration" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the demonstration?" });
  await expect(dialog.getByRole("listitem").first()).toHaveText(
    "3 sources: Simulation (daily), Simulation (attendee), Simulation (generic)",
  );
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(card).toBeHidden();
  await expect(page.getByRole("region", { name: /^Clinic, / })).toBeVisible();
  await expect(meetings.getByText("demo", { exact: true })).toHaveCount(0);
  await isTheSamePage();
});

test("every page shows a source whose webhooks are refused", async ({ page }) => {
  await page.goto(`${server.baseUrl}/meetings`);
  await isLive(page);
  const answer = await page.request.get(`${server.baseUrl}/api/v1/sources`);
  const { results } = await answer.json();
  const source = results.find(({ name }: { name: string }) => name === "Clinic");
  await page.request.post(`${server.baseUrl}${source.webhook_path}`, { data: "{}" });
  await expect(badge(page)).toContainText("Clinic: 1 webhook refused since");
  const notice = page.getByRole("region", { name: "Recording" });
  await expect(notice).toContainText("it was not signed");
  await notice.getByRole("link", { name: "Sources" }).click();
  const card = page.getByRole("region", { name: `Clinic, ${source.webhook_path}` });
  await expect(card).toContainText("it was not signed");
});
