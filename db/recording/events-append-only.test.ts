import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import type { RecordedEvent } from "#domain/projection/state.ts";
import { joins, leaves, minutes } from "#domain/testing/history.ts";
import { appendEvents, assignPeople, refileEvents } from "./events.ts";

let testDb: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDb = await testDatabase();
  database = openDatabase(testDb.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await testDb.drop();
});

let meetingId: string;
let recorded: RecordedEvent[];
beforeEach(async () => {
  meetingId = uuid();
  recorded = minutes(["10:00", joins("Ada")], ["10:05", leaves("Ada")]).map((event, index) => ({
    meetingId,
    seq: index + 1,
    personId: "c:Ada",
    deliveryId: index + 1,
    event,
  }));
  await within((tx) => appendEvents(tx, recorded));
});

function within<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction(work);
}

async function lines(id = meetingId): Promise<string[]> {
  const rows = await database.orm.execute<{ line: string }>(sql`
    select seq || ' ' || type || ' ' || person_id as line from events
    where meeting_id = ${id} order by seq`);
  return rows.map(({ line }) => line);
}

const REFUSAL = /append-only: tell them again with "replay" instead of a/;

/** The message with which PostgreSQL itself refused a statement. */
async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) =>
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
  );
}

describe("a fact is never changed", () => {
  test.each([
    ["its type", sql`type = 'left'`],
    ["its time", sql`at = at + 1`],
    ["its participant", sql`participant_id = 'Bo'`],
    ["its participant, to nobody", sql`participant_id = null`],
    ["what it says", sql`data = data || '{"name":"Bo"}'`],
    ["its delivery", sql`delivery_id = null`],
  ])("not %s", async (_what, change) => {
    const update = database.orm.execute(
      sql`update events set ${change} where meeting_id = ${meetingId} and type = 'joined'`,
    );
    expect(await messageOf(update)).toMatch(REFUSAL);
  });

  test("nor changed while it is refiled in another meeting", async () => {
    const update = database.orm.execute(
      sql`update events set meeting_id = ${uuid()}, at = 0 where meeting_id = ${meetingId}`,
    );
    expect(await messageOf(update)).toMatch(REFUSAL);
  });

  test("nor deleted", async () => {
    const removal = database.orm.execute(sql`delete from events where meeting_id = ${meetingId}`);
    expect(await messageOf(removal)).toMatch(/instead of a DELETE/);
  });

  test("nor truncated", async () => {
    expect(await messageOf(database.orm.execute(sql`truncate events`))).toMatch(
      /instead of a TRUNCATE/,
    );
  });

  test("nor added twice at one position", async () => {
    expect(await messageOf(within((tx) => appendEvents(tx, recorded.slice(0, 1))))).toMatch(
      /events_by_seq/,
    );
  });

  test("and a replay may, for its own transaction only", async () => {
    await within(async (tx) => {
      await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
      await tx.execute(sql`delete from events where meeting_id = ${meetingId} and seq = 2`);
    });
    expect(await lines()).toEqual(["1 joined c:Ada"]);
    const after = within((tx) =>
      tx.execute(sql`delete from events where meeting_id = ${meetingId}`),
    );
    expect(await messageOf(after)).toMatch(REFUSAL);
    expect(await lines()).toEqual(["1 joined c:Ada"]);
  });
});

describe("where a fact is filed may change", () => {
  test("its meeting and its position there", async () => {
    const other = uuid();
    await within((tx) =>
      refileEvents(
        tx,
        recorded.map((from, index) => ({ from, meetingId: other, seq: index + 11 })),
      ),
    );
    expect(await lines()).toEqual([]);
    expect(await lines(other)).toEqual(["11 joined c:Ada", "12 left c:Ada"]);
  });

  test("and who it turned out to be about", async () => {
    await within((tx) => assignPeople(tx, [{ meetingId, participantId: "Ada", personId: "u:1" }]));
    expect(await lines()).toEqual(["1 joined u:1", "2 left u:1"]);
  });
});
