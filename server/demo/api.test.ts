import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removingAlone } from "#db/demo/removing-demo.ts";
import { eventually } from "#db/testing/eventually.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { GENTLE } from "#server/runtime/jobs/remove-sources.ts";
import { ADA } from "#server/testing/actor.ts";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import { deliverBodies } from "#server/testing/test-app.ts";
import { removeDemonstration } from "./remove.ts";

let client: ApiClient;
beforeEach(async () => {
  client = await openApiClient();
});
afterEach(() => client.app.close());

const lesson = minutes(
  ["9:00", knocks("Bo", { session: "b" })],
  ["9:02", joins("Ada", { session: "a" })],
  ["9:30", leaves("Ada", { session: "a", joinedAt: "9:02" })],
);

async function digestOfAll(): Promise<object> {
  const { database } = client.app;
  // The API calls of this test update the last use of their key.
  return digestOf(
    database,
    (await tablesOf(database)).filter((name) => !["api_keys", "audit_entries"].includes(name)),
  );
}

async function demonstrate(): Promise<string> {
  const { app } = client;
  const { id, ...account } = await app.account();
  await app.database.sql`update sources set is_demo = true, name = 'Simulation' where id = ${id}`;
  await deliverBodies(app, { id, ...account }, "clinic-0a1b2c", lesson);
  return id;
}

const read = async (address = "/api/v1/demonstration") => (await client.ask(address)).json();
const remove = (body?: unknown) => client.send("DELETE", "/api/v1/demonstration", body);

/** What the audit log has since it was last asked. */
async function noted(): Promise<unknown[]> {
  const { sql } = client.app.database;
  const entries = await sql`select action, who_label from audit_entries where id > ${notedUpTo}`;
  const [last] = await sql<{ id: number | null }[]>`select max(id) as id from audit_entries`;
  notedUpTo = last?.id ?? 0;
  return [...entries];
}
let notedUpTo = 0;

describe("the demonstration", () => {
  test("is listed with all that would be removed", async () => {
    await deliverBodies(client.app, await client.app.account(), "ward", lesson);
    const id = await demonstrate();
    expect(await read()).toEqual({
      sources: [{ id, provider: "daily", name: "Simulation", demo: true }],
      ...{ meetings: 1, people: 2, waits: 1, events: 3, deliveries: 3 },
      ...{ scheduled_meetings: 0, statements: 0, removal: null },
    });
  });

  test("is removed completely, and real data stays as it was", async () => {
    await deliverBodies(client.app, await client.app.account(), "ward", lesson);
    const before = await digestOfAll();
    await demonstrate();
    const answer = await remove({ by: "Ada" });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ removal: { state: "running", done: 0, total: 6 } });
    await eventually(async () => {
      expect(await read("/api/v1/demonstration/removal")).toEqual({ removal: null });
    });
    expect(await digestOfAll()).toEqual(before);
    expect(await noted()).toEqual([{ action: "demo.removed", who_label: "test" }]);
  });

  test("is empty where there is none, and nothing is removed", async () => {
    const before = await digestOfAll();
    const answer = await remove();
    expect([answer.status, await answer.json()]).toEqual([202, { removal: null }]);
    expect(await noted()).toEqual([]);
    expect(await digestOfAll()).toEqual(before);
  });

  test("that another process removes is shown as being removed, and is not removed twice", async () => {
    await demonstrate();
    const before = await digestOfAll();
    const going = { removal: { state: "running", done: null, total: null } };
    await removingAlone(client.app.neighbour().database, async () => {
      expect(await read("/api/v1/demonstration/removal")).toEqual(going);
      await remove();
      await eventually(async () => {
        expect(await read("/api/v1/demonstration/removal")).toEqual(going);
      });
    });
    expect(await read()).toMatchObject({ meetings: 1, removal: null });
    expect(await digestOfAll()).toEqual(before);
  });

  test("says at any process how far another one is with its removal, and that it stopped", async () => {
    await demonstrate();
    const other = client.app.neighbour().database;
    const removal = () => read("/api/v1/demonstration/removal");
    const gentle = { ...GENTLE, deliveries: 1, freshMs: 0 };
    const fail = () => {
      throw new Error("switched off");
    };
    const failing = await client.app.database.sql.begin(async (tx) => {
      await tx`lock table deliveries in share mode`;
      const begun = removeDemonstration(other, ADA, Date.now, fail, gentle).catch(String);
      await eventually(async () => {
        expect(await removal()).toEqual({ removal: { state: "running", done: 0, total: 6 } });
      });
      return { begun };
    });
    expect(await failing.begun).toBe("Error: switched off");
    expect(await removal()).toEqual({ removal: { state: "stopped", done: 1, total: 6 } });
    await removeDemonstration(other, ADA, Date.now, () => undefined, gentle);
    expect(await removal()).toEqual({ removal: null });
  });

  test("is not removed by a body that cannot be read, nor without a key", async () => {
    await demonstrate();
    const before = await digestOfAll();
    for (const body of [[], "x", { by: 7 }, { by: "x".repeat(101) }, { all: true }]) {
      const answer = await remove(body);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: { code: "bad_removal" } },
      ]);
    }
    for (const path of ["/api/v1/demonstration", "/api/v1/demonstration/removal"]) {
      expect((await client.ask(path, {})).status).toBe(401);
    }
    expect(await digestOfAll()).toEqual(before);
  });
});
