import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type ChangedNotification, listen, type MeetingChange, notifyChanged } from "./bus.ts";
import { type Database, openDatabase } from "./client.ts";
import type { Transaction } from "./session.ts";

type Changed = Parameters<typeof notifyChanged>[1];

let testDb: TestDatabase;
let database: Database;
let listener: Database;
let received: ChangedNotification[];
let lost: number;
let stopListening: () => Promise<void>;

beforeEach(async () => {
  testDb = await testDatabase();
  database = openDatabase(testDb.url, { max: 4 });
  listener = openDatabase(testDb.url, { max: 1 });
  received = [];
  lost = 0;
  stopListening = await listen(
    listener.sql,
    (notification) => received.push(notification),
    () => {
      lost += 1;
    },
  );
});
afterEach(async () => {
  await listener.close();
  await database.close();
  await testDb.drop();
});

function notify(change: Partial<Changed>, fail = false): Promise<void> {
  const nothing = { meetings: [], appended: [], refiled: [], merged: [] };
  return database.transaction(async (tx: Transaction) => {
    await notifyChanged(tx, { ...nothing, ...change });
    if (fail) throw new Error("rolled back");
  });
}

/** The meetings of all notifications before one that is sent now: PostgreSQL keeps the order of commits. */
async function receivedEntries(): Promise<MeetingChange[]> {
  const last = uuid();
  await notify({ meetings: [{ id: last, seq: 0 }] });
  const all = () => received.flatMap((notification) => notification.changes);
  await eventually(() => expect(all().some(({ id }) => id === last)).toBe(true));
  return all().filter(({ id }) => id !== last);
}

describe("a notification", () => {
  const id = "01a1fc03-1366-71ad-a41a-7f5cf183f26b";

  test("says from which to which event a meeting is new", async () => {
    const appended = [4, 5, 6].map((seq) => ({ meetingId: id, seq }));
    await notify({ meetings: [{ id, seq: 6 }], appended });
    expect(await receivedEntries()).toEqual([{ id, from: 4, to: 6 }]);
  });

  test("counts an event that was refiled from another meeting as new", async () => {
    const refiled = [{ meetingId: id, seq: 3 }];
    await notify({ meetings: [{ id, seq: 4 }], refiled, appended: [{ meetingId: id, seq: 4 }] });
    expect(await receivedEntries()).toEqual([{ id, from: 3, to: 4 }]);
  });

  test("of a meeting that changed only as a whole covers no event", async () => {
    await notify({ meetings: [{ id, seq: 6 }] });
    expect(await receivedEntries()).toEqual([{ id, from: 7, to: 6 }]);
  });

  test("reaches every process", async () => {
    const other = openDatabase(testDb.url, { max: 1 });
    const receivedThere: ChangedNotification[] = [];
    await listen(
      other.sql,
      (notification) => receivedThere.push(notification),
      () => undefined,
    );
    await notify({ meetings: [{ id, seq: 1 }] });
    await eventually(() =>
      expect(receivedThere.flatMap((notification) => notification.changes)).toHaveLength(1),
    );
    expect(await receivedEntries()).toHaveLength(1);
    await other.close();
  });

  test("is not sent when the batch is rolled back", async () => {
    await expect(notify({ meetings: [{ id, seq: 1 }] }, true)).rejects.toThrow("rolled back");
    expect(await receivedEntries()).toEqual([]);
  });

  test("is not sent for no change, and not received after the listener stopped", async () => {
    await notify({});
    expect(await receivedEntries()).toEqual([]);
    expect(received).toHaveLength(1);
    await stopListening();
    await notify({ meetings: [{ id, seq: 1 }] });
    expect(received).toHaveLength(1);
  });
});

describe("a batch over many meetings", () => {
  test.each([100, 101, 1_000])(
    "names each of %i, in payloads that PostgreSQL accepts",
    async (count) => {
      const seq = 2_147_483_647;
      const meetings = Array.from({ length: count }, () => ({ id: uuid(), seq }));
      const appended = meetings.map((meeting) => ({ meetingId: meeting.id, seq }));
      await notify({ meetings, appended });
      expect(await receivedEntries()).toEqual(
        meetings.map(({ id }) => ({ id, from: seq, to: seq })),
      );
      expect(received).toHaveLength(Math.ceil(count / 100) + 1);
    },
  );

  test("names each of many merged meetings", async () => {
    const merged = Array.from({ length: 120 }, () => ({ from: uuid(), into: uuid() }));
    const meetings = merged.map(({ into }) => ({ id: into, seq: 1 }));
    await notify({ meetings, merged });
    expect(await receivedEntries()).toHaveLength(120);
    expect(received.flatMap((notification) => notification.merged)).toEqual(merged);
  });
});

describe("a foreign payload", () => {
  test.each([["no JSON"], [""], ["{}"], ["null"], ['{"b":[["x"]],"m":[]}'], ['{"b":"all"}']])(
    "on the channel (%s) is ignored and disturbs nothing",
    async (payload) => {
      await database.orm.execute(sql`select pg_notify('rollcall', ${payload})`);
      expect(await receivedEntries()).toEqual([]);
      expect(lost).toBe(0);
    },
  );

  test("on another channel is not received", async () => {
    await database.orm.execute(sql`select pg_notify('elsewhere', '{"b":[["x",1,1]],"m":[]}')`);
    expect(await receivedEntries()).toEqual([]);
  });
});

test("a listener whose connection dropped listens again, and reports that it missed something", async () => {
  await database.orm.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`);
  await eventually(() => expect(lost).toBe(1));
  await notify({ meetings: [{ id: uuid(), seq: 1 }] });
  expect(await receivedEntries()).toHaveLength(1);
});
