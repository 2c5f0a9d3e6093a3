import { createServer, type Server } from "node:http";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey, noteKeyUsed, revokeKey } from "#db/access/keys.ts";
import { insertMember, setPassword } from "#db/access/members.ts";
import { openDatabase } from "#db/connection/client.ts";
import { apiKeys, sourceSecrets } from "#db/schema/accounts.ts";
import { storeRefusals } from "#db/sources/refusals.ts";
import { addSource, listSources } from "#db/sources/sources.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { joins, leaves, minutes } from "#domain/testing/history.ts";
import { makeUnknown } from "#server/ingest/testing/unknown-event.ts";
import { announce } from "#server/runtime/running.ts";
import { deliverBodies, post, type TestApp } from "#server/testing/test-app.ts";
import type { Check } from "./check.ts";
import type { CliContext } from "./command.ts";
import { examine } from "./doctor.ts";
import { rotateSource } from "./rotate.ts";
import { openCliContext } from "./testing/cli-context.ts";

let app: TestApp;
let context: CliContext;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ house: app, desk: context, close } = await openCliContext());
});
afterAll(() => close());

async function check(name: string, at = context): Promise<Check | undefined> {
  return (await examine(at)).find((one) => one.name === name);
}

const hourOf = (at: number) => Math.floor(at / 3_600_000) * 3_600_000;

describe("the doctor", () => {
  test("checks everything, and advises on each check that fails", async () => {
    const checks = await examine(context);
    expect(checks.map(({ name }) => name)).toEqual([
      "database",
      "schema",
      "bus",
      "projecting",
      "disk",
      "clock",
      "server",
      "outside",
      "secrets",
      "keys",
      "sources",
      "silence",
      "refused",
      "stays",
      "missed",
      "backup",
      "expiry",
    ]);
    for (const { ok, advice } of checks) expect(ok || advice !== null).toBe(true);
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["server", "sources"]);
  });

  test("accepts a source that has sent something", async () => {
    const account = await app.account();
    expect(await check("sources")).toMatchObject({ ok: false, detail: "Clinic: nothing yet" });
    await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ada")]));
    expect(await check("sources")).toEqual({
      name: "sources",
      ok: true,
      detail: "Clinic: last 2026-11-20T10:00:00Z",
      advice: null,
    });
  });

  test("names the source that is refused, the reason, and what to do", async () => {
    const { orm } = context.database;
    const [{ id } = { id: "" }] = await listSources(orm);
    const at = Date.now() - 3_600_000;
    const interval = { sourceId: id, count: 3, firstAt: at, lastAt: at, overAt: null };
    await storeRefusals(orm, {
      taken: new Map(),
      stretches: [{ ...interval, reason: "signature_mismatch" }],
      hours: [
        {
          ...{ sourceId: id, reason: "signature_mismatch", hour: hourOf(at), count: 3 },
          ...{ lastAt: at, lastAddress: "192.0.2.7" },
        },
        {
          ...{ sourceId: null, reason: "unknown_source", hour: hourOf(at), count: 2 },
          ...{ lastAt: at, lastAddress: "192.0.2.8" },
        },
      ],
    });
    const refused = await check("refused");
    expect(refused).toMatchObject({ ok: false });
    expect(refused?.detail).toMatch(
      /^Clinic: 3 since .*: the signature is wrong; its provider may/,
    );
    expect(refused?.detail).toMatch(
      /was it (rotated|entered) there\?|another account|Nothing ever/,
    );
    expect(refused?.detail).toContain("2 to addresses of no source, the last from 192.0.2.8");
    expect(refused?.advice).toContain("rotating it");
    await storeRefusals(orm, { taken: new Map([[id, Date.now()]]), stretches: [], hours: [] });
    expect(await check("refused")).toMatchObject({ ok: true, advice: null });
  });

  test("reports deliveries that could not be read", async () => {
    await post(app, await app.account(), "no JSON");
    expect(await check("sources")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("1 unreadable"),
      advice: expect.stringContaining("replay"),
    });
  });

  test("reports secrets that this installation's key does not decrypt", async () => {
    expect(await check("secrets")).toMatchObject({ ok: true });
    expect(await check("secrets", { ...context, secret: "x".repeat(32) })).toMatchObject({
      ok: false,
      detail: "the secrets of Clinic, Clinic do not open",
      advice: expect.stringContaining("ROLLCALL_SECRET"),
    });
    await app.database.orm.execute(sql`update source_secrets set sealed = ''`);
    expect(await check("secrets")).toMatchObject({ ok: false });
  });

  test("reports a read-only database", async () => {
    const url = new URL(app.url);
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    const database = openDatabase(url.href, { max: 2 });
    expect(await check("database", { ...context, database })).toMatchObject({
      ok: false,
      detail: expect.stringContaining("takes nothing that is written"),
      advice: expect.stringContaining("may only be read"),
    });
    await database.close();
  });

  test("reports a data folder that cannot be written", async () => {
    const env = { ...context.env, dataDir: "/dev/null/data" };
    expect(await check("disk", { ...context, env })).toMatchObject({ ok: false });
  });

  test("completes all other checks without a database", async () => {
    const nowhere = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
    const checks = await examine({ ...context, database: nowhere });
    await nowhere.close();
    expect(checks.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(["disk", "outside"]);
    expect(checks.map(({ name }) => name)).toEqual([
      "database",
      "schema",
      "bus",
      "projecting",
      "disk",
      "clock",
      "server",
      "outside",
      "secrets",
      "keys",
      "sources",
      "silence",
      "refused",
      "stays",
      "missed",
      "backup",
      "expiry",
    ]);
  });
});

describe("the doctor advises what could be revoked", () => {
  const long = sql`now() - interval '100 days'`;

  test("keys that were not used for long, but not those that are revoked", async () => {
    const { orm } = app.database;
    await createKey(orm, "new");
    await createKey(orm, "expired", { expiresAt: Date.now() });
    expect(await check("keys")).toEqual({
      name: "keys",
      ok: true,
      detail: "1 open the API",
      advice: null,
    });
    const names = ["never used", "used long ago", "used today", "revoked"];
    const ids = await Promise.all(names.map(async (name) => (await createKey(orm, name)).id));
    await orm.update(apiKeys).set({ createdAt: long }).where(inArray(apiKeys.id, ids));
    const [, usedLongAgo = "", usedToday = "", revoked = ""] = ids;
    await orm.update(apiKeys).set({ lastUsedAt: long }).where(eq(apiKeys.id, usedLongAgo));
    await noteKeyUsed(orm, usedToday, Date.now());
    await revokeKey(orm, revoked);
    const result = await check("keys");
    expect(result).toMatchObject({
      ok: true,
      detail: "4 open the API, 2 of them unused for 90 days",
    });
    expect(result?.advice).toContain(`never used (${ids[0]})`);
    expect(result?.advice).toContain(`used long ago (${usedLongAgo})`);
    expect(result?.advice).not.toContain("today");
    expect(result?.advice).not.toContain("revoked");
  });

  test("sources that never sent anything, beside those that did", async () => {
    const another = await openCliContext();
    const at = another.desk;
    await deliverBodies(
      another.house,
      await another.house.account(),
      "ward",
      minutes(["10:00", joins("Ada")]),
    );
    await addSource(another.house.database.orm, {
      provider: "daily",
      name: "Annex",
      sealedSecret: Buffer.alloc(0),
    });
    expect(await check("sources", at)).toMatchObject({
      ok: true,
      advice: expect.stringMatching(/Never heard of: Annex\.$/),
    });
    await another.close();
  });

  test("older secrets after a rotation, once they sign nothing any more", async () => {
    const another = await openCliContext();
    const { orm } = another.house.database;
    const account = await another.house.account();
    await rotateSource(another.desk, account.id);
    expect(await check("secrets", another.desk)).toMatchObject({ ok: true, advice: null });
    await orm.update(sourceSecrets).set({ createdAt: sql`created_at - interval '30 days'` });
    expect(await check("secrets", another.desk)).toMatchObject({
      ok: true,
      advice: expect.stringContaining(`source retire. Clinic (${account.id})`),
    });
    await orm.update(sourceSecrets).set({ lastUsedAt: sql`now()` });
    expect(await check("secrets", another.desk)).toMatchObject({ ok: true, advice: null });
    await another.close();
  });
});

describe("the doctor asks the running server", () => {
  async function running(
    status: number,
    body = "",
  ): Promise<{ http: Server; withdraw: () => void }> {
    const http = createServer((_, res) => res.writeHead(status).end(body));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const address = http.address();
    const port = typeof address === "object" ? address?.port : 0;
    return { http, withdraw: announce(context.env.dataDir, `http://127.0.0.1:${port}`) };
  }

  const full = '{"status":"down","keeping":{"status":"failing","reason":"disk_full"}}';
  test.each([
    [200, "", true, /is healthy$/],
    [503, "", false, /does not answer$/],
    [503, full, false, /keeps no webhooks: disk full$/],
  ])("and believes a %i %s", async (status, body, ok, detail) => {
    const { http, withdraw } = await running(status, body);
    expect(await check("server")).toMatchObject({ ok, detail: expect.stringMatching(detail) });
    withdraw();
    http.close();
    expect(await check("server")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("not running"),
    });
  });
});

describe("the doctor checks what is published", () => {
  /** A server that answers these paths with these statuses, and 404 elsewhere. */
  async function answering(paths: Record<string, number>): Promise<{ port: number; http: Server }> {
    const http = createServer((req, res) => res.writeHead(paths[req.url ?? ""] ?? 404).end());
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const address = http.address();
    return { port: typeof address === "object" ? (address?.port ?? 0) : 0, http };
  }

  async function outside(changes: Partial<CliContext["env"]>): Promise<Check | undefined> {
    return check("outside", { ...context, env: { ...context.env, ...changes } });
  }

  test("and asks for a public port", async () => {
    expect(await outside({})).toMatchObject({ ok: true });
    expect(await outside({ publicUrl: "http://127.0.0.1:1" })).toMatchObject({
      ok: false,
      advice: expect.stringContaining("PUBLIC_PORT"),
    });
  });

  test("and reports what the proxy publishes", async () => {
    const published = await answering({ "/api/health": 200 });
    const whole = await answering({ "/api/health": 200, "/meetings": 403 });
    const at = ({ port }: { port: number }) => `http://127.0.0.1:${port}`;
    const publicPort = published.port;
    expect(await outside({ publicPort })).toMatchObject({ ok: true });
    expect(await outside({ publicPort, publicUrl: at(published) })).toMatchObject({ ok: true });
    expect(await outside({ publicPort, publicUrl: at(whole) })).toMatchObject({
      ok: false,
      detail: expect.stringContaining("answers 403 instead of 404"),
      advice: expect.stringContaining("proxy_set_header Host $host"),
    });
    expect(await outside({ publicPort, publicUrl: "http://127.0.0.1:1" })).toMatchObject({
      ok: false,
      detail: expect.stringContaining("does not answer here"),
    });
    published.http.close();
    expect(await outside({ publicPort })).toMatchObject({ ok: false });

    // Once people sign in, all of it may be published.
    const { orm } = context.database;
    const ada = {
      name: "Ada",
      email: "ada@example.com",
      role: "owner",
      sight: WHOLE_SIGHT,
    } as const;
    await setPassword(orm, (await insertMember(orm, ada)) ?? "", "a hash");
    expect(await outside({ publicUrl: at(whole) })).toMatchObject({ ok: true });
    whole.http.close();
    expect(await outside({ publicUrl: at(whole) })).toMatchObject({ ok: false });
  });
});

test("the doctor reports a room that an unknown event stops, and who can read it", async () => {
  const account = await app.account();
  await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ada")]));
  const mend = await makeUnknown(app.database, account.id, "ward");
  await deliverBodies(app, account, "ward", minutes(["10:10", leaves("Ada")]));
  expect(await check("projecting")).toMatchObject({
    ok: false,
    detail: expect.stringMatching(
      /^1 room cannot be projected: event 1 of the meeting [-0-9a-f]{36} is of the unknown type hand_raised$/,
    ),
    advice: expect.stringContaining("A later version of Rollcall wrote it"),
  });
  await mend();
  await app.door.intake.projector.projectAll();
  expect(await check("projecting")).toMatchObject({ ok: true });
});
