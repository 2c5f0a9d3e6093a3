import { createHmac } from "node:crypto";
import { type Browser, expect, type Page } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { rollcall } from "./world/command.ts";
import { OwnServer } from "./world/own-server.ts";
import { textIn } from "./world/source.ts";
import { test } from "./world/test.ts";

const PASSWORD = "three unrelated words";
const LOOK = { themes: ["light", "dark"], widths: [1440, 390] } as const;

test.describe.configure({ mode: "serial" });

const server = new OwnServer();
let link = "";
test.beforeAll(async () => {
  const printed = await server.start();
  link = /https?:\/\/\S+\/join\/\S+/.exec(printed)?.[0] ?? "";
});
test.afterAll(async () => {
  await server.stop();
  server.remove();
});

async function opened(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.baseUrl });
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("from a laptop without accounts to a team, and out again", async ({ browser }) => {
  // Until somebody is the owner, whoever is at the machine looks, and is told how to let others in.
  const owner = await opened(browser, "/settings");
  await expect(owner.getByText("Nobody signs in yet")).toBeVisible();
  await isAccessible(owner, "settings without an owner", LOOK);
  await owner.goto(link);
  await owner.getByLabel("Your name").fill("Ada Lovelace");
  await owner.getByLabel("E-mail").fill("Ada@example.com");
  await owner.getByLabel("Password").fill("password1");
  await owner.getByRole("button", { name: "Sign in" }).click();
  await expect(owner.getByText("too easy to guess")).toBeVisible();
  await isAccessible(owner, "becoming the owner", LOOK);
  await owner.getByLabel("Password").fill(PASSWORD);
  await owner.getByRole("button", { name: "Sign in" }).click();
  await expect(owner.getByRole("navigation", { name: "Main" })).toBeVisible();

  // The link is over, and a stranger is sent to sign in, and then to where they wanted to go.
  const stranger = await opened(browser, link);
  await expect(stranger.getByRole("heading", { name: "This link is over" })).toBeVisible();
  await stranger.goto("/meetings?q=x");
  await expect(stranger).toHaveURL(/\/sign-in\?next=%2Fmeetings%3Fq%3Dx$/);
  await isAccessible(stranger, "signing in", LOOK);
  await signIn(stranger, "ada@example.com", "another password");
  await expect(stranger.getByText("Invalid email or password")).toBeVisible();
  await signIn(stranger, "ada@example.com");
  await expect(stranger).toHaveURL(/\/meetings\?q=x$/);

  // Somebody is invited, looks, and is removed while they look.
  await owner.goto("/settings");
  await owner.getByRole("button", { name: "Invite" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Grace Hopper");
  await dialog.getByLabel("E-mail").fill("grace@example.com");
  await isAccessible(owner, "inviting somebody", LOOK);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const invitation = (await dialog.getByText(/\/join\//).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  const viewer = await opened(browser, invitation);
  await viewer.getByLabel("Password").fill(PASSWORD);
  await viewer.getByRole("button", { name: "Sign in" }).click();
  await expect(viewer.getByRole("navigation", { name: "Main" })).toBeVisible();
  await viewer.goto("/settings");
  await expect(viewer.getByText("API keys")).toHaveCount(0);
  await isAccessible(viewer, "the settings of a viewer", LOOK);
  const asked = await viewer.request.post("/api/v1/keys", { data: { name: "Mine" } });
  expect(asked.status()).toBe(403);
  await viewer.goto("/");
  await owner.getByRole("button", { name: "Remove: Grace Hopper" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(viewer).toHaveURL(/\/sign-in/);

  // A form of another site brings nobody in, even with the right password.
  const forged = await stranger.request.post("/api/auth/sign-in/email", {
    headers: { origin: "https://elsewhere.example" },
    data: { email: "ada@example.com", password: PASSWORD },
  });
  expect(forged.status()).toBe(403);
});

test("a code besides the password", async ({ browser }) => {
  await rollcall(
    server.dataDir,
    "person",
    "add",
    "--email",
    "alan@example.com",
    "--name",
    "Alan",
    "--role",
    "operator",
    "--password",
    PASSWORD,
  );
  const page = await opened(browser, "/sign-in");
  await signIn(page, "alan@example.com");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto("/settings");
  await page.getByText("Code besides the password: off").click();
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: "The key as a picture for the app" })).toBeVisible();
  await isAccessible(page, "setting up a code", LOOK);
  const key = (await page.getByText(/^[A-Z2-7]{20,}$/).textContent()) ?? "";
  const [backup = ""] = await page.getByText(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/).allTextContents();
  await page.getByLabel("The code that the app shows now").fill(codeOf(key, Date.now()));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Code besides the password: on")).toBeVisible();

  const other = await opened(browser, "/sign-in");
  await signIn(other, "alan@example.com");
  await expect(other.getByRole("heading", { name: "Your code" })).toBeVisible();
  expect((await other.request.get("/api/v1/meetings")).status()).toBe(401);
  await other.getByLabel("Code", { exact: true }).fill("000000");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText("Invalid code")).toBeVisible();
  await other.getByRole("button", { name: "Use a backup code instead" }).click();
  await other.getByLabel("Backup code").fill(backup);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("navigation", { name: "Main" })).toBeVisible();

  // One browser signs the other out.
  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a code that is demanded is set up before anything else is shown", async ({ browser }) => {
  const owner = await opened(browser, "/settings");
  await signIn(owner, "ada@example.com");
  const demand = owner.getByLabel("Who has a code besides the password");
  // The choice is shown at once; it is stored when it is answered.
  const stored = owner.waitForResponse((answer) => answer.url().endsWith("/code-demand"));
  await demand.selectOption({ label: "Owners and operators" });
  await expect(demand).toHaveValue("operators");
  expect((await stored).ok()).toBe(true);
  await owner.reload();
  await expect(demand).toHaveValue("operators");
  await owner.goto("/audit");
  await expect(owner.getByText("set the demand for a code to owners and operators")).toBeVisible();

  const who = ["--email", "joan@example.com", "--name", "Joan", "--role", "operator"];
  await rollcall(server.dataDir, "person", "add", ...who, "--password", PASSWORD);
  const page = await opened(browser, "/meetings?q=x");
  await signIn(page, "joan@example.com");
  await expect(page.getByRole("heading", { name: "Set up a code" })).toBeVisible();
  await isAccessible(page, "a code that is demanded", LOOK);
  for (const path of ["/", "/meetings", "/settings"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/second-factor/);
  }
  for (const path of ["meetings", "me", "meetings.csv"]) {
    expect((await page.request.get(`/api/v1/${path}`)).status()).toBe(401);
  }
  await page.goto("/meetings?q=x");
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  const key = (await page.getByText(/^[A-Z2-7]{20,}$/).textContent()) ?? "";
  await isAccessible(page, "setting up a code that is demanded", LOOK);
  const code = codeOf(key, Date.now());
  await page.getByLabel("The code that the app shows now").fill(code);
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page).toHaveURL(/\/meetings\?q=x$/);

  // Whoever saw the code typed cannot use it again, and a viewer is asked for none.
  const watcher = await opened(browser, "/sign-in");
  await signIn(watcher, "joan@example.com");
  await watcher.getByLabel("Code", { exact: true }).fill(code);
  await watcher.getByRole("button", { name: "Sign in" }).click();
  await expect(watcher.getByText(/used already|Invalid code/)).toBeVisible();
  const viewing = ["--email", "kay@example.com", "--name", "Kay", "--role", "viewer"];
  await rollcall(server.dataDir, "person", "add", ...viewing, "--password", PASSWORD);
  const viewer = await opened(browser, "/sign-in");
  await signIn(viewer, "kay@example.com");
  await expect(viewer.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("a command makes a link, lists, and removes", async () => {
  const args = ["--email", "mary@example.com", "--name", "Mary", "--role", "viewer", "--masked"];
  const added = await rollcall(server.dataDir, "person", "add", ...args);
  expect(textIn(added, "invite_url")).toContain(`${server.baseUrl}/join/`);
  const people = await rollcall(server.dataDir, "person", "list");
  expect(people).toContainEqual(
    expect.objectContaining({ email: "mary@example.com", invited: true, masked: true }),
  );
  await rollcall(server.dataDir, "person", "remove", "mary@example.com");
  await expect(rollcall(server.dataDir, "person", "remove", "ada@example.com")).rejects.toThrow();
});

/** The code of six digits that an app shows for a key at a moment (RFC 6238). */
function codeOf(key: string, at: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
