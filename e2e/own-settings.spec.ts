import { type Browser, expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { rollcall } from "./world/command.ts";
import { OwnServer } from "./world/own-server.ts";
import { chooseZone } from "./world/screens.ts";
import { test } from "./world/test.ts";

const PASSWORD = "three unrelated words";
const LOOK = { themes: ["light", "dark"], widths: [1440, 390] } as const;

const server = new OwnServer();
test.beforeAll(async () => {
  await server.start();
  const who = ["--email", "ada@example.com", "--name", "Ada", "--role", "owner"];
  await rollcall(server.dataDir, "person", "add", ...who, "--password", PASSWORD);
});
test.afterAll(async () => {
  await server.stop();
  server.remove();
});

async function signIn(browser: Browser, path = "/"): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.baseUrl });
  // What somebody before chose in this browser.
  await context.addInitScript(() => {
    // The empty page that a browser begins with stores nothing.
    if (location.protocol === "about:") return;
    localStorage.setItem("rollcall-theme", localStorage.getItem("rollcall-theme") ?? "light");
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  return page;
}

const theme = (page: Page) => page.locator("html").getAttribute("data-theme");
const stored = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith("/api/v1/me") && answer.ok());

test("what somebody chooses in one browser holds in the other", async ({ browser }) => {
  const one = await signIn(browser, "/settings");
  await expect(one).toHaveURL(/\/settings$/);
  const card = one.getByRole("region", { name: "How it looks" });
  await isAccessible(one, "how it looks", LOOK);
  // By keyboard alone.
  await card.getByLabel("Theme").focus();
  await one.keyboard.press("D");
  await expect.poll(() => theme(one)).toBe("dark");
  for (const [label, choice] of [
    ["Clock", "h12"],
    ["A week begins on", "7"],
    ["Opens after signing in", "/people"],
  ] as const) {
    const kept = stored(one);
    await card.getByLabel(label).selectOption(choice);
    await kept;
  }
  await chooseZone(one, card.getByRole("button", { name: /^Time zone/ }), "Asia/Kolkata");
  await expect(one.getByRole("button", { name: "All times in Asia/Kolkata" })).toBeVisible();

  // It has another theme of its own. What opens first is theirs, and no theme flashes: it stands in the page.
  const two = await signIn(browser);
  await expect(two).toHaveURL(/\/people/);
  expect(await theme(two)).toBe("dark");
  expect(await (await two.request.get("/")).text()).toMatch(/<html[^>]* data-theme="dark"/);
  await expect(two.getByRole("button", { name: "All times in Asia/Kolkata" })).toBeVisible();
  await two.goto("/settings");
  await expect(two.getByRole("region", { name: "How it looks" }).getByLabel("Clock")).toHaveValue(
    "h12",
  );
  await expect(two.getByRole("listitem").filter({ hasText: "used" }).first()).toContainText(
    /\d\s?[ap]m/i,
  );
  await two.getByRole("link", { name: "Rollcall" }).click();
  await expect(two).toHaveURL((url) => url.pathname === "/");

  // The columns of a list, and then the next page in the first browser follows.
  await two.getByRole("link", { name: "Meetings", exact: true }).click();
  await two.getByRole("button", { name: "Columns" }).click();
  let kept = stored(two);
  await two.getByRole("checkbox", { name: "Peak" }).uncheck();
  await kept;
  kept = stored(two);
  await two.getByRole("radio", { name: "Light" }).check({ force: true });
  await kept;
  expect(await theme(one)).toBe("dark");
  await one.getByRole("link", { name: "Meetings", exact: true }).click();
  await expect.poll(() => theme(one)).toBe("light");
  await one.getByRole("button", { name: "Columns" }).click();
  await expect(one.getByRole("checkbox", { name: "Peak" })).not.toBeChecked();
  await expect(one).toHaveURL(/cols=/);

  // The measures of the waiting room: in the address too, so that a link shows them to others.
  kept = stored(two);
  await two.goto("/waiting");
  await two.getByLabel("Target").selectOption({ label: "5 min" });
  await kept;
  await expect(two).toHaveURL(/target_ms=300000/);
  await one.goto("/waiting");
  await expect(one.getByLabel("Target")).toHaveValue("300000");
  await expect(one).toHaveURL(/target_ms=300000/);
  await one.goto("/waiting?target_ms=20000");
  await expect(one.getByLabel("Target")).toHaveValue("20000");
  await one.goto("/meetings");

  // What cannot be kept is said, and is as before.
  await one.route("**/api/v1/me", (route) => route.abort());
  await one.keyboard.press("Escape");
  await one.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(one.getByText("What you chose was not kept.")).toBeVisible();
  await expect.poll(() => theme(one)).toBe("light");
});
