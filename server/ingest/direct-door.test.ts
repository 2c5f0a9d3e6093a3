import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  request,
} from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { shareDatabase } from "#db/connection/client.ts";
import { joins } from "#domain/testing/history.ts";
import { BODY_LIMIT } from "#server/http/request-body.ts";
import { webhookDoor } from "#server/process.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { type OnlyNext, startNext } from "#server/testing/next.ts";
import {
  openTestApp,
  SECRET,
  signed,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { directDoor } from "./direct-door.ts";

let app: TestApp;
let account: TestSource;
let next: OnlyNext;
let direct: { url: string; close(): void };

beforeAll(async () => {
  app = await openTestApp();
  account = await app.account();
  const env = { ROLLCALL_SECRET: SECRET, LOG_LEVEL: "silent" };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  shareDatabase(app.database);
  const handle = directDoor(webhookDoor());
  const http = createServer((req, res) => void handle(req, res));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" ? address?.port : 0;
  direct = { url: `http://127.0.0.1:${port}`, close: () => http.closeAllConnections() };
  next = await startNext({ ...env, DATABASE_URL: app.url });
  // The first request waits for Next to compile the route.
  await ask(next.url, { path: "/api/webhooks/daily/none" });
});
afterAll(async () => {
  direct.close();
  await next.stop();
  await app.close();
});

interface Question {
  path?: string;
  method?: string;
  headers?: OutgoingHttpHeaders;
  /** A list is sent in pieces, without a declared length. */
  body?: string | Buffer | readonly Buffer[];
}

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends to one door. The rest of a body is not sent when the answer comes first. */
function ask(url: string, { path, method = "POST", headers = {}, body = "" }: Question) {
  return new Promise<Answer>((resolve, reject) => {
    const pieces = typeof body === "string" || Buffer.isBuffer(body) ? null : body;
    const sent = request(new URL(path ?? pathOf(account), url), { method, headers, agent: false });
    let answered = false;
    sent.on("response", (response) => {
      answered = true;
      let text = "";
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: text });
        sent.destroy();
      });
    });
    sent.on("error", (error) => {
      if (!answered) reject(error);
    });
    for (const piece of pieces ?? []) sent.write(piece);
    if (pieces) sent.end();
    else sent.end(body);
  });
}

function pathOf({ provider, id }: TestSource): string {
  return `/api/webhooks/${provider}/${id}`;
}

/** A signed join, of another person at each door, so that it is new at both. */
function arrival(door: string, changes: Question = {}): Question {
  const body = bodyOf("daily", joins(door)(Date.UTC(2026, 10, 20, 10)), door, door);
  const { headers } = signed(account, body, Date.now()).init;
  return { ...changes, body: changes.body ?? body, headers: { ...headers, ...changes.headers } };
}

const ada = () => arrival("Ada");
function flipped(): Question {
  const bytes = Buffer.from(bodyOf("daily", joins("Ada")(0), "ward", "1"));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  return { ...ada(), body: bytes };
}

const questions: [what: string, status: number, ask: (door: string) => Question][] = [
  ["a good one", 200, arrival],
  ["the same again", 200, arrival],
  ["a good one with a query", 200, (door) => arrival(door, { path: `${pathOf(account)}?a=b` })],
  ["in pieces, without a length", 200, (door) => inPieces(arrival(`${door} in pieces`))],
  ["a flipped byte", 401, flipped],
  ["no signature", 401, () => ({ body: "{}" })],
  ["a stale timestamp", 401, () => arrivalAt(Date.now() - 2 * 86_400_000)],
  ["an unknown source", 404, () => ({ ...ada(), path: "/api/webhooks/daily/none" })],
  ["another provider", 404, () => ({ ...ada(), path: `/api/webhooks/attendee/${account.id}` })],
  ["an unknown provider", 404, () => ({ ...ada(), path: `/api/webhooks/zoom/${account.id}` })],
  ["an encoded provider", 200, (door) => encoded(door)],
  ["a path of no provider's", 404, () => ({ ...ada(), path: `${pathOf(account)}/more/of/it` })],
  ["an encoded path", 404, () => ({ ...ada(), path: "/api/webhooks/daily/%2e%2e%2fx" })],
  ["a wrong shape", 200, (door) => signedBody(`{"type":"participant.joined","door":"${door}"}`)],
  ["no JSON", 200, (door) => signedBody(`no JSON from ${door}`)],
  ["an empty body", 401, () => ({})],
  ["an ignored type", 200, (door) => signedBody(`{"type":"recording.started","id":"${door}"}`)],
  ["a ping", 200, () => ({ body: '{"test":"test"}' })],
  ["too large, declared", 413, () => ({ body: Buffer.alloc(BODY_LIMIT + 1) })],
  ["too large, in pieces", 413, () => ({ body: pieces(BODY_LIMIT + 65_536) })],
  ["as large as may be", 401, () => ({ body: Buffer.alloc(BODY_LIMIT) })],
];

function signedBody(body: string): Question {
  return { body, headers: signed(account, body, Date.now()).init.headers };
}

function encoded(door: string): Question {
  return arrival(`${door} encoded`, { path: `/api/webhooks/dail%79/${account.id}` });
}

function arrivalAt(at: number): Question {
  const body = bodyOf("daily", joins("Ada")(at), "ward", "1");
  return { body, headers: signed(account, body, at).init.headers };
}

function inPieces(question: Question): Question {
  const bytes = Buffer.from(String(question.body));
  return { ...question, body: [bytes.subarray(0, 10), bytes.subarray(10)] };
}

function pieces(length: number): Buffer[] {
  return Array.from({ length: length / 65_536 }, () => Buffer.alloc(65_536));
}

describe("both doors answer alike", () => {
  test.each(questions)("%s: %i", async (_what, status, question) => {
    const one = await ask(direct.url, question("direct"));
    const other = await ask(next.url, question("next"));
    const seen = ({ headers, ...answer }: Answer) => ({
      ...answer,
      type: headers["content-type"],
      again: headers["retry-after"],
    });
    expect(seen(other)).toEqual(seen(one));
    expect(one.status).toBe(status);
    expect(one.headers["content-type"]).toBe("application/json");
  });
});

/*
 * Paths that no provider was given. Providers do not follow redirects, so the direct door takes a slash at the
 * end; both doors refuse the rest, each in its own words.
 */
test.each([
  ["a slash at the end", (path: string) => `${path}/`, 200, 308],
  ["a part too few", () => "/api/webhooks/daily", 404, 404],
  ["a broken escape", () => "/api/webhooks/daily/%zz", 404, 400],
])("a path with %s is answered differently", async (what, pathFrom, atDirect, atNext) => {
  const question = arrival(what, { path: pathFrom(pathOf(account)) });
  expect((await ask(direct.url, question)).status).toBe(atDirect);
  expect((await ask(next.url, question)).status).toBe(atNext);
});

test("the direct door stops reading a body that never ends", async () => {
  const sent = request(new URL(pathOf(account), direct.url), { method: "POST", agent: false });
  let bytes = 0;
  const closed = new Promise<void>((resolve) => sent.on("close", resolve));
  sent.on("error", () => undefined);
  const status = new Promise((resolve) => sent.on("response", (res) => resolve(res.statusCode)));
  const pump = () => {
    if (sent.destroyed) return;
    bytes += 65_536;
    if (sent.write(Buffer.alloc(65_536))) setImmediate(pump);
    else sent.once("drain", pump);
  };
  pump();
  expect(await status).toBe(413);
  await closed;
  expect(bytes).toBeLessThan(256 * BODY_LIMIT);
});

test("through Next, which alone gets other methods, a webhook is taken by POST only", async () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    expect((await ask(next.url, { method })).status).toBe(405);
  }
});
