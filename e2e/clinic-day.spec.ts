import { type BrowserContext, expect, type Page } from "@playwright/test";
import { z } from "zod";
import { isAccessible } from "./world/access.ts";
import { ALARM_AFTER_MS, isAlarmed, isLost, type Patient, patientsOf } from "./world/clinic-day.ts";
import { rollcall } from "./world/command.ts";
import { DailyRoom, guest } from "./world/daily.ts";
import { DailyApi } from "./world/daily-api.ts";
import { tabsTo } from "./world/keyboard.ts";
import { CuttableLine } from "./world/line.ts";
import { OwnServer } from "./world/own-server.ts";
import { badge, isLive } from "./world/screens.ts";
import { addSource } from "./world/source.ts";
import { test } from "./world/test.ts";

/*
 * A day at the desk with five browsers: one is cut off, one is a phone, and the server is started again. It is of five
 * patients; `CLINIC_DAY=60` makes it one of sixty, and keeps pictures of it.
 */

const asked = Number(process.env["CLINIC_DAY"] ?? "0");
const isLong = asked > 0;
const PATIENTS = isLong ? asked : 5;
const EVERY_MS = isLong ? 4_000 : 800;
const ROOMS = isLong ? 12 : 3;
const WORKERS = ["Ada", "Bo", "Cy", "Dee", "Eve"];

const server = new OwnServer();
const daily = new DailyApi();
/** The same at every start. */
const variables = { ROLLCALL_PROVIDER_API: "" };
test.beforeAll(async () => {
  variables.ROLLCALL_PROVIDER_API = await daily.open();
  await server.start(() => variables);
});
test.afterAll(async () => {
  await server.stop();
  server.remove();
  daily.close();
});

/** Somebody at the desk, with a browser of their own. */
interface Worker {
  name: string;
  context: BrowserContext;
  page: Page;
}

/** Asks the API as a page at this machine does. */
async function read<T>(page: Page, path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await page.evaluate(async (from) => (await fetch(`/api/v1/${from}`)).json(), path);
  return schema.parse(answer);
}

const entries = z.object({
  results: z.array(
    z.object({
      at: z.string(),
      who: z.looseObject({ label: z.string() }),
      about: z.nullable(
        z.looseObject({ id: z.nullable(z.string()), label: z.nullable(z.string()) }),
      ),
    }),
  ),
});
const alertsShape = z.object({
  results: z.array(
    z.object({ rings: z.number(), person: z.nullable(z.object({ name: z.string() })) }),
  ),
});
const waitsShape = z.object({
  results: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), outcome: z.string() },
      ...{ claimed_by: z.nullable(z.string()), follow_up: z.nullable(z.string()) },
    }),
  ),
});

/**
 * Runs in the page: as soon as the board shows it, takes whom nobody has and works off who left, as fast as somebody
 * can press. What is pressed already is left alone until the page says more.
 */
function works(): void {
  const seen = new Set<string>();
  Reflect.set(window, "seen", seen);
  const pressed = new Map<string, number>();
  const isPressed = (label: string) => {
    const isSoon = Date.now() - (pressed.get(label) ?? 0) < 1_000;
    if (!isSoon) pressed.set(label, Date.now());
    return isSoon;
  };
  const look = () => {
    for (const { textContent } of document.querySelectorAll("[data-looked]"))
      for (const [name] of textContent.matchAll(/Patient \d+ Ames/g)) seen.add(name);
    for (const button of document.querySelectorAll("button")) {
      const label = button.getAttribute("aria-label") ?? "";
      if (label.startsWith("I take it") && !button.disabled && !isPressed(label)) button.click();
    }
    for (const select of document.querySelectorAll("select")) {
      const label = select.getAttribute("aria-label") ?? "";
      if (!label.startsWith("What came") || select.value !== "" || isPressed(label)) continue;
      select.value = "called";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    requestAnimationFrame(look);
  };
  look();
}

/** The names that were on a board. */
function seenOn({ page }: Worker): Promise<string[]> {
  return page.evaluate(() => [...Reflect.get(window, "seen")].map(String));
}

test("whoever waits is seen, taken by one, and followed up; nothing alarms twice, and nothing is missed", async ({
  browser,
}) => {
  const source = await addSource(server.dataDir, server.baseUrl, "daily");
  const id = source.path.split("/").at(-1) ?? "";
  await rollcall(server.dataDir, "source", "api-key", id, "--key", "key-of-an-account");
  const line = await CuttableLine.to(server.baseUrl);
  const workers = await Promise.all(
    WORKERS.map(async (name, n): Promise<Worker> => {
      const isPhone = n === 4;
      const context = await browser.newContext({
        viewport: isPhone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        hasTouch: isPhone,
        isMobile: isPhone,
      });
      await context.addInitScript((by) => {
        if (location.protocol !== "about:") localStorage.setItem("rollcall-operator", by);
      }, name);
      const page = await context.newPage();
      await page.goto(`${n === 1 ? line.url : server.baseUrl}/today`);
      return { name, context, page };
    }),
  );
  const [first, second, , , phone] = workers;
  if (first === undefined || second === undefined || phone === undefined)
    throw new Error("nobody is at the desk");
  for (const { page } of workers) await isLive(page);
  const made = await first.page.evaluate(async (after_ms) => {
    const body = JSON.stringify({ kind: "waiting", name: "Waits", after_ms, repeat_ms: null });
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/alert-rules", { method: "POST", headers, body })).status;
  }, ALARM_AFTER_MS);
  expect(made).toBe(201);

  const patients = patientsOf(PATIENTS, EVERY_MS, ROOMS);
  const rooms = Array.from({ length: ROOMS }, (_, n) => new DailyRoom(source, `room-${n + 1}`));
  const begun = Date.now();
  const { page } = first;
  const waits = () => read(page, "waits?limit=200", waitsShape).then(({ results }) => results);
  const roomOf = ({ room }: Patient) => rooms[room] ?? new DailyRoom(source, "elsewhere");
  // However fast it is: nobody knocks in the future.
  const knock = (one: Patient) => {
    one.knocksAt = Date.now() - begun - one.lateBy;
    return roomOf(one).knocks(one.guest, begun + one.knocksAt);
  };
  // However slow this machine is: nobody is let in, or gives up, before somebody looks after them.
  const end = async (one: Patient) => {
    const isTaken = async () =>
      (await waits()).some(({ name, claimed_by }) => name === one.name && claimed_by !== null);
    await expect.poll(isTaken).toBe(true);
    one.endsAt = Date.now() - begun;
    await roomOf(one).stopsWaiting(one.guest, { at: begun + one.endsAt });
    if (one.isAdmitted) await roomOf(one).joins(one.guest, begun + one.endsAt);
  };
  const told = patients
    .flatMap((one) => [
      { at: one.knocksAt + one.lateBy, tell: () => knock(one) },
      { at: one.endsAt, tell: () => end(one) },
    ])
    .toSorted((a, b) => a.at - b.at);

  // The first is taken on the phone, and everybody sees by whom.
  await told[0]?.tell();
  await phone.page.getByRole("button", { name: "I take it: Patient 1 Ames" }).tap();
  for (const { page: own } of workers.filter((one) => one !== phone)) {
    await expect(own.getByText("Eve has it")).toBeVisible();
  }
  for (const { page: own } of workers) await own.evaluate(works);
  const half = Math.floor(told.length / 2);
  for (const [n, { tell }] of told.entries()) {
    if (n > 0) await tell();
    if (n === Math.floor(told.length / 4)) await line.cut();
    if (n !== half) continue;
    await expect(badge(second.page)).not.toContainText("Live");
    await line.mend();
    await server.stop();
    await server.start(() => variables);
    for (const { page: own } of workers) await isLive(own);
    if (isLong) await pictures(page);
  }
  await isAccessible(page, "a day at the desk", {
    themes: ["light", "dark"],
    widths: isLong ? [1440, 390, 1920] : [1440],
  });
  const lost = patients.filter(isLost);
  const followed = async () => (await waits()).filter(({ follow_up }) => follow_up !== null).length;
  await expect.poll(followed).toBe(lost.length);

  const ended = await waits();
  const seen = new Set((await Promise.all(workers.map(seenOn))).flat());
  expect([...seen].toSorted()).toEqual(patients.map(({ name }) => name).toSorted());
  for (const one of patients) {
    const { name, isAdmitted } = one;
    const own = ended.filter((wait) => wait.name === name);
    expect(own.map(({ outcome, follow_up }) => [name, outcome === "admitted", follow_up])).toEqual([
      [name, isAdmitted, isLost(one) ? "called" : null],
    ]);
  }
  const log = await read(page, "audit?action=wait.claimed&limit=200", entries);
  // Whoever left is taken anew, to be followed up, perhaps by somebody else.
  const endOf = new Map(patients.map(({ name, endsAt }) => [name, begun + endsAt]));
  const whileWaiting = log.results.filter(
    ({ at, about }) => Date.parse(at) <= (endOf.get(about?.label ?? "") ?? 0),
  );
  const owners = Map.groupBy(whileWaiting, ({ about }) => about?.id ?? "");
  expect(owners.size).toBe(patients.length);
  expect(
    [...owners].filter(([, all]) => new Set(all.map(({ who }) => who.label)).size !== 1),
  ).toEqual([]);
  const alarmed = async () => (await read(page, "alerts?limit=200", alertsShape)).results;
  const namesOf = (all: Awaited<ReturnType<typeof alarmed>>) =>
    all.map(({ person }) => person?.name ?? "").toSorted();
  const due = patients.filter(isAlarmed).map(({ name }) => name);
  await expect.poll(async () => namesOf(await alarmed())).toEqual(due.toSorted());
  expect((await alarmed()).filter(({ rings }) => rings !== 1)).toEqual([]);
  test.info().annotations.push({
    type: "the day",
    description: `${ended.length} waits, ${owners.size} taken, ${due.length} alarms, ${lost.length} lost`,
  });
  for (const { context } of workers.slice(2)) await context.close();

  await removal(first, second, rooms[0] ?? new DailyRoom(source, "room"));
  for (const { context } of workers.slice(0, 2)) await context.close();
  await line.cut();
});

/** By keyboard alone somebody is removed, and a colleague sees that it was asked until it is reported. */
async function removal({ page, name }: Worker, colleague: Worker, room: DailyRoom): Promise<void> {
  const bo = guest("Bo Ejected");
  await room.joins(bo);
  await tabsTo(page, page.getByRole("main").getByRole("link", { name: room.name, exact: true }));
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: /Bo Ejected/ }).click();
  const remove = page.getByRole("button", { name: "Remove from the meeting" });
  await tabsTo(page, remove);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Remove Bo Ejected from the meeting?" });
  await tabsTo(page, dialog.getByRole("button", { name: "Remove them" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(remove).toBeFocused();
  const asked = `${name} asked to remove Bo Ejected`;
  const board = colleague.page.getByRole("list", { name: "Asked of the provider" });
  await expect(board).toContainText(asked);
  await page.reload();
  await expect(page.getByRole("list", { name: "Asked of the provider" }).first()).toContainText(
    asked,
  );
  await room.leaves(bo);
  await expect(board).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Asked of the provider" })).toHaveCount(0);
}

/** What the day looks like, kept where the results are. */
async function pictures(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/clinic-day/${width}-${colorScheme}.png` });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
