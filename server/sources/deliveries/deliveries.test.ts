import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dropMonth } from "#db/recording/dropping.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { deliverBodies, post, type TestApp, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
let app: TestApp;
let account: TestSource;
const raw = bodyOf("daily", joins("Zoë 👩‍🚀")(clock("10:00")), "ward", "1");

beforeAll(async () => {
  counter = await openApiClient();
  app = counter.app;
  account = await app.account();
  await post(app, account, raw);
  await post(app, account, raw);
  await post(app, account, "no JSON");
  await post(app, account, "", { sent: new Uint8Array([0xff, 0xfe]) });
  const [left] = minutes(["10:05", leaves("Zoë 👩‍🚀", { joinedAt: "10:00" })]);
  if (left) await post(app, account, bodyOf("daily", left, "ward", "2"));
});
afterAll(() => counter.app.close());

async function ids(): Promise<string[]> {
  const rows = await app.database.orm.execute<{ id: number }>(
    sql`select id from deliveries where source_id = ${account.id} order by id`,
  );
  return rows.map(({ id }) => String(id));
}

test("one delivery has its body exactly as it came, and the number of repeats", async () => {
  const [first = ""] = await ids();
  expect(await counter.read(`/api/v1/deliveries/${first}`)).toEqual({
    id: first,
    source: { id: account.id, provider: "daily", name: "Clinic" },
    type: "participant.joined",
    room: "ward",
    status: "recorded",
    reason: null,
    received_at: new Date(app.now).toISOString(),
    repeats: 1,
    kept_ms: 0,
    reconciled: false,
    projected_at: new Date(app.now).toISOString(),
    waits: null,
    events: 1,
    happened_at: new Date(clock("10:00")).toISOString(),
    meeting: { id: expect.any(String), title: "ward" },
    person: { id: expect.any(String), name: "Zoë 👩‍🚀" },
    people: 1,
    made: [
      {
        meeting: { id: expect.any(String), title: "ward" },
        seq: expect.any(Number),
        type: "joined",
        at: new Date(clock("10:00")).toISOString(),
        person: { id: expect.any(String), name: "Zoë 👩‍🚀" },
      },
    ],
    is_masked: false,
    body: raw,
    body_base64: null,
  });
});

test("a delivery that could not be read has the reason", async () => {
  const { results } = await readPage(counter, "/api/v1/deliveries?status=unreadable");
  expect(results.map(({ reason }) => reason)).toEqual(["body is not JSON"]);
  const id = results[0]?.["id"];
  expect(await counter.read(`/api/v1/deliveries/${String(id)}`)).toMatchObject({
    status: "unreadable",
    body: "no JSON",
  });
});

test("an erased body is null, and bytes that are no text are given as base64", async () => {
  const [, second = ""] = await ids();
  await app.database.orm.execute(sql`update deliveries set body = '' where id = ${second}`);
  expect(await counter.read(`/api/v1/deliveries/${second}`)).toMatchObject({
    body: null,
    body_base64: null,
  });
  await app.database.orm.execute(
    sql`update deliveries set body = ${Buffer.from([0xff, 0xfe])} where id = ${second}`,
  );
  expect(await counter.read(`/api/v1/deliveries/${second}`)).toMatchObject({
    body: null,
    body_base64: "//4=",
  });
});

test("the list is newest first, and each may be asked for by its id", async () => {
  const all = await ids();
  const newest = await readPage(counter, "/api/v1/deliveries?limit=2");
  expect(column("id")(newest)).toEqual(all.toReversed().slice(0, 2));
  expect(newest.next).not.toBeNull();
  const next = await readPage(counter, newest.next ?? "");
  expect(column("id")(next)).toEqual(all.toReversed().slice(2, 4));
  const asked = await readPage(counter, `/api/v1/deliveries?id=${all[0]}&id=${all[2]}`);
  expect(column("id")(asked)).toEqual([all[2], all[0]]);
});

describe("the list of one source", () => {
  let hall: TestSource;
  beforeAll(async () => {
    hall = await app.account();
    const guests = Array.from({ length: 45 }, (_, n) => minutes(["10:00", joins(`Guest ${n}`)]));
    await deliverBodies(app, hall, "hall", guests.flat());
    await deliverBodies(app, hall, "attic", minutes(["10:10", joins("Bo")]));
    await post(app, hall, "no JSON");
  });

  test.each([1, 7, 46, 47, 200])("gives each delivery once, %i at a time", async (limit) => {
    const path = `/api/v1/deliveries?source=${hall.id}&limit=${limit}`;
    const { there, back, ends } = await thereAndBack(counter, path, column("id"));
    expect(new Set(there).size).toBe(47);
    expect(there).toEqual(there.toSorted((a, b) => Number(b) - Number(a)));
    expect(back).toEqual(there);
    expect(ends.every((end) => end == null)).toBe(true);
  });

  test.each([
    ["room=attic", 1],
    ["room=ATTIC", 0],
    ["status=recorded", 46],
    ["status=ignored", 0],
    ["status=unreadable", 1],
    ["status=recorded&room=hall", 45],
    ["status=repeated", 0],
    ["status=waiting", 0],
    ["type=participant.joined", 46],
    ["type=participant.left", 0],
    ["type=participant.joined&room=attic", 1],
    ["person=Bo", 1],
    ["person=guest", 45],
    ["person=guest+44&room=hall", 1],
    ["person=guest+44&room=attic", 0],
    ["person=nobody", 0],
    ["from=2020-01-01&to=2020-02-01", 0],
    ["from=2026-11-20&to=2026-11-20", 47],
  ])("is narrowed by %s", async (query, count) => {
    const path = `/api/v1/deliveries?source=${hall.id}&${query}&limit=200`;
    const { results } = await readPage(counter, path);
    expect(results).toHaveLength(count);
    expect(results.every((row) => !("body" in row))).toBe(true);
  });
});

test("a delivery of a dropped month is answered 410; its id names the month", async () => {
  const own = await app.account();
  const { now } = app;
  app.now = Date.UTC(2026, 7, 31, 23, 59);
  await post(app, own, bodyOf("daily", joins("Ada")(app.now), "attic", "3"));
  app.now = now;
  const { results } = await readPage(counter, `/api/v1/deliveries?source=${own.id}`);
  const id = String(results[0]?.["id"]);
  expect(id).toMatch(/^202608\d{10}$/);
  expect(await counter.read(`/api/v1/deliveries/${id}`)).toMatchObject({ id, room: "attic" });
  await dropMonth(app.database, "2026-08", async () => undefined);
  const response = await counter.ask(`/api/v1/deliveries/${id}`);
  expect(response.status).toBe(410);
  expect(await response.json()).toEqual({
    error: {
      code: "dropped",
      message: "The deliveries of 2026-08 were dropped; what they told is kept.",
    },
  });
  expect(await readPage(counter, `/api/v1/deliveries?id=${id}`)).toMatchObject({ results: [] });
  const [stored = ""] = await ids();
  const unknown = String(Number(stored) + 1_000_000);
  expect((await counter.ask(`/api/v1/deliveries/${unknown}`)).status).toBe(404);
});

test.each([
  ["/api/v1/deliveries/nope", 404],
  ["/api/v1/deliveries/9999999999999999", 404],
  ["/api/v1/deliveries/999999999", 404],
  ["/api/v1/deliveries?status=lost", 400],
  ["/api/v1/deliveries?id=x", 400],
  [`/api/v1/deliveries?${"id=1&".repeat(201)}`, 400],
])("%s is answered %d", async (path, status) => {
  expect((await counter.ask(path)).status).toBe(status);
});

test("a caller without a key gets nothing", async () => {
  const [first] = await ids();
  expect((await counter.ask(`/api/v1/deliveries/${first}`, {})).status).toBe(401);
});
