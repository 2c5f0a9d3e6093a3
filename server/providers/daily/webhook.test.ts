import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { EVENT_TYPES, makeWebhook, wordsIn } from "./webhook.ts";

/* Daily's API, played by a server on this machine: what it is asked, and what it answers. */

const KEY = "a-daily-api-key-of-an-account";
const SECRET = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
const URL_HERE = "https://rollcall.example.com/api/webhooks/daily/1";
const ASKED = { url: URL_HERE, secret: SECRET };

let asked: { method: string | undefined; path: string | undefined; key: unknown; body: unknown }[];
let answer: (req: IncomingMessage, res: ServerResponse) => void;
const http = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  const body: unknown = text === "" ? null : JSON.parse(text);
  asked.push({ method: req.method, path: req.url, key: req.headers.authorization, body });
  answer(req, res);
});
let address: string;
beforeAll(async () => {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const at = http.address();
  address = `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
});

const answering = (status: number, json: unknown) => (_: IncomingMessage, res: ServerResponse) => {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
};
const byMethod =
  (
    get: (req: IncomingMessage, res: ServerResponse) => void,
    post: (req: IncomingMessage, res: ServerResponse) => void,
  ) =>
  (req: IncomingMessage, res: ServerResponse) =>
    (req.method === "GET" ? get : post)(req, res);
const api = (url = address, answerWithinMs = 5_000) =>
  openProviderApi({ scheme: "Bearer", url, key: KEY, wordsIn, answerWithinMs });
const made = { uuid: "w-1", url: URL_HERE, hmac: SECRET, state: "ACTIVE" };

async function failure(url = address, answerWithinMs?: number): Promise<ProviderApiFailure> {
  const error: unknown = await makeWebhook(api(url, answerWithinMs), ASKED).catch(
    (cause: unknown) => cause,
  );
  if (!(error instanceof ProviderApiFailure)) throw new Error("it did not fail", { cause: error });
  expect(JSON.stringify([error.message, error.said])).not.toContain(KEY);
  expect(JSON.stringify([error.message, error.said])).not.toContain(SECRET);
  return error;
}

test("the webhook is made with exponential retries, our secret and what tells of attendance", async () => {
  answer = byMethod(answering(200, []), answering(200, made));
  expect(await makeWebhook(api(), ASKED)).toEqual({ id: "w-1", made: "created" });
  const key = `Bearer ${KEY}`;
  expect(asked).toEqual([
    { method: "GET", path: "/webhooks", key, body: null },
    {
      ...{ method: "POST", path: "/webhooks", key },
      body: { url: URL_HERE, hmac: SECRET, retryType: "exponential", eventTypes: [...EVENT_TYPES] },
    },
  ]);
});

test("one that has this address already is brought up to date, which switches it on again", async () => {
  const others = { uuid: "w-0", url: "https://else.example.com" };
  answer = byMethod(
    answering(200, [others, { ...made, uuid: "w/1", state: "FAILED" }]),
    answering(200, made),
  );
  expect(await makeWebhook(api(), ASKED)).toEqual({ id: "w-1", made: "updated" });
  expect(asked.map(({ method, path }) => [method, path])).toEqual([
    ["GET", "/webhooks"],
    ["POST", "/webhooks/w%2F1"],
  ]);
});

describe("a failure says what it was, and neither the key nor the secret", () => {
  test.each([
    [401, { error: "authentication-error", info: "" }, "key_refused", null],
    [
      403,
      { error: "forbidden", info: `the key ${KEY} may not` },
      "key_refused",
      "the key … may not",
    ],
    [429, { error: "rate-limit-error" }, "busy", "rate-limit-error"],
    [500, { error: "server-error" }, "away", "server-error"],
    [302, "elsewhere", "away", null],
    [200, { nothing: true }, "away", "Its answer was not as its documentation says."],
  ] as const)("%d %j", async (status, json, problem, said) => {
    answer = answering(status, json);
    expect(await failure()).toMatchObject({ problem, said });
    expect(asked).toHaveLength(1);
  });

  test("a refused webhook has the reason, in one line", async () => {
    const info = `non-200 status code returned\nfrom webhook endpoint ${SECRET}, recvd undefined`;
    answer = byMethod(
      answering(200, { data: [] }),
      answering(400, { error: "invalid-request-error", info }),
    );
    expect(await failure()).toMatchObject({
      problem: "refused",
      said: "non-200 status code returned from webhook endpoint …, recvd undefined",
    });
  });

  test("what is no JSON, is too long, does not end or cannot be reached", async () => {
    answer = (_, res) => res.writeHead(200).end("<html>");
    expect(await failure()).toMatchObject({ problem: "away", said: null });
    answer = (_, res) => res.writeHead(200).end(Buffer.alloc(1_100_000, "x"));
    expect(await failure()).toMatchObject({ problem: "away" });
    answer = (_, res) => res.writeHead(200).write("[");
    expect(await failure(address, 100)).toMatchObject({
      problem: "away",
      said: "It did not answer in time.",
    });
    expect(await failure("http://127.0.0.1:1")).toMatchObject({ problem: "away", said: null });
  });

  test("a redirection is not followed: the key is for the one address", async () => {
    answer = (_, res) => res.writeHead(307, { location: `${address}/stolen` }).end();
    expect(await failure()).toMatchObject({ problem: "away" });
    expect(asked.map(({ path }) => path)).toEqual(["/webhooks"]);
  });
});
