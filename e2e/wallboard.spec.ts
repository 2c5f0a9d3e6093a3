import { type CDPSession, expect, type Page } from "@playwright/test";
import type { Api } from "./world/api.ts";
import { test } from "./world/test.ts";

/*
 * A wallboard through two hundred restarts of its server, by a clock that is pushed. The page is the real one; what it
 * asks for from then on is answered by a server that restarts, which stands in the page, so that no time passes on the
 * way to it.
 */

const RESTARTS = 200;
/** What is held after so many is not more after all. */
const WARM = 20;
const STEP_MS = 1_000;
/** It is current again this soon; where nothing answered, that is noticed eight seconds after it was asked for. */
const SOON_MS = 3_000;
const UNANSWERED_MS = 8_000;
const NEVER_MS = 60_000;

// A picture of the page with each of some thousand looks at it would cost more than the test.
test.use({ trace: "off" });

/** How a server behaves that is being restarted, or a proxy in front of it. */
const AWAY = ["503", "refused", "silent", "404 of a proxy", "502", "half an answer"] as const;
type Away = (typeof AWAY)[number];

interface Restarting {
  away: Away | null;
  waiting: number;
  /** How often it was asked while it was away. */
  missed: number;
}

declare global {
  interface Window {
    restarting: Restarting;
  }
}

/** Puts the server into the page, instead of the way to the one that it came from. */
function restartIn(opened: object): void {
  const server: Restarting = { away: null, waiting: 1_000, missed: 0 };
  window.restarting = server;
  const elsewhere = window.fetch.bind(window);
  const html = (status: number) => new Response("<h1>Elsewhere</h1>", { status });
  window.fetch = async (input, init) => {
    if (!String(input).includes("/api/v1/wallboards/")) return elsewhere(input, init);
    const { away, waiting } = server;
    if (away !== null) server.missed += 1;
    switch (away) {
      case "503":
        return Response.json({ error: { code: "unavailable" } }, { status: 503 });
      case "refused":
        throw new TypeError("Failed to fetch");
      case "404 of a proxy":
        return html(404);
      case "502":
        return html(502);
      case "half an answer":
        return new Response('{"as_of');
      case "silent":
        return new Promise((_, reject) => {
          init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted")));
        });
      default: {
        const etag = `"${waiting}"`;
        if (new Headers(init?.headers).get("if-none-match") === etag) {
          const date = new Date().toUTCString();
          return new Response(null, { status: 304, headers: { etag, date } });
        }
        const answer = { ...opened, as_of: new Date().toISOString(), waiting };
        return Response.json(answer, { headers: { etag } });
      }
    }
  };
}

/** Makes a wallboard; returns the path of its page. */
async function wallboard({ baseUrl, key }: Api): Promise<string> {
  const made = await fetch(new URL("/api/v1/shares", baseUrl), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ kind: "wallboard" }),
  });
  const { url }: { url: string } = await made.json();
  return new URL(url).pathname;
}

/** Lets time pass on the page until something is so. Returns how much. */
async function pass(page: Page, isSo: () => Promise<boolean>): Promise<number> {
  for (let passed = 0; passed <= NEVER_MS; passed += STEP_MS) {
    if (await isSo()) return passed;
    await page.clock.runFor(STEP_MS);
  }
  return Infinity;
}

async function held(devtools: CDPSession) {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { nodes: of("Nodes"), listeners: of("JSEventListeners"), heap: of("JSHeapUsedSize") };
}

test("it is current again after each of two hundred restarts, and holds no more than before", async ({
  page,
  world,
}) => {
  const path = await wallboard(world.api);
  const data = path.replace("/wallboard/", "/api/v1/wallboards/");
  const opened = await world.api.get<{ as_of: string }>(data);
  const now = Date.parse(opened.as_of) + 1_000;
  await page.addInitScript(restartIn, opened);
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 1_000);
  await page.goto(path);

  const number = (label: string) =>
    page.locator("dl > div").filter({ hasText: label }).locator("dd").first();
  const isShown = (count: number) => async () =>
    (await page.locator("[data-standstill]").count()) === 0 &&
    (await number("Waiting now").textContent()) === count.toLocaleString("en-GB");
  const isStale = async () => (await page.getByText("No connection since").count()) === 1;
  const isMissed = () => page.evaluate(() => window.restarting.missed > 0);
  expect(await pass(page, isShown(1_000))).toBeLessThan(Infinity);

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  let before = await held(devtools);
  for (let restart = 1; restart <= RESTARTS; restart += 1) {
    const away = AWAY[restart % AWAY.length] ?? "503";
    await page.evaluate((how) => {
      window.restarting.away = how;
      window.restarting.missed = 0;
    }, away);
    expect(await pass(page, restart % 10 === 0 ? isStale : isMissed)).toBeLessThan(Infinity);
    const waiting = 1_000 + restart;
    await page.evaluate((count) => {
      window.restarting.away = null;
      window.restarting.waiting = count;
    }, waiting);
    const passed = await pass(page, isShown(waiting));
    const most = away === "silent" ? UNANSWERED_MS + SOON_MS : SOON_MS;
    expect(passed, `restart ${restart}, ${away}`).toBeLessThanOrEqual(most);
    if (restart === WARM) before = await held(devtools);
  }
  // What was shown last may be held until something else is shown, or until what frees it has run.
  let waiting = 1_000 + RESTARTS;
  await expect(async () => {
    waiting += 1;
    await page.evaluate((count) => {
      window.restarting.waiting = count;
    }, waiting);
    expect(await pass(page, isShown(waiting))).toBeLessThan(Infinity);
    const after = await held(devtools);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.heap / before.heap).toBeLessThan(1.25);
  }).toPass();
});

test("it loads itself again when the server has another build", async ({ page, world }) => {
  const path = await wallboard(world.api);
  let isUpdated = false;
  await page.route("**/api/v1/wallboards/*", async (route) => {
    if (!isUpdated) return route.continue();
    isUpdated = false;
    const answer = await route.fetch({ headers: {} });
    return route.fulfill({ json: { ...(await answer.json()), build: "another" } });
  });
  await page.goto(path);
  await expect(page.getByRole("status")).toContainText("Live");
  await page.evaluate(() => document.documentElement.setAttribute("data-opened", "once"));
  isUpdated = true;
  await expect(page.locator("html")).not.toHaveAttribute("data-opened", "once");
  await expect(page.getByRole("status")).toContainText("Live");
});
