import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeSource, sourceById } from "#db/sources/sources.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { rebuildSource } from "#server/runtime/jobs/rebuild-source.ts";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { previewOf } from "./preview.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
  account = await app.account();
  app.now = clock("16:00");
  // Five minutes empty: two meetings by the usual two minutes.
  await deliverBodies(app, account, "ward", interrupted);
  // One meeting, in which Bo is away for a minute and a half.
  await deliverBodies(app, account, "attic", reloaded);
  await deliverBodies(app, account, "hall", quiet);
});
afterAll(() => app.close());

const interrupted = minutes(
  ["10:00", joins("Ada", { session: "a" })],
  ["10:20", leaves("Ada", { session: "a", joinedAt: "10:00" })],
  ["10:25", joins("Ada", { session: "b" })],
  ["10:40", leaves("Ada", { session: "b", joinedAt: "10:25" })],
);
const reloaded = minutes(
  ["11:00", joins("Bo", { session: "c", user: "u-bo" })],
  ["11:10", leaves("Bo", { session: "c", user: "u-bo", joinedAt: "11:00" })],
  ["11:11:30", joins("Bo", { session: "d", user: "u-bo" })],
  ["11:20", leaves("Bo", { session: "d", user: "u-bo", joinedAt: "11:11:30" })],
);
const quiet = minutes(
  ["12:00", joins("Cy", { session: "e" })],
  ["12:30", leaves("Cy", { session: "e", joinedAt: "12:00" })],
);

const now = clock("17:00");
const nothing = { parted: 0, joined: 0, changed: 0, people: 0 };

async function preview(change: { emptyGapMs?: number; graceMs?: number }) {
  const source = await sourceById(app.database.orm, account.id);
  if (source === null) throw new Error("no source");
  return previewOf(app.database, { ...source, ...change }, now);
}

const digest = async () => digestOf(app.database, await tablesOf(app.database));

async function meetingCount(): Promise<number> {
  const [row] = await app.database.orm.execute<{ count: number }>(
    sql`select count(*)::int as count from meetings where merged_into is null and seq > 0`,
  );
  return row?.count ?? 0;
}

async function rebuildWith(change: { emptyGapMs?: number; graceMs?: number }): Promise<void> {
  await changeSource(app.database.orm, account.id, { ...change, untoldSince: 1 });
  await rebuildSource(app.database, account.id, (_, work) => work({ add: () => undefined }));
}

describe("what other settings would do is what they do, and nothing is written to know it", () => {
  test("nothing, by the present ones", async () => {
    const before = await digest();
    expect(await preview({})).toEqual({ meetings: 4, ...nothing });
    expect(await digest()).toEqual(before);
  });

  test("a longer gap makes one of two, and the shorter one parts it again", async () => {
    const before = await digest();
    expect(await meetingCount()).toBe(4);
    expect(await preview({ emptyGapMs: 600_000 })).toEqual({ meetings: 4, ...nothing, joined: 2 });
    expect(await digest()).toEqual(before);
    await rebuildWith({ emptyGapMs: 600_000 });
    expect(await meetingCount()).toBe(3);
    expect(await preview({ emptyGapMs: 120_000 })).toEqual({ meetings: 3, ...nothing, parted: 1 });
    await rebuildWith({ emptyGapMs: 120_000 });
    expect(await meetingCount()).toBe(4);
  });

  test("a shorter gap parts a meeting in which somebody was away", async () => {
    expect(await preview({ emptyGapMs: 60_000 })).toEqual({ meetings: 4, ...nothing, parted: 1 });
  });

  test("another grace changes the times of those who were away for so long", async () => {
    expect(await preview({ graceMs: 120_000 })).toEqual({
      meetings: 4,
      ...nothing,
      changed: 1,
      people: 1,
    });
  });
});

describe("a rebuild", () => {
  test("that somebody stops leaves its source outdated, and goes on when it is asked for", async () => {
    const { orm } = app.database;
    await changeSource(orm, account.id, { emptyGapMs: 600_000, untoldSince: 2 });
    let portions = 0;
    await rebuildSource(app.database, account.id, async (_, work) => {
      await changeSource(orm, account.id, { rebuildStoppedAt: 3 });
      await work({ add: () => (portions += 1) });
    });
    expect(portions).toBe(0);
    expect(await sourceById(orm, account.id)).toMatchObject({
      untoldSince: 2,
      rebuildStoppedAt: 3,
    });
    // Whoever looks for work passes it over.
    await rebuildSource(app.database, account.id, async () => {
      throw new Error("it is stopped");
    });
    await changeSource(orm, account.id, { rebuildStoppedAt: null });
    await rebuildSource(app.database, account.id, (_, work) => work({ add: () => undefined }));
    expect((await sourceById(orm, account.id))?.untoldSince).toBeNull();
    expect(await meetingCount()).toBe(3);
  });
});
