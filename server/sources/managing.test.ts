import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { reportJob } from "#db/jobs/jobs.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveryKeys } from "#db/schema/facts.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf as askRoute } from "#server/http/testing/routes.ts";
import { provider } from "#server/providers/providers.ts";
import { deletionOf } from "#server/runtime/jobs/deleting-sources.ts";
import { rebuildOf } from "#server/runtime/jobs/rebuilding-sources.ts";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import { answerOf, deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

/** As a person at this machine, by a page of ours. */
async function ask(method: string, path: string, body?: object): Promise<Response> {
  const headers = { ...client.person, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const url = `http://localhost:3000/api/v1/${path}`;
  return askRoute(new Request(url, { method, headers, ...sent }));
}

const opened = z.looseObject({
  first: z.record(z.string(), z.string().nullable()),
  secrets: z.array(z.looseObject({ last_four: z.string(), retires_at: z.string().nullable() })),
  untold: z.looseObject({ stopped: z.boolean() }).nullable(),
});
const read = async (id: string) => opened.parse(await (await ask("GET", `sources/${id}`)).json());
const added = z.object({ id: z.string(), secret: z.string(), webhook_path: z.string() });

async function add(named: "daily" | "generic" = "daily"): Promise<TestSource> {
  const answer = await ask("POST", "sources", { provider: named, name: "Clinic" });
  expect(answer.status).toBe(201);
  const { id, secret } = added.parse(await answer.json());
  return { id, provider: named, secret };
}

const lesson = minutes(["10:00", joins("Ada")], ["10:30", leaves("Ada", { joinedAt: "10:00" })]);
/** Cached sources are read again after a second. */
const aSecondLater = () => {
  client.app.now += 1_000;
};

describe("a source is added", () => {
  test("and what came of it ticks by itself: the ping, a webhook, a join and a leave", async () => {
    const account = await add();
    const nothing = { ping_at: null, delivery_at: null, join_at: null, leave_at: null };
    expect((await read(account.id)).first).toEqual(nothing);
    const ping = provider("daily")?.habits?.ping ?? "";
    await post(client.app, account, ping, { headers: { "x-webhook-signature": "" } });
    await eventually(async () => {
      expect((await read(account.id)).first).toEqual({
        ...nothing,
        ping_at: new Date(client.app.now).toISOString(),
      });
    });
    await post(client.app, account, "no JSON");
    expect((await read(account.id)).first).toMatchObject({
      delivery_at: new Date(client.app.now).toISOString(),
      join_at: null,
    });
    await deliverBodies(client.app, account, "ward", lesson.slice(0, 1));
    expect((await read(account.id)).first).toMatchObject({
      join_at: new Date(clock("10:00")).toISOString(),
      leave_at: null,
    });
    await deliverBodies(client.app, account, "ward", lesson.slice(1));
    expect((await read(account.id)).first["leave_at"]).toBe(new Date(clock("10:30")).toISOString());
  });

  test("its secret is answered once, and then only its end; a key sees not even that", async () => {
    const { id, secret } = await add("generic");
    const text = await (await ask("GET", `sources/${id}`)).text();
    expect(text).not.toContain(secret);
    expect((await read(id)).secrets).toMatchObject([
      { last_four: secret.replace(/=+$/, "").slice(-4), retires_at: null },
    ]);
    expect(await client.read(`/api/v1/sources/${id}`)).toMatchObject({
      secrets: null,
      api_key: null,
    });
  });

  test.each([
    [{ provider: "attendee", name: "Sales" }, /Attendee signs with a secret of its own/],
    [{ provider: "daily", name: "Clinic", secret: "short" }, /secret: it must be standard base64/],
    [{ provider: "daily", name: " " }, /name/],
    [{ provider: "zoom", name: "Clinic" }, /provider/],
  ])("not with %j", async (body, why) => {
    const answer = await ask("POST", "sources", body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(why);
  });

  test("no key may give out a secret, or delete", async () => {
    const { id } = await add();
    for (const [method, path] of [
      ["POST", "sources"],
      ["POST", `sources/${id}/rotate`],
      ["POST", `sources/${id}/webhook`],
      ["DELETE", `sources/${id}`],
    ] as const) {
      expect((await client.send(method, `/api/v1/${path}`, {})).status).toBe(403);
    }
  });
});

describe("a secret is rotated", () => {
  test("both are taken until a moment, which may be put off, and then only the new one", async () => {
    const account = await add();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const answer = await ask("POST", `sources/${account.id}/rotate`, { until: later });
    const { secret } = z.object({ secret: z.string() }).parse(await answer.json());
    expect((await read(account.id)).secrets.map(({ retires_at }) => retires_at)).toEqual([
      null,
      later,
    ]);
    const signedBy = async (own: string, body: string) => {
      aSecondLater();
      return answerOf(await post(client.app, account, body, { secret: own }));
    };
    expect(await signedBy(account.secret, '{"a":1}')).toMatch(/unreadable/);
    expect(await signedBy(secret, '{"a":2}')).toMatch(/unreadable/);
    await ask("POST", `sources/${account.id}/retire`, { at: null });
    expect((await read(account.id)).secrets.map(({ retires_at }) => retires_at)).toEqual([
      null,
      null,
    ]);
    // The moment has come.
    await client.app.database.orm.execute(
      sql`update source_secrets set retired_at = now() - interval '1 s'
        where source_id = ${account.id} and created_at < (
          select max(created_at) from source_secrets where source_id = ${account.id})`,
    );
    expect(await signedBy(account.secret, '{"a":3}')).toBe("401 signature_mismatch");
    expect(await signedBy(secret, '{"a":4}')).toMatch(/unreadable/);
    expect((await read(account.id)).secrets).toHaveLength(1);
  });

  test("not until a moment that is over, nor where its provider makes it", async () => {
    const { id } = await add();
    const until = "2026-01-01T00:00:00Z";
    expect((await ask("POST", `sources/${id}/rotate`, { until })).status).toBe(400);
    const bots = await client.app.account("attendee");
    expect((await ask("POST", `sources/${bots.id}/rotate`, {})).status).toBe(400);
  });
});

test("a paused source takes nothing, and then takes again", async () => {
  const account = await add();
  await ask("POST", `sources/${account.id}/pause`);
  aSecondLater();
  expect(await answerOf(await post(client.app, account, "{}"))).toBe("503 source_paused");
  await ask("POST", `sources/${account.id}/resume`);
  aSecondLater();
  expect(await answerOf(await post(client.app, account, "{}"))).toBe("unreadable");
});

describe("what rooms are called", () => {
  const called = async (id: string) =>
    (
      await client.app.database.orm.execute<{ key: string; title: string | null }>(
        sql`select key, title from rooms where source_id = ${id} order by key`,
      )
    ).map(({ key, title }) => [key, title]);

  test("follows from rules, for rooms that are there and for new ones, and by hand", async () => {
    const { id, ...account } = { ...(await add()) };
    const source = { id, ...account };
    await deliverBodies(client.app, source, "ward-1", lesson);
    const rules = { room_titles: [{ pattern: "ward-*", title: "Ward *" }] };
    expect((await ask("PATCH", `sources/${id}`, rules)).status).toBe(200);
    expect(await called(id)).toEqual([["ward-1", "Ward 1"]]);
    await deliverBodies(client.app, source, "attic", lesson);
    let number = 0;
    // The projector knows new rules within a second.
    await eventually(async () => {
      number += 1;
      const next = minutes(["10:00", joins(`Bo ${number}`)]);
      await deliverBodies(client.app, source, "ward-2", next);
      expect(await called(id)).toEqual([
        ["attic", null],
        ["ward-1", "Ward 1"],
        ["ward-2", "Ward 2"],
      ]);
    });
    const [room] = await client.app.database.orm.execute<{ id: number }>(
      sql`select id from rooms where source_id = ${id} and key = 'ward-2'`,
    );
    const path = `rooms/${room?.id}/title`;
    expect(await (await ask("PUT", path, { title: "Dr Wu" })).json()).toMatchObject({
      room: "ward-2",
      title: "Dr Wu",
    });
    await ask("PATCH", `sources/${id}`, { room_titles: [{ pattern: "*", title: "Room *" }] });
    expect(await called(id)).toEqual([
      ["attic", "Room attic"],
      ["ward-1", "Room ward-1"],
      ["ward-2", "Dr Wu"],
    ]);
    expect(await client.read("/api/v1/rooms?from=2020-01-01&q=wu")).toMatchObject({
      results: [{ room: "ward-2", title: "Dr Wu" }],
    });
    await ask("PUT", path, { title: null });
    expect((await called(id)).at(-1)).toEqual(["ward-2", "Room ward-2"]);
  });

  test("by hand stays whatever the provider reports, which counts again without it", async () => {
    const source = await add("generic");
    const own = provider("generic");
    const told = async (title: string, at: string) => {
      const [event] = minutes([at, joins(`Ada ${at}`)]);
      const body = event && own?.speak(event, "chapel", at, { title });
      await post(client.app, source, body ?? "");
    };
    await told("Chapel", "10:00");
    const [room] = await client.app.database.orm.execute<{ id: number }>(
      sql`select id from rooms where source_id = ${source.id}`,
    );
    await ask("PUT", `rooms/${room?.id}/title`, { title: "St Mary" });
    await told("The chapel", "10:01");
    expect(await called(source.id)).toEqual([["chapel", "St Mary"]]);
    await ask("PUT", `rooms/${room?.id}/title`, { title: "" });
    expect(await called(source.id)).toEqual([["chapel", "The chapel"]]);
  });
});

describe("a source is deleted", () => {
  test("whole, with what was entered about it, where its name is sent, and nothing else", async () => {
    const { database } = client.app;
    // What is left of each table but the log, and the uses of keys.
    const digest = async () =>
      digestOf(
        database,
        (await tablesOf(database)).filter((name) => !/^(api_keys|audit_entries)$/.test(name)),
      );
    const before = await digest();
    const account = await add();
    await deliverBodies(client.app, account, "ward", lesson);
    await post(client.app, account, "no JSON");
    const scheduled = await client.send("POST", "/api/v1/scheduled-meetings", {
      source: account.id,
      room: "ward",
      starts_at: "2026-11-20T09:00:00Z",
      ends_at: "2026-11-20T10:00:00Z",
      roster: [{ name: "Ada" }],
    });
    expect(scheduled.status).toBe(201);
    expect(await (await ask("GET", `sources/${account.id}/contents`)).json()).toEqual({
      ...{ meetings: 1, people: 1, waits: 0, events: 2, deliveries: 3 },
      ...{ scheduled_meetings: 1, statements: 0 },
    });
    const other = await ask("DELETE", `sources/${account.id}`, { name: "clinic" });
    expect(other.status).toBe(409);
    const deleted = await ask("DELETE", `sources/${account.id}`, { name: "Clinic" });
    expect(deleted.status).toBe(202);
    aSecondLater();
    expect(await answerOf(await post(client.app, account, "{}"))).toMatch(/^(503|404)/);
    expect((await ask("POST", `sources/${account.id}/resume`)).status).toBeGreaterThan(400);
    await eventually(async () => {
      expect((await ask("GET", `sources/${account.id}`)).status).toBe(404);
    });
    expect(await database.orm.$count(deliveryKeys, sql`source_id = ${account.id}`)).toBe(0);
    expect(await digest()).toEqual(before);
  });
});

test("how far another process is with a source is known from what it tells, as long as it does", async () => {
  const { id } = await add();
  const { orm } = client.app.database;
  const shown = z.looseObject({ untold: z.unknown(), removal: z.unknown() });
  const look = async () => shown.parse(await (await ask("GET", `sources/${id}`)).json());
  const marks = { untoldSince: Date.now(), deletingSince: Date.now() };
  await orm.update(sources).set(marks).where(eq(sources.id, id));
  await reportJob(orm, rebuildOf(id), { done: 3, total: 10 }, Date.now());
  await reportJob(orm, deletionOf(id), { state: "running", done: 5, total: 7 }, Date.now());
  expect(await look()).toMatchObject({
    untold: { done: 3, total: 10, stopped: false },
    removal: { state: "running", done: 5, total: 7 },
  });
  await reportJob(orm, rebuildOf(id), { done: 3, total: 10 }, Date.now() - 60_000);
  expect(await look()).toMatchObject({ untold: { done: 0, total: null } });
});
