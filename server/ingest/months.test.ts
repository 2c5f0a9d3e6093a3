import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { countRepeats, storeDeliveries } from "#db/recording/deliveries.ts";
import { dropMonth } from "#db/recording/dropping.ts";
import { eraseDeliveries, eraseRooms } from "#db/recording/erasing.ts";
import {
  deliveriesById,
  deliveriesWithKeys,
  foldRepeats,
  lockDeliveries,
  restateDeliveries,
} from "#db/recording/stored-deliveries.ts";
import { monthOfDelivery } from "#domain/event/delivery.ts";
import { joins, rules } from "#domain/testing/history.ts";
import {
  arrival,
  openRecorder,
  type RuledArrival,
  record,
  type TestRecorder,
} from "./testing/recorder.ts";

let recorder: TestRecorder;
let source: string;
beforeEach(async () => {
  recorder = await openRecorder();
  source = await recorder.source();
});
afterEach(() => recorder.close());

const at = (time: string) => Date.parse(`${time}Z`);

function arriving(time: string, name = "Ada", id?: string): RuledArrival {
  return arrival(source, "ward", joins(name)(at(time)), rules, id);
}

const take = (arrivals: RuledArrival[], database = recorder.database) =>
  record(database, arrivals, at("2026-12-31T23:59:59"));

async function idsByMonth(): Promise<[month: string, id: number][]> {
  const rows = await recorder.database.orm.execute<{ id: number; table: string }>(
    sql`select id, tableoid::regclass::text as table from deliveries order by id`,
  );
  return rows.map(({ id, table }) => [table, id]);
}

async function months(): Promise<string[]> {
  const rows = await recorder.database.orm.execute<{ table: string }>(sql`
    select inhrelid::regclass::text as table from pg_inherits
    where inhparent = 'deliveries'::regclass order by 1`);
  return rows.map(({ table }) => table);
}

describe("a delivery is stored in the month in which it came", () => {
  test("which its id begins with, by the clocks of UTC", async () => {
    await take([arriving("2026-10-31T23:59:59.999"), arriving("2026-11-01T00:00:00")]);
    await take([arriving("2026-12-31T23:59:59.999")]);
    expect(await idsByMonth()).toEqual([
      ["deliveries_2026_10", expect.any(Number)],
      ["deliveries_2026_11", expect.any(Number)],
      ["deliveries_2026_12", 2026120000000003],
    ]);
    const ids = (await idsByMonth()).map(([, id]) => id);
    expect(ids.every(Number.isSafeInteger)).toBe(true);
    expect(ids.map(monthOfDelivery)).toEqual(["2026-10", "2026-11", "2026-12"]);
    expect([0, 42, 2026130000000001, 2026000000000001].map(monthOfDelivery)).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });

  test("and the next month is there before any delivery comes in it", async () => {
    await take([arriving("2026-12-01T00:00:00")]);
    expect(await months()).toEqual(["deliveries_2026_12", "deliveries_2027_01"]);
  });

  test("which is not looked up again once it is known", async () => {
    const asked = vi.spyOn(recorder.database.door.orm, "transaction");
    await take([arriving("2026-11-10T10:00:00")]);
    expect(asked).toHaveBeenCalledTimes(1);
    await take([arriving("2026-11-20T10:00:00", "Bo")]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test("also when many begin it at once", async () => {
    const others = Array.from({ length: 4 }, () => openDatabase(recorder.url, { max: 2 }));
    const answers = await Promise.all(
      others.map((database, n) => take([arriving("2026-11-01T00:00:00", `Guest ${n}`)], database)),
    );
    expect(answers).toEqual(Array.from({ length: 4 }, () => ["recorded"]));
    expect(await months()).toEqual(["deliveries_2026_11", "deliveries_2026_12"]);
    await Promise.all(others.map((database) => database.close()));
  });

  test("and a dropped month is made again for deliveries that still come in it", async () => {
    await take([arriving("2026-10-31T23:59:58", "Ada", "first")]);
    await dropMonth(recorder.database, "2026-10", async () => undefined);
    expect(await take([arriving("2026-10-31T23:59:59", "Ada", "first")])).toEqual(["repeated"]);
    expect(await months()).toEqual(["deliveries_2026_11"]);
    expect(await take([arriving("2026-10-31T23:59:59", "Bo")])).toEqual(["recorded"]);
    expect(await months()).toEqual(["deliveries_2026_10", "deliveries_2026_11"]);
  });
});

test("no statement about deliveries reads a month from its beginning to its end", async () => {
  await take(
    Array.from({ length: 14 }, (_, n) =>
      arriving(new Date(Date.UTC(2025, n, 1)).toISOString().slice(0, -1), `Guest ${n}`),
    ),
  );
  const asked: string[] = [];
  const logger = { logQuery: (text: string) => void asked.push(text) };
  const logged = openDatabase(recorder.url, { max: 1, logger });
  const { delivery } = arriving("2025-03-01T00:00:00");
  // An id that no row has: which delivery of a batch gets the first number is not fixed.
  const absent = { ...delivery, id: 2025039999999999 };
  const room = { id: 1, sourceId: source, key: "ward", at: 0, proof: null };
  const undone = new Error("nothing of it is kept");
  const done = logged.transaction(async (tx) => {
    await storeDeliveries(tx, [delivery]);
    await countRepeats(tx, [delivery]);
    await deliveriesById(tx, [absent.id]);
    await lockDeliveries(tx, [absent.id]);
    await deliveriesWithKeys(tx, [absent]);
    await restateDeliveries(tx, [absent]);
    await foldRepeats(tx, [{ id: absent.id, of: 2025049999999999 }]);
    await eraseDeliveries(tx, [absent.id]);
    await eraseRooms(tx, [room], [{ id: uuid(), remains: uuid(), at: 0, reason: null }]);
    throw undone;
  });
  await expect(done).rejects.toBe(undone);
  await logged.close();
  let scans = 0;
  await recorder.database.sql.begin(async (session) => {
    await session`set local enable_seqscan = off`;
    for (const text of asked) {
      const rows = await session.unsafe<{ "QUERY PLAN": string }[]>(
        `explain (generic_plan, costs off) ${text}`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]);
      for (const [index, line] of plan.entries()) {
        expect(line).not.toMatch(/Seq Scan on (deliver|events)/);
        if (!/Scan using .* on deliver/.test(line)) continue;
        scans += 1;
        expect(plan[index + 1]).toMatch(/Index Cond: \(+(id|source_id|room)\b/);
      }
    }
  });
  expect(scans).toBeGreaterThan(14);
});
