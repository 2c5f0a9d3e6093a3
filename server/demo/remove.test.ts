import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { seedHistory } from "#server/demo/seed/seed.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { ADA } from "#server/testing/actor.ts";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import { deliverBodies, post, SECRET, type TestSource } from "#server/testing/test-app.ts";
import { readDemonstration, removeDemonstration } from "./remove.ts";

/** Small portions, so that there are several of each; no other process takes webhooks. */
const SMALL = { deliveries: 150, events: 200, rest: 0, freshMs: 0 };
const now = () => clock("12:00");
const quiet = () => undefined;

let client: ApiClient;
let real: TestSource;
beforeEach(async () => {
  client = await openApiClient();
  real = await client.app.account();
  await deliverBodies(client.app, real, "room", lesson("Ada"));
});
afterEach(() => client.app.close());

const lesson = (name: string) =>
  minutes(
    ["9:00", knocks("Bo", { session: "b" })],
    ["9:01", stopsWaiting("Bo", { session: "b", since: "9:00" })],
    ["9:02", joins(name, { session: "a" })],
    ["9:30", leaves(name, { session: "a", joinedAt: "9:02" })],
  );

async function digestOfAll(): Promise<object> {
  const { database } = client.app;
  // The API calls of this test update the last use of their key.
  const tables = (await tablesOf(database)).filter(
    (name) => !["api_keys", "audit_entries"].includes(name),
  );
  return digestOf(database, tables);
}

/** A history, meetings in progress, and everything that an operator can enter about them. */
async function demonstrate(): Promise<TestSource> {
  const { app, send } = client;
  const { database, url } = app;
  const options = { events: 600, seed: 1, until: Date.UTC(2026, 5, 12), now, threads: 1 };
  await seedHistory({ database, url, secret: SECRET }, options, quiet);
  const account = await app.account();
  await database.sql`update sources set is_demo = true where id = ${account.id}`;
  await deliverBodies(app, account, "clinic-0a1b2c", lesson("Ada Invented"));
  await deliverBodies(
    app,
    account,
    "clinic-0a1b2d",
    minutes(["10:00", joins("Cy", { session: "c" })]),
  );
  await post(app, account, '{"version":"1.0.0","type":"unheard.of"}');
  const people = await database.sql<{ id: string }[]>`
    select id from people where name in ('Ada', 'Ada Invented') order by name`;
  const linked = await send("POST", "/api/v1/people/links", { people: people.map(({ id }) => id) });
  const [endedMeeting] = await database.sql<{ id: string }[]>`
    select id from meetings where source_id = ${account.id} and status = 'ended'`;
  const stated = await send("POST", "/api/v1/statements", {
    meeting_id: endedMeeting?.id,
    participant_id: "a",
  });
  const expected = await send("POST", "/api/v1/scheduled-meetings", {
    source: account.id,
    room: "clinic-0a1b2c",
    starts_at: "2026-11-20T09:00:00Z",
    ends_at: "2026-11-20T10:00:00Z",
    roster: [{ name: "Ada Invented" }],
  });
  expect([linked.status, stated.status, expected.status]).toEqual([201, 201, 201]);
  return account;
}

describe("a demonstration that is removed", () => {
  test("leaves every table as it was before", async () => {
    const before = await digestOfAll();
    await demonstrate();
    const found = await readDemonstration(client.app.database);
    expect(found).toMatchObject({ scheduled: 1, statements: 1 });
    expect(found.sources).toHaveLength(5);
    expect(found.sources.every(({ demo }) => demo)).toBe(true);
    let removedRows = 0;
    const { database } = client.app;
    const removed = await removeDemonstration(
      database,
      ADA,
      now,
      (count) => (removedRows += count),
      SMALL,
    );
    expect(removed).toEqual(found);
    expect(removedRows).toBe(found.deliveries + found.events);
    expect(await digestOfAll()).toEqual(before);
  });

  test("may be stopped anywhere, and goes on when it is asked for again", async () => {
    const before = await digestOfAll();
    await demonstrate();
    const { database } = client.app;
    const stops = () => {
      throw new Error("stopped");
    };
    let calls = 0;
    for (;;) {
      const { sources } = await readDemonstration(database);
      if (sources.length === 0) break;
      calls += 1;
      const stopped = await removeDemonstration(database, ADA, now, stops, SMALL).catch(String);
      if (typeof stopped === "string") expect(stopped).toBe("Error: stopped");
    }
    expect(calls).toBeGreaterThan(5);
    expect(await digestOfAll()).toEqual(before);
  });

  test("takes no webhooks meanwhile, and its sources are unknown afterwards", async () => {
    const account = await demonstrate();
    const { app } = client;
    const statuses: number[] = [];
    const late = async () => {
      app.now += 2_000;
      statuses.push((await post(app, account, '{"version":"1.0.0","type":"late"}')).status);
    };
    const asked: Promise<void>[] = [];
    await removeDemonstration(app.database, ADA, now, () => asked.push(late()), SMALL);
    await Promise.all(asked);
    await late();
    expect(new Set(statuses)).toEqual(new Set([503, 404]));
    expect(statuses.at(-1)).toBe(404);
  });
});

test("nothing happens where there is none", async () => {
  const before = await digestOfAll();
  const { database } = client.app;
  expect(await removeDemonstration(database, ADA, now, quiet, SMALL)).toMatchObject({
    sources: [],
    meetings: 0,
  });
  expect(await digestOfAll()).toEqual(before);
});
