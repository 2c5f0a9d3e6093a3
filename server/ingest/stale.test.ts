import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChangedNotification, listen } from "#db/connection/bus.ts";
import { eventually } from "#db/testing/eventually.ts";
import {
  botJoins,
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  stopsWaiting,
} from "#domain/testing/history.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { rebuildStale } from "./stale.ts";

let app: TestApp;
let notifications: ChangedNotification[];
beforeAll(async () => {
  app = await openTestApp();
  notifications = [];
  await listen(
    app.database.sql,
    (notification) => notifications.push(notification),
    () => undefined,
  );
});
afterAll(() => app.close());

async function meetingOf({ id }: TestSource): Promise<Record<string, unknown>> {
  const [row] = await app.database.orm.execute(sql`
    select m.id, m.seq, m.status, m.present_count, m.waiting_count, m.waits_left_count, m.ended_at,
      m.ended_by, m.stale_at
    from meetings m where m.source_id = ${id}`);
  return row ?? {};
}

async function waitsOf({ id }: TestSource): Promise<Record<string, unknown>[]> {
  const rows = await app.database.orm.execute(sql`
    select w.name, w.outcome, w.ended_at, w.inferred
    from waits w join meetings m on m.id = w.meeting_id where m.source_id = ${id}
    order by w.started_at`);
  return [...rows];
}

describe("an open wait", () => {
  test("expires after four hours by the clock alone, and the bus is notified", async () => {
    const account = await app.account();
    await deliverBodies(
      app,
      account,
      "ward",
      minutes(["10:00", knocks("Ada")], ["10:01", knocks("Bo")]),
    );
    expect(await meetingOf(account)).toMatchObject({
      status: "waiting",
      waiting_count: 2,
      stale_at: clock("14:00"),
    });

    expect(await rebuildStale(app.database, clock("13:59:59.999"))).toBe(0);
    expect(await rebuildStale(app.database, clock("14:00"))).toBe(1);
    expect(await waitsOf(account)).toEqual([
      // They are known to have waited as they knocked; that the wait expired makes it no longer.
      { name: "Ada", outcome: "unknown", ended_at: clock("10:00"), inferred: true },
      { name: "Bo", outcome: "waiting", ended_at: null, inferred: false },
    ]);
    const meeting = await meetingOf(account);
    expect(meeting).toMatchObject({
      status: "waiting",
      waiting_count: 1,
      waits_left_count: 0,
      stale_at: clock("14:01"),
    });
    await eventually(() =>
      expect(notifications.flatMap(({ changes }) => changes)).toContainEqual({
        id: meeting["id"],
        from: 3,
        to: 2,
      }),
    );

    expect(await rebuildStale(app.database, clock("14:00"))).toBe(0);
    expect(await rebuildStale(app.database, clock("15:00"))).toBe(1);
    expect(await meetingOf(account)).toMatchObject({
      status: "ended",
      waiting_count: 0,
      ended_at: clock("10:01"),
      ended_by: "inferred",
      stale_at: null,
    });
  });

  test("that ended in time does not expire", async () => {
    const account = await app.account();
    await deliverBodies(
      app,
      account,
      "ward",
      minutes(
        ["10:00", knocks("Ada")],
        ["10:01", stopsWaiting("Ada", { since: "10:00" })],
        ["10:01", joins("Ada")],
        ["10:02", leaves("Ada")],
      ),
    );
    expect((await meetingOf(account))["stale_at"]).toBeNull();
    expect(await rebuildStale(app.database, clock("23:00"))).toBe(0);
  });

  test("is corrected where its end is reported late after all", async () => {
    const account = await app.account();
    await deliverBodies(app, account, "ward", minutes(["10:00", knocks("Ada")]));
    await rebuildStale(app.database, clock("15:00"));
    expect(await waitsOf(account)).toMatchObject([{ outcome: "unknown" }]);
    app.now = clock("15:01");
    await deliverBodies(
      app,
      account,
      "ward",
      minutes(["10:05", stopsWaiting("Ada", { since: "10:00" })]),
    );
    expect(await waitsOf(account)).toEqual([
      { name: "Ada", outcome: "left", ended_at: clock("10:05"), inferred: false },
    ]);
    expect(await meetingOf(account)).toMatchObject({ seq: 2, waits_left_count: 1, stale_at: null });
  });
});

describe("a bot that fell silent", () => {
  test("for twelve hours counts as gone since its last event, until another comes", async () => {
    const account = await app.account("attendee");
    const deliver = (...lines: Parameters<typeof minutes>) =>
      deliverBodies(app, account, "bot_1", minutes(...lines));
    app.now = clock("10:00");
    await deliver(["10:00", botJoins], ["10:01", joins("Ada")]);
    expect(await rebuildStale(app.database, clock("22:01"))).toBe(1);
    expect(await meetingOf(account)).toMatchObject({ status: "live", present_count: 1 });

    expect(await rebuildStale(app.database, clock("22:01:01"))).toBe(1);
    expect(await meetingOf(account)).toMatchObject({
      status: "ended",
      present_count: 0,
      ended_at: clock("10:01"),
      ended_by: "inferred",
      stale_at: null,
    });

    app.now = clock("22:02");
    await deliver(["22:02", joins("Bo")]);
    expect(await meetingOf(account)).toMatchObject({ status: "live", present_count: 2, seq: 3 });
  });
});

test("more stale meetings than one batch are projected in turn, also by two processes at once", async () => {
  const account = await app.account();
  const other = app.neighbour();
  app.now = clock("10:00");
  await Promise.all(
    Array.from({ length: 120 }, (_, room) =>
      deliverBodies(app, account, `room ${room}`, minutes(["10:00", knocks("Ada")])),
    ),
  );
  let turns = 0;
  for (let projectedCount = 1; projectedCount > 0 && turns < 20; turns += 1) {
    const both = [app.database, other.database].map((one) => rebuildStale(one, clock("15:00")));
    projectedCount = (await Promise.all(both)).reduce((sum, count) => sum + count, 0);
  }
  const waits = await waitsOf(account);
  expect(waits).toHaveLength(120);
  expect(waits.every(({ outcome }) => outcome === "unknown")).toBe(true);
  expect(turns).toBeLessThan(20);
});

test("a room that another transaction has locked is left for the next time, and no one waits", async () => {
  const account = await app.account();
  const other = app.neighbour();
  app.now = clock("10:00");
  await deliverBodies(app, account, "ward", minutes(["10:00", knocks("Ada")]));
  await app.database.transaction(async (tx) => {
    await tx.execute(sql`select from rooms where source_id = ${account.id} for update`);
    expect(await rebuildStale(other.database, clock("15:00"))).toBe(0);
  });
  expect(await rebuildStale(other.database, clock("15:00"))).toBe(1);
});
