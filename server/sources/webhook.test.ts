import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listEntries } from "#db/access/audit.ts";
import { sourceById } from "#db/sources/sources.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { SECRET, type TestSource } from "#server/testing/test-app.ts";

const KEY = "key-of-an-account-at-daily";

let client: ApiClient;
let account: TestSource;
let status = 200;
const asked: { key: unknown; hmac: unknown; url: unknown }[] = [];
/** Daily's API on this machine. */
const http = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  res.writeHead(status, { "content-type": "application/json" });
  if (status !== 200) return res.end(JSON.stringify({ error: "x", info: `no: ${KEY}` }));
  if (req.method === "GET") return res.end("[]");
  const body = z
    .looseObject({ hmac: z.string(), url: z.string() })
    .parse(JSON.parse(Buffer.concat(chunks).toString()));
  asked.push({ key: req.headers.authorization, hmac: body.hmac, url: body.url });
  return res.end(JSON.stringify({ ...body, uuid: "w-1" }));
});
beforeAll(async () => {
  client = await openApiClient();
  account = await client.app.account();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
});
afterAll(async () => {
  Object.assign(processContext().env, { publicUrl: null, providerApi: null });
  http.closeAllConnections();
  http.close();
  await client.app.close();
});

async function make(body: object, id = account.id, method = "POST", part = "webhook") {
  const headers = { ...client.person, "content-type": "application/json" };
  const url = `http://localhost:3000/api/v1/sources/${id}/${part}`;
  const answer = await answerOf(new Request(url, { method, headers, body: JSON.stringify(body) }));
  const text = await answer.text();
  expect(text).not.toContain(KEY);
  return { status: answer.status, text };
}

test("without an address by which providers reach us, nothing is asked", async () => {
  expect(await make({ key: KEY })).toMatchObject({ status: 409 });
});

test("the webhook is made with the newest secret, by a key that is used once and not stored", async () => {
  const { env } = processContext();
  const at = http.address();
  env.publicUrl = "https://rollcall.example.com";
  env.providerApi = `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}`;
  const made = await make({ key: KEY });
  expect(made.status).toBe(200);
  expect(JSON.parse(made.text)).toEqual({
    webhook: { id: "w-1", made: "created" },
    key_kept: false,
  });
  expect(asked).toEqual([
    {
      key: `Bearer ${KEY}`,
      hmac: account.secret,
      url: `https://rollcall.example.com/api/webhooks/daily/${account.id}`,
    },
  ]);
  const { orm } = client.app.database;
  expect((await sourceById(orm, account.id))?.sealedApiKey).toBeNull();
  expect((await make({})).text).toContain("none is kept");
  const all = { action: null, who: null, about: null, q: null, from: null, to: null };
  const [entry] = await listEntries(orm, all, null, 1);
  expect(entry).toMatchObject({ action: "source.connected", details: { key_kept: false } });
  expect(JSON.stringify(entry)).not.toContain(KEY);
});

test("asked to be kept it is encrypted, used without being sent again, and forgotten", async () => {
  await make({ key: KEY, keep: true });
  const { orm } = client.app.database;
  const sealed = (await sourceById(orm, account.id))?.sealedApiKey;
  expect(sealed && decrypt(sealed, SECRET)).toBe(KEY);
  expect((await make({})).status).toBe(200);
  expect(asked.at(-1)?.key).toBe(`Bearer ${KEY}`);
  const forgotten = await make({}, account.id, "DELETE", "api-key");
  expect(JSON.parse(forgotten.text)).toMatchObject({ api_key: null });
  expect((await make({})).status).toBe(400);
});

test("one is kept without making anything, shown by its end and age, and replaced", async () => {
  const keep = (key: string) => make({ key }, account.id, "PUT", "api-key");
  const before = asked.length;
  const beganAt = Date.now();
  expect(JSON.parse((await keep("another-key")).text).api_key.last_four).toBe("-key");
  const { api_key } = JSON.parse((await keep(KEY)).text);
  expect(api_key.last_four).toBe(KEY.slice(-4));
  expect(Date.parse(api_key.kept_since)).toBeGreaterThanOrEqual(beganAt);
  expect(asked).toHaveLength(before);
  expect((await make({})).status).toBe(200);
  expect(asked.at(-1)?.key).toBe(`Bearer ${KEY}`);
  expect(await keep(" ")).toMatchObject({ status: 400 });
  const chapel = await client.app.account("generic");
  expect(await make({ key: KEY }, chapel.id, "PUT", "api-key")).toMatchObject({ status: 409 });
  await make({}, account.id, "DELETE", "api-key");
});

test.each([
  [401, "provider_key_refused"],
  [400, "provider_refused"],
  [429, "provider_busy"],
  [502, "provider_away"],
])("%d of the provider is answered %s, with its words and nothing else", async (given, code) => {
  status = given;
  const answer = await make({ key: KEY, keep: true });
  expect(answer).toMatchObject({ status: 422, text: expect.stringContaining(code) });
  expect(answer.text).toContain("It says: “no: …”");
  const { orm } = client.app.database;
  expect((await sourceById(orm, account.id))?.sealedApiKey).toBeNull();
  status = 200;
});

test("a provider without such an API is followed by hand", async () => {
  const bots = await client.app.account("attendee");
  expect(await make({ key: KEY }, bots.id)).toMatchObject({
    status: 409,
    text: expect.stringContaining("no_api"),
  });
});
