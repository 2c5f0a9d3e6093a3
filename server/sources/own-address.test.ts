import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catchUpOf } from "#db/sources/catching-up/catch-ups.ts";
import { sourceById } from "#db/sources/sources.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { Networks } from "#server/runtime/networks.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { catchUpSource } from "#server/sources/catching-up/catch-up-source.ts";
import { SECRET, type TestSource } from "#server/testing/test-app.ts";

const KEY = "key-of-an-own-attendee";
const HERE = Networks.in("127.0.0.0/8") ?? Networks.none;

let client: ApiClient;
let account: TestSource;
let origin: string;
let status = 200;
const asked: string[] = [];
/** An Attendee of somebody's own; and where a redirection of it leads. */
const http = createServer((req, res) => {
  asked.push(`${req.headers.authorization ?? ""} ${req.url}`);
  res.writeHead(status, { "content-type": "application/json", location: "/elsewhere" });
  res.end(JSON.stringify({ next: null, results: [] }));
});
beforeAll(async () => {
  client = await openApiClient();
  account = await client.app.account("attendee");
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const at = http.address();
  origin = `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}`;
});
afterAll(async () => {
  Object.assign(processContext().env, { allowedNetworks: Networks.none });
  http.closeAllConnections();
  http.close();
  await client.app.close();
});

async function keep(body: object, { id } = account, method = "PUT") {
  const headers = { ...client.person, "content-type": "application/json" };
  const url = `http://localhost:3000/api/v1/sources/${id}/api-key`;
  const answer = await answerOf(new Request(url, { method, headers, body: JSON.stringify(body) }));
  return { status: answer.status, body: await answer.json() };
}

const addressNow = async () => (await sourceById(client.app.database.orm, account.id))?.apiAddress;

/** Asks what was missed; what it came to. */
async function catchUp(allowed: Networks) {
  const { app } = client;
  await catchUpSource(
    {
      ...{ database: app.database, projector: app.door.intake.projector, secret: SECRET, allowed },
      ...{ providerApi: null, now: Date.now, chance: () => 0.5, sleep: async () => undefined },
      log: { error: () => undefined },
    },
    account.id,
    new AbortController().signal,
  );
  const { problem, said } = (await catchUpOf(app.database.orm, account.id)) ?? {};
  return { problem, said };
}

test.each([
  ["in a private network", () => origin],
  ["of the metadata of a cloud", () => "https://169.254.169.254"],
  ["without TLS", () => "http://93.184.216.34"],
  ["with a password", () => "https://a:b@93.184.216.34"],
  ["with a query", () => "https://93.184.216.34/?a=1"],
  ["of no server", () => "ftp://93.184.216.34"],
])("an address %s is not kept, and no key is sent to it", async (_, address) => {
  const answer = await keep({ key: KEY, address: address() });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad_api_address" } } });
  expect([asked, (await sourceById(client.app.database.orm, account.id))?.sealedApiKey]).toEqual([
    [],
    null,
  ]);
});

test("the API is asked where the key was entered for, and nowhere else", async () => {
  processContext().env.allowedNetworks = HERE;
  const kept = await keep({ key: KEY, address: `${origin}/api/v1/` });
  expect(kept).toMatchObject({ status: 200, body: { api_address: origin } });
  expect(await catchUp(HERE)).toEqual({ problem: null, said: null });
  expect(asked.length).toBeGreaterThan(1);
  for (const one of asked) expect(one.startsWith(`Token ${KEY} /api/v1/`), one).toBe(true);
  asked.length = 0;
  status = 302;
  expect(await catchUp(HERE)).toMatchObject({ problem: "away" });
  status = 200;
  expect(asked.filter((one) => one.endsWith("/elsewhere"))).toEqual([]);
  asked.length = 0;
  const refused = await catchUp(Networks.none);
  expect(refused).toMatchObject({ problem: "away", said: expect.stringContaining("Nothing was") });
  expect(asked).toEqual([]);
});

test("another address needs the key again; another key stays with the address", async () => {
  expect(await keep({ address: "https://93.184.216.34" })).toMatchObject({ status: 400 });
  expect(await addressNow()).toBe(origin);
  await keep({ key: "another-key" });
  expect(await addressNow()).toBe(origin);
  const forgotten = await keep({}, account, "DELETE");
  expect(forgotten.body).toMatchObject({ api_key: null, api_address: origin });
  await keep({ key: KEY, address: null });
  expect(await addressNow()).toBeNull();
});

test("a provider that nobody else runs has no other address", async () => {
  const room = await client.app.account("daily");
  const answer = await keep({ key: KEY, address: "https://93.184.216.34" }, room);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad_api_address" } } });
});
