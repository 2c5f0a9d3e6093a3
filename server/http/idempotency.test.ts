import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { beginRequest, CUT_OFF_AFTER_MS, clearAnswers } from "#db/access/answered-requests.ts";
import { createKey } from "#db/access/keys.ts";
import { apiKeys } from "#db/schema/accounts.ts";
import { answeredRequests } from "#db/schema/audit.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";

const DAY = 86_400_000;
const LISTS = "/api/v1/class-lists";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());
beforeEach(async () => {
  await clearAnswers(client.app.database.orm);
});

const id = z.object({ id: z.string() });
const lists = z.object({ results: z.array(z.object({ name: z.string() })) });
const entries = z.object({ results: z.array(z.object({ action: z.string() })) });

const send = (key: string, body: unknown, path = LISTS, as = client.key) =>
  client.put(path, JSON.stringify(body), {
    authorization: `Bearer ${as}`,
    "content-type": "application/json",
    "idempotency-key": key,
  });

const countOf = async (name: string) =>
  lists.parse(await client.read(LISTS)).results.filter((one) => one.name === name).length;

async function noted(): Promise<number> {
  const answer = await client.ask("/api/v1/audit?action=class_list.made", client.person);
  return entries.parse(await answer.json()).results.length;
}

test("the same request again is answered the same, done once and noted once", async () => {
  const before = await noted();
  const body = { name: "7b", roster: "Ada" };
  const first = await send("one", body);
  const again = await send("one", body);
  expect([first.status, first.headers.has("idempotency-replayed")]).toEqual([201, false]);
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
  expect(await again.text()).toBe(await first.text());
  expect(await countOf("7b")).toBe(1);
  expect(await noted()).toBe(before + 1);
  expect((await send("two", body)).headers.has("idempotency-replayed")).toBe(false);
});

test("another body, address or method with the same key is refused; of another caller it is another key", async () => {
  await send("one", { name: "7c", roster: "Ada" });
  for (const [body, path] of [
    [{ name: "7d", roster: "Ada" }, LISTS],
    [{ name: "7c", roster: "Ada" }, "/api/v1/rosters/read"],
  ] as const) {
    const other = await send("one", body, path);
    expect(other.status).toBe(422);
    expect(await other.text()).toContain("idempotency_key_reused");
  }
  const { key } = await createKey(client.app.database.orm, "another");
  const theirs = await send("one", { name: "7d", roster: "Ada" }, LISTS, key);
  expect(theirs.status).toBe(201);
});

test("whoever sees less by then is not answered what they saw before", async () => {
  const { orm } = client.app.database;
  const { id: own, key } = await createKey(orm, "narrowed");
  const account = await client.app.account();
  const meeting = {
    ...{ source: account.id, room: "narrowed", roster: "Ada Lovelace" },
    ...{ starts_at: "2026-12-01T10:00:00Z", ends_at: "2026-12-01T11:00:00Z" },
  };
  const ask = () => send("seen", meeting, "/api/v1/scheduled-meetings", key);
  const first = await ask();
  expect([first.status, await first.text()]).toEqual([201, expect.stringContaining("Lovelace")]);
  await orm.update(apiKeys).set({ masked: true }).where(eq(apiKeys.id, own));
  const again = await ask();
  expect(again.status).toBe(422);
  expect(await again.text()).not.toContain("Lovelace");
});

test("of many at once one is done, and the others are answered the same or told to wait", async () => {
  const body = { name: "7e", roster: "Ada" };
  const answers = await Promise.all(Array.from({ length: 12 }, () => send("at-once", body)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await answer.text()).toContain("request_under_way");
  }
  const made = answers.filter(({ status }) => status === 201);
  expect(
    new Set(await Promise.all(made.map(async (one) => id.parse(await one.json()).id))).size,
  ).toBe(1);
  expect(await countOf("7e")).toBe(1);
  expect((await send("at-once", body)).status).toBe(201);
});

test("what was refused may be asked again, with another body too", async () => {
  expect((await send("one", { name: 7 })).status).toBe(400);
  expect((await send("one", { name: "7f", roster: "Ada" })).status).toBe(201);
});

test("it holds for a day, is encrypted, and what a process left is begun again after a while", async () => {
  const { orm } = client.app.database;
  const [now, print, other] = [Date.now(), Buffer.from("one"), Buffer.from("other")];
  const request = { caller: "key 1", key: "one" };
  expect(await beginRequest(orm, request, print, now)).toBe("begun");
  expect(await beginRequest(orm, request, print, now + CUT_OFF_AFTER_MS)).toBe("under_way");
  expect(await beginRequest(orm, request, other, now + CUT_OFF_AFTER_MS + 1)).toBe("another");
  expect(await beginRequest(orm, request, print, now + CUT_OFF_AFTER_MS + 1)).toBe("begun");
  expect(await beginRequest(orm, request, other, now + CUT_OFF_AFTER_MS + DAY + 2)).toBe("begun");
  const body = { name: "Secret", scopes: ["read"] };
  const made = await client.put("/api/v1/keys", JSON.stringify(body), {
    ...client.person,
    authorization: "",
    "content-type": "application/json",
    "idempotency-key": "k",
  });
  const { key } = z.object({ key: z.string() }).parse(await made.json());
  const rows = await orm
    .select({ text: sql<string>`encode(${answeredRequests.sealed}, 'escape')` })
    .from(answeredRequests);
  expect(rows.filter(({ text }) => text?.includes(key) || text?.includes("Secret"))).toEqual([]);
  await clearAnswers(orm, Date.now() + 3 * DAY);
  expect(await orm.$count(answeredRequests)).toBe(0);
});

test.each(["", "x".repeat(256), "a b", "é"])("a key that is none is refused: %j", async (key) => {
  const answer = await send(key, { name: "7g", roster: "Ada" });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("bad_idempotency_key");
});

test("an answer that could not be kept is an answer all the same", async () => {
  const { orm } = client.app.database;
  await orm.execute(
    sql`alter table ${answeredRequests} add constraint broken check (sealed is null)`,
  );
  const answer = await send("one", { name: "7h", roster: "Ada" });
  await orm.execute(sql`alter table ${answeredRequests} drop constraint broken`);
  expect(answer.status).toBe(201);
});
