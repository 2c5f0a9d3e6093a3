import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { pagesIn } from "./hostile/routes.ts";
import { isAccessible } from "./world/access.ts";
import { rollcall } from "./world/command.ts";
import { everything, type Made } from "./world/everything.ts";
import { OwnServer } from "./world/own-server.ts";
import { addSource, textIn } from "./world/source.ts";
import { test } from "./world/test.ts";

const PASSWORD = "three unrelated words";
/** What is called so changes something, or takes it out of here. */
const CHANGES =
  /^(save|change|remove|delete|join\b|undo|split|statement|download|import|schedule|new |add |invite|revoke|make |take back|this is|same |all \d+ are)|not here any more|not the same|say who|^i take it|^give up|^free it/i;
/** Pages that lead on whoever is signed in. */
const LEADING_IN = ["sign-in", "second-factor"];
/** What can be done is read there, by whoever may open it, and nothing done. */
const REFERENCE = ["docs/api"];
/** For whoever is signed in themself; what ends their session is not pressed. */
const OWN_PASSWORD = "Change it";
const ENDS = ["Sign out", "Sign out everywhere else"];

const server = new OwnServer();
let made: Made;
test.beforeAll(async () => {
  await server.start();
  const at = server.dataDir;
  const daily = await addSource(at, server.baseUrl, "daily");
  await rollcall(at, "seed", "--events", "400", "--seed", "7");
  const key = await rollcall(at, "key", "create", "--name", "Setting up");
  made = await everything(server.baseUrl, daily, textIn(key, "key"));
  for (const role of ["owner", "operator", "viewer"]) {
    const who = ["--email", `${role}@example.com`, "--name", `The ${role}`];
    await rollcall(at, "person", "add", ...who, "--role", role, "--password", PASSWORD);
  }
});
test.afterAll(async () => {
  await server.stop();
  server.remove();
});

/** Every page there is for those who are signed in, each filled in with what there is. */
function addresses(): string[] {
  const ids: Record<string, string[]> = {
    "meetings/[id]": [made.open, made.ended],
    "people/[id]": [made.person],
    "rooms/[id]": [made.room],
    "expected/[id]": [made.scheduled, made.emptyScheduled],
    "expected/lists/[id]": [made.classList],
    "statements/[id]": [made.statement],
    "sources/[id]": [made.source],
    "deliveries/[id]": [made.delivery],
    "endpoints/[id]": [made.endpoint],
  };
  return pagesIn("app").flatMap((parts) => {
    const path = parts.join("/");
    if ([...LEADING_IN, ...REFERENCE].includes(path) || path.includes("[token]")) return [];
    const of = Object.keys(ids).find((one) => path === one || path === `${one}/edit`);
    if (of === undefined) {
      expect(path, "a page that this test knows").not.toContain("[");
      return [`/${path}`];
    }
    return (ids[of] ?? []).map((id) => `/${path.replace("[id]", id)}`);
  });
}

async function signedIn(browser: Browser, role: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.baseUrl });
  await context.addInitScript(() => {
    window.print = () => undefined;
  });
  const page = await context.newPage();
  const data = { email: `${role}@example.com`, password: PASSWORD };
  const answer = await page.request.post("/api/auth/sign-in/email", {
    data,
    headers: { origin: server.baseUrl },
  });
  expect(answer.status()).toBe(200);
  return page;
}

/** Opens a page and all of it that opens: a person in a meeting, every fold. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page).toHaveTitle(/Rollcall/);
  const option = page.getByRole("option");
  if (address.startsWith("/meetings/")) {
    await option
      .filter({ hasText: /Guest|Ada/ })
      .first()
      .click();
    await expect(page.getByRole("complementary", { name: "Details" })).toContainText("Attended");
  }
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
}

/** The names of all that can be clicked on a page, and would change something. */
async function offered(page: Page): Promise<string[]> {
  const names = await page
    .getByRole("button")
    .or(page.getByRole("link"))
    .evaluateAll((all) =>
      all.map((one) => one.getAttribute("aria-label") ?? one.textContent ?? ""),
    );
  return names
    .map((name) => name.trim())
    .filter((name) => CHANGES.test(name) && name !== OWN_PASSWORD);
}

/** The same of all pages. */
async function offeredTo(browser: Browser, role: string): Promise<string[]> {
  const page = await signedIn(browser, role);
  const names: string[] = [];
  for (const address of addresses()) {
    await open(page, address);
    names.push(...(await offered(page)));
  }
  await page.context().close();
  return names;
}

test("an operator is offered nothing of the owner's, and all of their own", async ({ browser }) => {
  const [owner, operators] = await Promise.all([
    offeredTo(browser, "owner"),
    offeredTo(browser, "operator"),
  ]);
  const operator = operators.join("\n");
  for (const word of ["Undo", "Download", "Statement", "Join with…", "Say who", "Schedule"]) {
    expect(operator).toContain(word);
  }
  expect(operator).not.toMatch(/Invite|Remove the demonstration/);
  expect(owner).toEqual(expect.arrayContaining(["Invite", "Remove the demonstration"]));
});

test("a viewer is offered nothing that would be refused, and whatever they click, nothing is asked that is", async ({
  browser,
}) => {
  const page = await signedIn(browser, "viewer");
  const refused: string[] = [];
  let underWay = 0;
  page.on("request", () => {
    underWay += 1;
  });
  page.on("requestfinished", () => {
    underWay -= 1;
  });
  page.on("requestfailed", () => {
    underWay -= 1;
  });
  page.on("response", (response) => {
    if (response.status() === 403) refused.push(`${page.url()}: ${response.url()}`);
  });
  // A refusal would be heard.
  await page.goto("/");
  await page.evaluate(() => fetch("/api/v1/keys"));
  await expect.poll(() => refused.splice(0)).toHaveLength(1);
  for (const [index, address] of addresses().entries()) {
    await open(page, address);
    expect(await offered(page), address).toEqual([]);
    // What stands around every page is pressed on the first.
    const around = index === 0 ? page.locator("body") : page.getByRole("main");
    const controls = around.locator("button:visible, summary:visible, [role=option]:visible");
    const count = await controls.count();
    for (let nth = 0; nth < count; nth += 1) {
      await press(controls.nth(nth));
      const inside = page.locator("[role=dialog] :is(button, a)");
      for (let one = (await inside.count()) - 1; one >= 0; one -= 1) await press(inside.nth(one));
      await page.keyboard.press("Escape");
      if (new URL(page.url()).pathname !== address) await open(page, address);
    }
    await expect.poll(() => underWay).toBe(0);
    expect(refused, address).toEqual([]);
  }
});

/** Clicks on it wherever it stands, if it is still there. */
async function press(control: Locator): Promise<void> {
  await control.evaluateAll(([element], ends) => {
    const isEnd = ends.includes(element?.textContent?.trim() ?? "");
    if (element instanceof HTMLElement && !isEnd) element.click();
  }, ENDS);
}

test("pages that are forms say who may fill them in, and nobody who signed in is asked for a name", async ({
  browser,
}) => {
  const viewer = await signedIn(browser, "viewer");
  for (const address of [
    "/import",
    "/expected/new",
    "/expected/lists/new",
    `/expected/${made.scheduled}/edit`,
    `/expected/lists/${made.classList}/edit`,
  ]) {
    await viewer.goto(address);
    await expect(viewer.getByText(/An operator or an owner .*: ask one of them/)).toBeVisible();
    await expect(viewer.getByRole("main").locator("form")).toHaveCount(0);
  }
  await isAccessible(viewer, "a form for others", {
    ...{ themes: ["light", "dark"], widths: [1440, 390] },
  });
  const operator = await signedIn(browser, "operator");
  await operator.goto("/expected/new");
  await expect(operator.getByLabel("Room", { exact: true })).toBeVisible();
  await expect(operator.getByLabel(/Your name/)).toHaveCount(0);
  await operator.goto(`/people/${made.person}`);
  await operator.getByRole("button", { name: "Undo" }).first().click();
  await expect(operator.getByText(/undone by The operator on/)).toBeVisible();
});
