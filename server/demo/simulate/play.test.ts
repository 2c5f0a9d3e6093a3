import { createServer, type Server as HttpServer, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { provider } from "#server/providers/providers.ts";
import { type PlayProgress, play } from "./play.ts";
import { scriptStart, simulate, Unreachable } from "./simulate.ts";
import { writeScript } from "./writing/script.ts";

const SECRET = Buffer.alloc(32, 7).toString("base64");
const sources = {
  daily: { path: "/api/webhooks/daily/one", secret: SECRET },
  attendee: { path: "/api/webhooks/attendee/two", secret: SECRET },
  generic: { path: "/api/webhooks/generic/three", secret: SECRET },
};

interface Reply {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

const RECORDED: Reply = { status: 200, body: '{"status":"recorded"}' };

/** A server that recognises repeats, and refuses unsigned bodies. */
let server: HttpServer;
let baseUrl: string;
let received: { path: string; body: string; at: number }[];
/** Answers to give before the usual ones. */
let replies: Reply[];

beforeEach(async () => {
  received = [];
  replies = [];
  server = createServer((request, response) => {
    void read(request).then((body) => {
      const { status, headers, body: text } = replyTo(request, body);
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function replyTo(request: IncomingMessage, body: string): Reply {
  const path = request.url ?? "";
  if (body === '{"test":"test"}') return path === sources.daily.path ? RECORDED : { status: 404 };
  const now = Date.now();
  const verification = provider(path.split("/")[3] ?? "")?.verify({
    raw: Buffer.from(body),
    header: (name) => request.headers[name]?.toString() ?? null,
    query: () => null,
    path: "",
    secrets: [SECRET],
    now,
    toleranceMs: 5_000,
  });
  if (!verification?.ok) return { status: 401 };
  const reply = replies.shift();
  if (reply) return reply;
  const repeated = received.some((one) => one.body === body);
  received.push({ path, body, at: now });
  return repeated ? { status: 200, body: '{"status":"repeated"}' } : RECORDED;
}

const small = (start: number) =>
  writeScript({ seed: 3, meetings: 2, people: 8, minutes: 1, start });
const asFast = () => ({ baseUrl, sources, speed: 0, startedAt: Date.now() });

describe("playing as fast as possible", () => {
  test("delivers everything once and counts the outcomes", async () => {
    const script = small(Date.now() - 60_000);
    const repeats = script.deliveries.filter(({ repeat }) => repeat).length;
    const answers = await play(script, asFast());
    expect(answers).toMatchObject({
      sent: script.deliveries.length,
      recorded: script.deliveries.length - repeats,
      repeated: repeats,
      refused: 0,
      failed: 0,
    });
    expect(received).toHaveLength(script.deliveries.length);
    expect(new Set(received.map(({ path }) => path))).toEqual(
      new Set([sources.daily.path, sources.attendee.path]),
    );
  });

  test("reports its progress", async () => {
    const script = small(Date.now() - 60_000);
    const updates: PlayProgress[] = [];
    await play(script, { ...asFast(), onProgress: (progress) => updates.push(progress) });
    expect(updates.map(({ answers }) => answers.sent)).toContain(script.deliveries.length);
    expect(updates.every(({ total }) => total === script.deliveries.length)).toBe(true);
    expect(Math.max(...updates.map(({ live }) => live))).toBe(2);
  });

  test("one at a time, keeps the order", async () => {
    const script = small(Date.now() - 60_000);
    await play(script, { ...asFast(), concurrency: 1 });
    const daily = script.deliveries.filter(({ provider }) => provider === "daily");
    expect(
      received.filter(({ path }) => path === sources.daily.path).map(({ body }) => body),
    ).toEqual(daily.map(({ body }) => body));
  });
});

describe("a server that cannot take it", () => {
  test("now, is tried again after the pause it asks for", async () => {
    replies = [{ status: 503, headers: { "retry-after": "1" } }];
    const script = small(Date.now() - 60_000);
    const answers = await play(script, asFast());
    expect(answers).toMatchObject({ sent: script.deliveries.length, refused: 0, failed: 0 });
    expect(received).toHaveLength(script.deliveries.length);
    expect(answers.elapsedMs).toBeGreaterThanOrEqual(990);
  });

  test("at all, fails it after some tries", async () => {
    replies = Array.from({ length: 6 }, () => ({ status: 503, headers: { "retry-after": "0" } }));
    const answers = await play(small(Date.now() - 60_000), { ...asFast(), concurrency: 1 });
    expect(answers.failed).toBe(1);
    expect(received).toHaveLength(answers.sent - 1);
  });

  test("and never will, refuses it once", async () => {
    replies = [{ status: 404 }, { status: 200, body: "<html>" }];
    const answers = await play(small(Date.now() - 60_000), asFast());
    expect(answers).toMatchObject({ refused: 1, failed: 1 });
  });

  test("because the secret is another, refuses everything", async () => {
    const other = Buffer.alloc(32, 8).toString("base64");
    const wrong = { ...sources, daily: { ...sources.daily, secret: other } };
    const script = small(Date.now() - 60_000);
    const answers = await play(script, { ...asFast(), sources: wrong });
    expect(answers.refused).toBe(
      script.deliveries.filter((one) => one.provider === "daily").length,
    );
  });

  test("because nothing can be signed, is not asked", async () => {
    const wrong = { ...sources, daily: { ...sources.daily, secret: "" } };
    await expect(play(small(0), { ...asFast(), sources: wrong })).rejects.toThrow("base64");
  });
});

describe("playing by the clock", () => {
  test("sends nothing before it is due, and nothing about later events", async () => {
    const speed = 60;
    const startedAt = Date.now();
    const script = small(scriptStart(startedAt, 1, speed));
    const answers = await play(script, { baseUrl, sources, speed, startedAt });
    expect(answers.failed + answers.refused).toBe(0);
    const due = new Map(script.deliveries.map((one) => [one.body, one]));
    const daily = received.filter(({ path }) => path === sources.daily.path);
    expect(daily.length).toBeGreaterThan(5);
    for (const { body, at } of daily) {
      const delivery = due.get(body);
      expect(delivery?.at).toBeLessThanOrEqual(at);
    }
    expect(answers.elapsedMs).toBeGreaterThanOrEqual(900);
    expect(script.end - Date.now()).toBeLessThanOrEqual(0);
  });

  test("stops at once when it is aborted", async () => {
    const startedAt = Date.now();
    const stop = new AbortController();
    const script = small(startedAt);
    // By then it waits for the next delivery: the script goes on for a minute.
    const onProgress = () => stop.abort();
    const options = { baseUrl, sources, speed: 1, startedAt, signal: stop.signal, onProgress };
    const answers = await play(script, options);
    expect(answers.sent).toBe(received.length);
    expect(answers.sent).toBeLessThan(script.deliveries.length);
    expect(Date.now()).toBeLessThan(script.end);
  });
});

describe("simulate", () => {
  test("plays a script and returns its truth", async () => {
    const { seed, script, answers, truth } = await simulate({
      baseUrl,
      sources,
      speed: 0,
      seed: 5,
    });
    expect(seed).toBe(5);
    expect(script).toMatchObject({ meetings: 6, people: 40 });
    expect(answers.sent).toBe(script.deliveries);
    expect(truth.meetings).toHaveLength(6);
    expect(Date.parse(truth.as_of)).toBeLessThanOrEqual(Date.now());
  });

  test("reports that no server answers", async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(simulate({ baseUrl, sources })).rejects.toThrow(Unreachable);
  });

  test("reports an unknown source", async () => {
    const unknown = { ...sources, daily: { path: "/api/webhooks/daily/none", secret: SECRET } };
    await expect(simulate({ baseUrl, sources: unknown })).rejects.toThrow(Unreachable);
  });

  test("refuses an invalid speed", async () => {
    await expect(simulate({ baseUrl, sources, speed: -1 })).rejects.toThrow(RangeError);
  });
});

test("a script ends by the clock when its last event is sent", () => {
  const now = Date.UTC(2026, 10, 20, 9);
  expect(scriptStart(now, 30, 1)).toBe(now);
  expect(scriptStart(now, 30, 0)).toBe(now - 30 * 60_000);
  expect(scriptStart(now, 30, 10)).toBe(now - 27 * 60_000);
  expect(scriptStart(now, 30, 0.5)).toBe(now);
});
