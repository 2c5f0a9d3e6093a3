import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lastReceivedOf } from "#db/live/live.ts";
import { dropMonth, MonthInUse } from "#db/recording/dropping.ts";
import { listDeliveries } from "#db/sources/deliveries/deliveries.ts";
import { receivedBySource } from "#db/sources/reading-sources.ts";
import { joins, leaves } from "#domain/testing/history.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { botNamed } from "#server/testing/bot.ts";
import { everythingStored, loseProjections, readModels } from "#server/testing/stored.ts";
import {
  answerOf,
  deliverBodies,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { dropMonths, MonthNotOver, monthsKept, UnreadableKept } from "./drop-months.ts";
import { replay } from "./replay.ts";

let app: TestApp;
let account: TestSource;
beforeEach(async () => {
  app = await openTestApp();
  account = await app.account();
});
afterEach(() => app.close());

const quiet = () => undefined;
const NOON = { september: Date.UTC(2025, 8, 12, 12), october: Date.UTC(2025, 9, 3, 12) };
const NOVEMBER = Date.UTC(2025, 10, 20, 12);
const ANY = {
  ...{ ids: null, source: null, room: null, person: null, type: null, status: null },
  ...{ from: null, to: null },
};

/** Ada's quarter of an hour from a moment on, delivered as it happens. */
async function visit(at: number, room = "ward"): Promise<string[]> {
  const answers: string[] = [];
  for (const event of [joins("Ada")(at), leaves("Ada")(at + 900_000)]) {
    app.now = event.at;
    const body = bodyOf("daily", event, room, `${room} ${event.type} ${event.at}`);
    answers.push(await answerOf(await post(app, account, body)));
  }
  return answers;
}

async function threeMonths(): Promise<void> {
  for (const at of [NOON.september, NOON.october, NOVEMBER]) {
    expect(await visit(at)).toEqual(["recorded", "recorded"]);
  }
}

const drop = (before: string, withUnreadable = false) =>
  dropMonths(app.database, { before, withUnreadable, by: ADA, now: app.now });

async function storedMonths(): Promise<string[]> {
  return (await monthsKept(app.database, app.now)).map(
    ({ month, deliveries }) => `${month}: ${deliveries}`,
  );
}

/** All stored rows but the deliveries themselves. */
async function projections(): Promise<string[]> {
  const lines = await everythingStored(app.database);
  return lines.filter((line) => !line.startsWith("deliveries "));
}

describe("a month of old deliveries goes away", () => {
  test("whole, and everything that was projected from it stays", async () => {
    await threeMonths();
    expect(await storedMonths()).toEqual(["2025-09: 2", "2025-10: 2", "2025-11: 2"]);
    const before = await projections();
    expect(await drop("2025-11")).toMatchObject([
      { month: "2025-09", deliveries: 2, unreadable: 0, bytes: expect.any(Number) },
      { month: "2025-10", deliveries: 2, unreadable: 0, bytes: expect.any(Number) },
    ]);
    expect(await storedMonths()).toEqual(["2025-11: 2"]);
    expect(await listDeliveries(app.database.orm, ANY, null, 10)).toHaveLength(2);
    expect(await projections()).toEqual(before);
    expect(await drop("2025-11")).toEqual([]);
  });

  test("and a delivery of it that comes again is still a repeat, in this process and in another", async () => {
    await threeMonths();
    await drop("2025-11");
    const before = await projections();
    expect(await visit(NOON.september)).toEqual(["repeated", "repeated"]);
    app.now = NOVEMBER;
    const other = app.neighbour();
    const again = bodyOf("daily", joins("Ada")(NOON.october), "ward", "by another subscription");
    expect(await answerOf(await post(other, account, again))).toBe("repeated");
    expect(await projections()).toEqual(before);
  });

  test("but neither the month in progress nor a later one", async () => {
    await threeMonths();
    await expect(drop("2025-12")).rejects.toThrow(MonthNotOver);
    await expect(drop("2025-12")).rejects.toThrow("2025-11 or earlier");
    expect(await storedMonths()).toHaveLength(3);
  });

  test("nor, without the option, one with something that a later version might read", async () => {
    await threeMonths();
    app.now = NOON.october;
    expect(await answerOf(await post(app, account, "no JSON"))).toBe("unreadable");
    app.now = NOVEMBER;
    await expect(drop("2025-11")).rejects.toThrow(UnreadableKept);
    await expect(drop("2025-11")).rejects.toThrow("(1 of 2025-10)");
    expect(await storedMonths()).toHaveLength(3);
    expect(await drop("2025-10")).toHaveLength(1);
    expect(await drop("2025-11", true)).toMatchObject([{ month: "2025-10", unreadable: 1 }]);
    // It never had events: it may come again.
    expect(await answerOf(await post(app, account, "no JSON"))).toBe("unreadable");
    expect(await answerOf(await post(app, account, "no JSON"))).toBe("repeated");
  });

  test("while others record into the months that stay", async () => {
    await threeMonths();
    const other = app.neighbour();
    const guests = Array.from({ length: 40 }, (_, n) => joins(`Guest ${n}`)(NOVEMBER + n));
    const recording = (async () => {
      for (const guest of guests) await deliverBodies(other, account, "hall", [guest]);
    })();
    await drop("2025-10");
    await drop("2025-11");
    await recording;
    expect(await storedMonths()).toEqual(["2025-11: 42"]);
  });

  test("not while a transaction reads it, and then nothing is lost", async () => {
    await threeMonths();
    const reading = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const backup = app.database.sql.begin(async (tx) => {
      await tx`select count(*) from deliveries`;
      reading.resolve();
      await done.promise;
    });
    await reading.promise;
    const refused = dropMonth(app.database, "2025-09", async () => undefined, [100, 300]);
    // Recording waits for a moment at most.
    const guests = Array.from({ length: 5 }, (_, n) => joins(`Guest ${n}`)(NOVEMBER + n));
    expect(new Set(await deliverBodies(app, account, "hall", guests))).toEqual(
      new Set(["recorded"]),
    );
    await expect(refused).rejects.toThrow(MonthInUse);
    done.resolve();
    await backup;
    expect(await storedMonths()).toEqual(["2025-09: 2", "2025-10: 2", "2025-11: 7"]);
    expect(await drop("2025-10")).toHaveLength(1);
  });
});

describe("after a drop", () => {
  test("a replay leaves events that cannot be read again as they are", async () => {
    await threeMonths();
    await drop("2025-11");
    const before = await readModels(app.database);
    expect(await replay(app.database, null, quiet, { now: () => app.now })).toEqual({
      rooms: 1,
      deliveries: 2,
      changed: 0,
      read: 0,
    });
    expect(await readModels(app.database)).toEqual(before);
  });

  test("a delivery that turns out to repeat a dropped one is its repeat", async () => {
    await threeMonths();
    const { orm } = app.database;
    type Names = { id: number; key: string; occurrence: string; last: number };
    const [first] = await orm.execute<Names>(sql`
      select id, key, occurrence, (select max(id) from deliveries) as last
      from deliveries d join delivery_keys k on k.delivery_id = d.id
      where type = 'participant.joined' order by id`);
    if (!first) throw new Error("nothing was kept");
    const name = (id: number, { key, occurrence }: Pick<Names, "key" | "occurrence">) =>
      orm.execute(sql`
        update delivery_keys set key = ${key}, occurrence = ${occurrence} where delivery_id = ${id}`);
    // An older version took them for two.
    await name(first.id, { key: uuid(), occurrence: uuid() });
    const stray = bodyOf("daily", joins("Ada")(NOON.september), "ward", "stray");
    expect(await answerOf(await post(app, account, stray))).toBe("recorded");
    await orm.execute(sql`
      update delivery_keys set key = ${uuid()}, occurrence = ${uuid()}
      where delivery_id > ${first.last}`);
    await name(first.id, first);
    await drop("2025-11");
    await replay(app.database, null, quiet, { now: () => app.now });
    expect(await storedMonths()).toEqual(["2025-11: 2"]);
    const events = (await readModels(app.database)).filter((line) => /^event/.test(line));
    expect(events).toHaveLength(6);
  });

  test("where all projections are lost, the stored months are projected again", async () => {
    await threeMonths();
    await drop("2025-11");
    await loseProjections(app.database);
    expect(await replay(app.database, null, quiet)).toMatchObject({ read: 2 });
    expect((await readModels(app.database)).filter((line) => /^event/.test(line))).toHaveLength(2);
  });

  test("a meeting that is lost is put back as long as one of its deliveries is stored", async () => {
    const begun = Date.UTC(2025, 9, 31, 23, 50);
    await visit(begun, "night");
    await visit(NOON.september, "attic");
    app.now = NOVEMBER;
    // Of the meeting in the night only the leave came in November.
    await drop("2025-11");
    expect(await storedMonths()).toEqual(["2025-11: 1"]);
    const before = await readModels(app.database);
    await app.database.orm.execute(sql`delete from meetings`);
    await replay(app.database, null, quiet, { now: () => app.now });
    const rooms = await app.database.orm.execute<{ room: string; seq: number }>(sql`
      select r.key as room, m.seq from meetings m join rooms r on r.id = m.room_id`);
    expect([...rooms]).toEqual([{ room: "night", seq: 2 }]);
    const lines = (models: string[]) => models.filter((line) => /^event .*night/.test(line));
    expect(lines(await readModels(app.database))).toEqual(lines(before));
    // The rooms of the others cannot be found out; these are left as they are.
    const [events] = await app.database.orm.execute(sql`select count(*)::int as n from events`);
    expect(events).toEqual({ n: 4 });
  });

  test("an erasure takes what is left of the room's people", async () => {
    const bots = await app.account("attendee");
    const bot = botNamed("bot_1");
    app.now = NOON.september;
    await post(app, bots, bot.joins("10:00", "Grace"));
    app.now = NOVEMBER;
    await post(app, bots, bot.joins("10:05", "Ada"));
    await drop("2025-11");
    await post(app, bots, bot.deletes("11:00"));
    const lines = (await everythingStored(app.database)).join("\n");
    expect(lines).not.toMatch(/Grace|Ada/);
    expect(lines).toMatch(/erased with what we held/);
  });

  test("it is known when a delivery of each source last came, and when any did", async () => {
    await visit(NOON.september);
    app.now = NOVEMBER;
    await drop("2025-11");
    expect(await receivedBySource(app.database.orm)).toMatchObject([
      { lastAt: "2025-09", unreadable: 0 },
    ]);
    expect((await lastReceivedOf(app.database.orm)).lastEventAt).toBe(NOON.september + 900_000);
  });
});
