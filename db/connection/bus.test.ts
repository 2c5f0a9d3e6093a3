import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type Bus, type ChangedNotification, listen, notifyChanged } from "./bus.ts";
import { type Database, openDatabase } from "./client.ts";
import type { Transaction } from "./session.ts";

type Changed = Parameters<typeof notifyChanged>[1];

let made: TestDatabase;
let database: Database;
let listener: Database;
let heard: ChangedNotification[];
let lost: number;
let stop: () => Promise<void>;

beforeEach(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
  listener = openDatabase(made.url, { max: 1 });
  heard = [];
  lost = 0;
  stop = await listen(
    listener.sql,
    (notification) => heard.push(notification),
    () => {
      lost += 1;
    },
  );
});
afterEach(async () => {
  await listener.close();
  await database.close();
  await made.drop();
});

function ring(change: Partial<Changed>, fail = false): Promise<void> {
  const nothing = { meetings: [], appended: [], refiled: [], merged: [] };
  return database.transaction(async (tx: Transaction) => {
    await notifyChanged(tx, { ...nothing, ...change });
    if (fail) throw new Error("rolled back");
  });
}

/** What was heard of meetings up to a bell that is rung now: PostgreSQL keeps the order of commits. */
async function bells(): Promise<Bus[]> {
  const last = uuid();
  await ring({ meetings: [{ id: last, seq: 0 }] });
  const all = () => heard.flatMap((notification) => notification.bells);
  await eventually(() => expect(all().some(({ id }) => id === last)).toBe(true));
  return all().filter(({ id }) => id !== last);
}

describe("a bell", () => {
  const id = "01a1fc03-1366-71ad-a41a-7f5cf183f26b";

  test("tells from where to where a meeting has new events", async () => {
    const appended = [4, 5, 6].map((seq) => ({ meetingId: id, seq }));
    await ring({ meetings: [{ id, seq: 6 }], appended });
    expect(await bells()).toEqual([{ id, from: 4, to: 6 }]);
  });

  test("counts what was filed here from elsewhere as new", async () => {
    const refiled = [{ meetingId: id, seq: 3 }];
    await ring({ meetings: [{ id, seq: 4 }], refiled, appended: [{ meetingId: id, seq: 4 }] });
    expect(await bells()).toEqual([{ id, from: 3, to: 4 }]);
  });

  test("of a meeting that changed only as a whole reaches over no event", async () => {
    await ring({ meetings: [{ id, seq: 6 }] });
    expect(await bells()).toEqual([{ id, from: 7, to: 6 }]);
  });

  test("is heard by every process", async () => {
    const other = openDatabase(made.url, { max: 1 });
    const also: ChangedNotification[] = [];
    await listen(
      other.sql,
      (notification) => also.push(notification),
      () => undefined,
    );
    await ring({ meetings: [{ id, seq: 1 }] });
    await eventually(() =>
      expect(also.flatMap((notification) => notification.bells)).toHaveLength(1),
    );
    expect(await bells()).toHaveLength(1);
    await other.close();
  });

  test("is not heard when the batch is rolled back", async () => {
    await expect(ring({ meetings: [{ id, seq: 1 }] }, true)).rejects.toThrow("rolled back");
    expect(await bells()).toEqual([]);
  });

  test("does not ring for nothing, and not after the listener stopped", async () => {
    await ring({});
    expect(await bells()).toEqual([]);
    expect(heard).toHaveLength(1);
    await stop();
    await ring({ meetings: [{ id, seq: 1 }] });
    expect(heard).toHaveLength(1);
  });
});

describe("a batch over many meetings", () => {
  test.each([100, 101, 1_000])(
    "rings for each of %i, in notices PostgreSQL takes",
    async (count) => {
      const seq = 2_147_483_647;
      const meetings = Array.from({ length: count }, () => ({ id: uuid(), seq }));
      const appended = meetings.map((meeting) => ({ meetingId: meeting.id, seq }));
      await ring({ meetings, appended });
      expect(await bells()).toEqual(meetings.map(({ id }) => ({ id, from: seq, to: seq })));
      expect(heard).toHaveLength(Math.ceil(count / 100) + 1);
    },
  );

  test("and many that merged tells each", async () => {
    const merged = Array.from({ length: 120 }, () => ({ from: uuid(), into: uuid() }));
    const meetings = merged.map(({ into }) => ({ id: into, seq: 1 }));
    await ring({ meetings, merged });
    expect(await bells()).toHaveLength(120);
    expect(heard.flatMap((notification) => notification.merged)).toEqual(merged);
  });
});

describe("what is not ours", () => {
  test.each([["no JSON"], [""], ["{}"], ["null"], ['{"b":[["x"]],"m":[]}'], ['{"b":"all"}']])(
    "on the channel (%s) is not heard and disturbs nothing",
    async (payload) => {
      await database.orm.execute(sql`select pg_notify('rollcall', ${payload})`);
      expect(await bells()).toEqual([]);
      expect(lost).toBe(0);
    },
  );

  test("on another channel is not heard", async () => {
    await database.orm.execute(sql`select pg_notify('elsewhere', '{"b":[["x",1,1]],"m":[]}')`);
    expect(await bells()).toEqual([]);
  });
});

test("a listener whose connection dropped listens again, and says that it missed something", async () => {
  await database.orm.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`);
  await eventually(() => expect(lost).toBe(1));
  await ring({ meetings: [{ id: uuid(), seq: 1 }] });
  expect(await bells()).toHaveLength(1);
});
