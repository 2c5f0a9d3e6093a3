import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { keyNamed } from "#db/access/keys.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const made = z.object({ id: z.string(), key: z.string() });

/** Asks as a person at this machine does. */
function ask(method: string, path: string, body?: unknown) {
  const headers = { ...client.person, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return answerOf(
    new Request(`http://localhost:3000/api/v1/keys${path}`, { method, headers, ...sent }),
  );
}

const withKey = (key: string, path: string) =>
  client.ask(path, { authorization: `Bearer ${key}` }).then(({ status }) => status);

test("a person makes a key, which opens what it may, and revokes it", async () => {
  const answer = await ask("POST", "", { name: " Report ", scopes: ["read"] });
  expect(answer.status).toBe(201);
  const { id, key } = made.parse(await answer.json());
  expect(await withKey(key, "/api/v1/meetings")).toBe(200);
  const own = { id, name: "Report", scopes: ["read"], expires_at: null, revoked_at: null };
  const listed: unknown = await (await ask("GET", "")).json();
  expect(listed).toMatchObject({ results: expect.arrayContaining([expect.objectContaining(own)]) });
  expect(JSON.stringify(listed)).not.toContain(key);

  const revoked = await ask("DELETE", `/${id}`);
  expect(await revoked.json()).toMatchObject({ id, revoked_at: expect.any(String) });
  expect(await withKey(key, "/api/v1/meetings")).toBe(401);
});

test("what a key sees is stored with it, and with who asks", async () => {
  const source = await client.app.account();
  const sight = { sources: [source.id], rooms: ["Algebra*"], masked: true };
  const answer = await ask("POST", "", { name: "Some", ...sight });
  const answered: unknown = await answer.json();
  expect(answered).toMatchObject(sight);
  const { key } = made.parse(answered);
  expect(await keyNamed(client.app.database.orm, key, Date.now())).toMatchObject({ sight });
  const whole = { sources: null, rooms: null, masked: false };
  expect(await (await ask("POST", "", { name: "All" })).json()).toMatchObject(whole);
});

test("without scopes a key may everything, and its end is stored as a moment", async () => {
  const body = { name: "All", expires_at: "2099-04-01T00:00:00+02:00" };
  expect(await (await ask("POST", "", body)).json()).toMatchObject({
    scopes: ["read", "write", "deliver"],
    expires_at: "2099-03-31T22:00:00.000Z",
  });
});

test.each<[what: string, body: unknown]>([
  ["no name", { scopes: ["read"] }],
  ["a blank name", { name: "  " }],
  ["no scope", { name: "X", scopes: [] }],
  ["an unknown scope", { name: "X", scopes: ["owner"] }],
  ["an end in the past", { name: "X", expires_at: "2020-01-01T00:00:00Z" }],
  ["an end that is no moment", { name: "X", expires_at: "tomorrow" }],
  ["a source that is not there", { name: "X", sources: ["00000000-0000-4000-8000-000000000000"] }],
  ["no source", { name: "X", sources: [] }],
  ["an empty pattern", { name: "X", rooms: [""] }],
  ["an unknown field", { name: "X", admin: true }],
])("a key with %s is not made", async (_what, body) => {
  const before = await (await ask("GET", "")).text();
  const answer = await ask("POST", "", body);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: "bad_key" } }]);
  expect(await (await ask("GET", "")).text()).toBe(before);
});

test.each(["1", "00000000-0000-4000-8000-000000000000"])(
  "a key that is not there cannot be revoked: %s",
  async (id) => {
    expect((await ask("DELETE", `/${id}`)).status).toBe(404);
  },
);
