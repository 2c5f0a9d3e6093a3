import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, shareDatabase } from "#db/connection/client.ts";
import { execute } from "#db/testing/database.ts";
import { joins, leaves, minutes } from "#domain/testing/history.ts";
import { createDoor } from "#server/ingest/door.ts";
import { keepingHealth } from "#server/ingest/keeping.ts";
import { Projector } from "#server/ingest/projector.ts";
import { makeUnknown } from "#server/ingest/testing/unknown-event.ts";
import { deliverBodies, openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { checkHealth, checkReadiness } from "./health.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(() => {
  // Each test opens its own database: the last try is cached for each database, for a second.
  shareDatabase({ ...app.database });
  keepingHealth().kept(Date.now());
});

async function health(): Promise<{ status: number; body: unknown }> {
  const response = await checkHealth();
  return { status: response.status, body: await response.json() };
}

/** The process's own door, as `server/process.ts` makes it, on the given database. */
function door(database = app.database) {
  const common = { now: Date.now, log: { warn() {}, error() {} } };
  const projector = new Projector(database, common);
  const options = { secret: SECRET, toleranceMs: null, keeping: keepingHealth(), projector };
  return { door: createDoor(database, { ...common, ...options }) };
}

const ada = minutes(["10:00", joins("Ada")]);

describe("health", () => {
  test("reports when deliveries were last kept", async () => {
    await deliverBodies(door(), await app.account(), "ward", ada);
    expect(await health()).toMatchObject({
      status: 200,
      body: { status: "ok", keeping: { status: "ok", last_kept_at: expect.any(String) } },
    });
  });

  test("counts rooms with an event that cannot be read, and is no less well for that", async () => {
    const account = await app.account();
    await deliverBodies(door(), account, "ward", ada);
    expect(await health()).toMatchObject({ body: { unprojected: 0, stopped_rooms: 0 } });
    const mend = await makeUnknown(app.database, account.id, "ward");
    await deliverBodies(door(), account, "ward", minutes(["10:10", leaves("Ada")]));
    shareDatabase({ ...app.database });
    expect(await health()).toMatchObject({
      status: 200,
      body: { unprojected: 1, oldest_unprojected_ms: expect.any(Number), stopped_rooms: 1 },
    });
    await mend();
    await app.door.intake.projector.projectAll();
    shareDatabase({ ...app.database });
    expect(await health()).toMatchObject({ body: { unprojected: 0, stopped_rooms: 0 } });
  });

  test("is down where the database is read-only, although no delivery came", async () => {
    const { pathname } = new URL(app.url);
    await execute(
      app.url,
      `alter database ${pathname.slice(1)} set default_transaction_read_only = on`,
    );
    const database = openDatabase(app.url);
    try {
      shareDatabase(database);
      expect(await health()).toMatchObject({
        status: 503,
        body: {
          status: "down",
          database: { status: "ok" },
          keeping: { status: "failing", reason: "read_only" },
        },
      });
      const account = await app.account();
      expect(await deliverBodies(door(database), account, "ward", ada)).toEqual(["503 not_stored"]);
      expect(keepingHealth().failing).toMatchObject({ hindrance: "read_only" });
    } finally {
      await execute(
        app.url.replace(pathname, "/postgres"),
        `alter database ${pathname.slice(1)} reset default_transaction_read_only`,
      );
      await database.close();
    }
  });

  test("is down after a delivery could not be kept, and up after the next that is kept", async () => {
    const account = await app.account();
    await execute(app.url, REFUSING);
    expect(await deliverBodies(door(), account, "ward", ada)).toEqual(["503 not_stored"]);
    expect(await health()).toMatchObject({
      status: 503,
      body: { status: "down", keeping: { reason: "disk_full", since: expect.any(String) } },
    });
    await execute(app.url, "drop trigger full_disk on deliveries");
    expect((await health()).status).toBe(503);
    const waiting = await checkReadiness();
    expect([waiting.status, await waiting.json()]).toEqual([
      503,
      { status: "down", reason: "disk_full" },
    ]);
    expect(await deliverBodies(door(), account, "ward", ada)).toEqual(["recorded"]);
    expect((await health()).status).toBe(200);
    const again = await checkReadiness();
    expect([again.status, await again.json()]).toEqual([200, { status: "ready" }]);
  });

  test("is up again without a delivery, once the database can be written to", async () => {
    keepingHealth().failed(Date.now() - 14_000, "disk_full");
    expect((await health()).status).toBe(503);
    shareDatabase({ ...app.database });
    keepingHealth().kept(Date.now());
    keepingHealth().failed(Date.now() - 16_000, "disk_full");
    expect((await health()).status).toBe(200);
  });

  test("does not wait behind readers, and tries the database once for all who ask", async () => {
    const go = Promise.withResolvers<void>();
    const { orm, sql: pool } = app.database;
    const taken = Array.from({ length: pool.options.max }, () => orm.transaction(() => go.promise));
    const answers = await Promise.all(Array.from({ length: 50 }, health));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    go.resolve();
    await Promise.all(taken);
  });
});

/** The error of PostgreSQL when a table cannot grow. */
const REFUSING = `
  create or replace function full_disk() returns trigger language plpgsql as $$
  begin
    raise exception 'could not extend file' using errcode = '53100';
  end $$;
  create trigger full_disk before insert on deliveries for each row execute function full_disk()`;
