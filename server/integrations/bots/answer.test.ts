import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, shareDatabase } from "#db/connection/client.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { botNamed } from "#server/testing/bot.ts";
import { post, SECRET } from "#server/testing/test-app.ts";

let counter: ApiClient;
beforeAll(async () => {
  counter = await openApiClient();
  const account = await counter.app.account("attendee");
  await post(counter.app, account, botNamed("bot_1").joins("10:00", "Ada"));
});
afterAll(() => counter.app.close());

const everywhere = [
  "/api/v1/bots/bot_1",
  "/api/v1/bots/bot_1/participants",
  "/api/v1/bots/bot_1/participant_events",
];
const session = () => `${SESSION_COOKIE}=${makeSession(SECRET, Date.now())}`;

describe("a client of Attendee is admitted", () => {
  test.each<[string, () => Record<string, string>]>([
    ["with a key as it sends it", () => ({ authorization: `Token ${counter.key}` })],
    ["however it spells that", () => ({ authorization: `token ${counter.key}` })],
    ["with a key as Bearer", () => ({ authorization: `Bearer ${counter.key}` })],
    ["in this machine's browser", () => ({ cookie: session(), host: "127.0.0.1:3000" })],
  ])("%s", async (_how, headers) => {
    for (const path of everywhere) {
      const response = await counter.ask(path, headers());
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json");
    }
  });
});

describe("a caller without a valid key gets Attendee's refusal before anything is read", () => {
  const missing = "Missing Authorization header";
  const malformed = "Invalid Authorization header. Should have this format: Token <api_key>";
  const unknown = "Invalid or disabled API key";

  test.each<[string, () => Record<string, string>, string]>([
    ["nothing", () => ({}), missing],
    ["an empty header", () => ({ authorization: "" }), malformed],
    ["a key by itself", () => ({ authorization: counter.key }), malformed],
    ["a key as Basic", () => ({ authorization: `Basic ${counter.key}` }), malformed],
    ["three words", () => ({ authorization: `Token ${counter.key} x` }), malformed],
    [
      "a broken header beside a session",
      () => ({ authorization: "Token", cookie: session() }),
      malformed,
    ],
    ["another key", () => ({ authorization: "Token rk_none" }), unknown],
    [
      "another key beside a session",
      () => ({ authorization: "Token rk_none", cookie: session() }),
      unknown,
    ],
  ])("%s", async (_what, headers, detail) => {
    for (const path of [...everywhere, "/api/v1/bots/bot_none?after=x"]) {
      const response = await counter.ask(path, headers());
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Token");
      expect(await response.text()).toBe(JSON.stringify({ detail }));
    }
  });
});

test("an admitted client can read, and nothing else", async () => {
  for (const path of everywhere) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const response = await counter.send(method, path);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
      expect(await response.text()).toBe(`{"detail":"Method \\"${method}\\" not allowed."}`);
    }
    const options = await counter.ask(path, { authorization: `Token ${counter.key}` }, "OPTIONS");
    expect([options.status, options.headers.get("allow")]).toEqual([200, "GET, HEAD, OPTIONS"]);
    expect((await counter.ask(path, {}, "OPTIONS")).status).toBe(401);
    expect((await counter.ask(path, {}, "DELETE")).status).toBe(401);
  }
});

test("an unknown bot is not found", async () => {
  const none = [
    "bot_2",
    "BOT_1",
    "bot_1%00",
    "00000000-0000-4000-8000-000000000000",
    "%F0%9F%A6%8A",
  ];
  for (const id of none) {
    for (const path of everywhere) {
      const response = await counter.ask(path.replace("bot_1", id));
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('{"error":"Bot not found"}');
    }
  }
});

test("while the database is down a client is told to retry", async () => {
  const down = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
  shareDatabase(down);
  const response = await counter.ask("/api/v1/bots/bot_1");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await response.json()).toEqual({ detail: "The database does not answer. Try again." });
  shareDatabase(counter.app.database);
  await down.close();
});
