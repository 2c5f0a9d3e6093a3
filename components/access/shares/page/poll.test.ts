import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { ServerClock } from "#components/sync/clock.ts";
import { ConnectionStatusStore } from "#components/sync/connection-status.ts";
import { Poll } from "./poll.ts";

const NOW = Date.UTC(2026, 10, 20, 10);
const answer = z.object({ as_of: z.string(), build: z.string(), count: z.number() });
type Counted = z.infer<typeof answer>;

/** What the server answers to each request; a failure where it is `null`. */
let answers: () => Response | Promise<Response> | null = () => null;
let asked: { tag: string | null; signal: AbortSignal | null | undefined }[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  sessionStorage.clear();
  asked = [];
  vi.stubGlobal("fetch", async (_: string, { headers, signal }: RequestInit) => {
    asked.push({ tag: new Headers(headers).get("if-none-match"), signal });
    const given = answers();
    if (given === null) throw new TypeError("no line");
    return given;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const counted = (count: number, build = "b1"): Counted => ({
  ...{ as_of: new Date(Date.now()).toISOString(), build, count },
});
const ok = (count: number, build?: string) =>
  Response.json(counted(count, build), { headers: { etag: `"${count}"` } });
const unchanged = () => new Response(null, { status: 304 });
const refused = (status: number, body: string) => new Response(body, { status });

function open() {
  const clock = new ServerClock(NOW);
  const link = new ConnectionStatusStore();
  const reload = vi.fn();
  const schema = async () => answer;
  const poll = new Poll({ path: "/shared/x", opened: counted(0), schema, clock, link, reload });
  return { poll, link, reload, stop: poll.start() };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("it shows what was answered last, and asks only for what is new", async () => {
  answers = () => ok(1);
  const { poll, link, stop } = open();
  await pass(0);
  expect([poll.get(), link.get().state]).toMatchObject([{ answer: { count: 1 } }, "live"]);
  answers = unchanged;
  await pass(3_000);
  expect(asked.map(({ tag }) => tag)).toEqual([null, '"1"', '"1"']);
  stop();
  await pass(60_000);
  expect(asked).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ["no answer", () => null],
  ["503", () => refused(503, '{"error":{"code":"unavailable"}}')],
  ["another server's 404", () => refused(404, "<h1>Not here</h1>")],
  ["another server's 404 in JSON", () => refused(404, '{"message":"no backend"}')],
  ["a 200 of no meaning", () => refused(200, "<h1>Sign in to the network</h1>")],
  ["half an answer", () => refused(200, '{"as_of')],
])("%s is a loss, from when it was last heard, and no end", async (_, lost) => {
  answers = () => ok(1);
  const { poll, link, stop } = open();
  await pass(0);
  answers = lost;
  await pass(30_000);
  expect(link.get()).toMatchObject({ state: "lost", since: NOW, before: "live" });
  expect(poll.get()).toMatchObject({ is: "shown", answer: { count: 1 } });
  answers = () => ok(2);
  await pass(2_000);
  expect([poll.get(), link.get().state]).toMatchObject([{ answer: { count: 2 } }, "live"]);
  stop();
});

test("what is not answered is given up, and asked again", async () => {
  answers = () => new Promise<Response>(() => undefined);
  const { stop } = open();
  await pass(7_999);
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([false]);
  await pass(1);
  expect(asked[0]?.signal?.aborted).toBe(true);
  stop();
});

test("a machine that slept does not take what it shows for the present", async () => {
  answers = () => ok(1);
  const { poll, link, stop } = open();
  await pass(0);
  answers = () => new Promise<Response>(() => undefined);
  vi.setSystemTime(NOW + 3_600_000);
  await pass(1_500);
  expect(link.get()).toMatchObject({ state: "lost", since: NOW });
  expect(poll.get().is).toBe("shown");
  stop();
});

test("a link that is over is not asked for again", async () => {
  answers = () => refused(404, '{"error":{"code":"not_found","message":"No such link."}}');
  const { poll } = open();
  await pass(0);
  expect(poll.get()).toEqual({ is: "over" });
  poll.askNow();
  await pass(60_000);
  expect(asked).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("another build loads the page again, and not for ever", async () => {
  answers = () => ok(1, "b2");
  const { reload, stop } = open();
  await pass(59_000);
  expect(reload).toHaveBeenCalledTimes(1);
  await pass(3_000);
  expect(reload).toHaveBeenCalledTimes(2);
  stop();
});
