import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { unprojectedCount } from "#db/recording/unprojected.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  deliverBodies,
  openTestApp,
  SECRET,
  signed,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { createDoor } from "./door.ts";
import { CROWD, untilProjected } from "./projecting.ts";
import { ProjectorThread } from "./projector-thread.ts";
import { receive, type WebhookDoor } from "./receive.ts";

let app: TestApp;
let account: TestSource;
let folder: string;
let thread: ProjectorThread;
const ENVIRONMENT = { ...process.env };
beforeAll(async () => {
  app = await openTestApp();
  app.now = clock("13:00");
});
beforeEach(async () => {
  account = await app.account();
  folder = mkdtempSync(join(tmpdir(), "rollcall-thread-"));
  process.env["DATABASE_URL"] = app.url;
  process.env["ROLLCALL_SECRET"] = SECRET;
  process.env["LOG_LEVEL"] = "silent";
});
afterEach(async () => {
  await thread.stop();
  rmSync(folder, { recursive: true });
  app.log.length = 0;
});
afterAll(async () => {
  process.env = ENVIRONMENT;
  await app.close();
});

const visit = minutes(
  ["10:00", joins("Ada")],
  ["10:20", joins("Bo")],
  ["10:30", leaves("Ada")],
  ["10:40", leaves("Bo")],
);

/** A door whose deliveries a thread projects, like the server's. */
function doorOf(script: string): WebhookDoor {
  const { log, ...own } = app.door;
  thread = new ProjectorThread(new URL(script, import.meta.url), log);
  return createDoor(app.database, { ...own, log, secret: SECRET, projector: thread });
}

async function keepAll(door: WebhookDoor): Promise<void> {
  for (const [index, event] of visit.entries()) {
    await keepOne(door, bodyOf("daily", event, "ward", String(index)));
  }
}

async function keepOne(door: WebhookDoor, body: string): Promise<void> {
  const { url, init } = signed(account, body, app.now);
  const request = new Request(new URL(url, "http://localhost"), init);
  const { status } = await receive(door, request, { provider: "daily", source: account.id });
  expect(status).toBe(200);
}

async function undisturbed(): Promise<unknown[]> {
  const other = await app.account();
  await deliverBodies(app, other, "ward", visit);
  return readModels(app.database, other.id);
}

test("a thread projects what the door keeps, and answers a caller that waits for it", async () => {
  const door = doorOf("./projector-work.ts");
  await thread.begin();
  await keepAll(door);
  const stored = await app.database.orm.execute<{ id: number }>(sql`select id from deliveries`);
  await untilProjected(
    thread,
    app.database.orm,
    stored.map(({ id }) => id),
  );
  expect(await readModels(app.database, account.id)).toEqual(await undisturbed());
});

test("what a crowd sends is read again from its bodies, and projected as if it had come alone", async () => {
  const door = doorOf("./projector-work.ts");
  await thread.begin();
  const posted = vi.spyOn(Worker.prototype, "postMessage");
  const crowd = visit.concat(
    Array.from({ length: CROWD }, (_, n) => [
      joins(`Guest ${n}`)(clock("10:05")),
      leaves(`Guest ${n}`)(clock("10:06")),
    ]).flat(),
  );
  const bodies = crowd.map((event, n) => bodyOf("daily", event, "ward", String(n)));
  try {
    await Promise.all(bodies.map((body) => keepOne(door, body)));
    expect(JSON.stringify(posted.mock.calls)).not.toContain("Ada");
  } finally {
    posted.mockRestore();
  }
  await eventually(async () => expect((await unprojectedCount(app.database.orm)).count).toBe(0));
  const other = await app.account();
  await deliverBodies(app, other, "ward", crowd);
  expect(await readModels(app.database, account.id)).toEqual(
    await readModels(app.database, other.id),
  );
});

test("a thread tells what it counted, and how much its connections have to do", async () => {
  const door = doorOf("./projector-work.ts");
  await thread.begin();
  await keepAll(door);
  await eventually(async () => {
    const { counts, pool } = thread.numbers();
    expect([counts.deliveries, counts.events]).toEqual([visit.length, visit.length]);
    expect(counts.delaySeconds.counts.reduce((sum, one) => sum + one, 0)).toBe(visit.length);
    expect(pool).toEqual({ size: 3, underWay: expect.any(Number) });
  });
});

test("deliveries stored before it began are projected as it begins, and those left after its stop are not", async () => {
  const door = doorOf("./projector-work.ts");
  await keepAll(door);
  expect((await unprojectedCount(app.database.orm)).count).toBe(visit.length);
  await thread.begin();
  await eventually(async () => expect((await unprojectedCount(app.database.orm)).count).toBe(0));
  await thread.stop();
  expect(await readModels(app.database, account.id)).toEqual(await undisturbed());
});

test("a thread that ends by itself is followed by another, which projects what it left", async () => {
  const ended = join(folder, "ended");
  process.env["ROLLCALL_DATA"] = folder;
  const door = doorOf("./testing/ending-projector.ts");
  await thread.begin();
  await keepAll(door);
  await eventually(async () => expect((await unprojectedCount(app.database.orm)).count).toBe(0));
  await thread.caughtUp(60_000);
  expect(existsSync(ended)).toBe(true);
  expect(app.log.map(({ message }) => message)).toContain(
    "the projector's thread ended; another begins",
  );
  expect(await readModels(app.database, account.id)).toEqual(await undisturbed());
});

test("a thread is not asked again where all it was given is known to be projected", async () => {
  const door = doorOf("./projector-work.ts");
  await thread.begin();
  const posted = vi.spyOn(Worker.prototype, "postMessage");
  const asks = async () => {
    const before = posted.mock.calls.length;
    await thread.caughtUp(60_000);
    return posted.mock.calls.length - before;
  };
  try {
    await eventually(async () => expect(await asks()).toBe(0));
    await keepAll(door);
    expect(await asks()).toBe(1);
    expect((await unprojectedCount(app.database.orm)).count).toBe(0);
    await eventually(async () => expect(await asks()).toBe(0));
  } finally {
    posted.mockRestore();
  }
});

test("no caller waits longer than it asked for on a thread that does not answer", async () => {
  doorOf("./projector-work.ts");
  await thread.caughtUp(20);
});
