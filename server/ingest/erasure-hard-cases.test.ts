import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ChangedNotification, listen } from "#db/connection/bus.ts";
import type { RecordingClient } from "#db/connection/client.ts";
import { unprojectedCount } from "#db/recording/unprojected.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes, rules } from "#domain/testing/history.ts";
import { botNamed, type TestBot } from "#server/testing/bot.ts";
import { everythingStored } from "#server/testing/stored.ts";
import {
  answerOf,
  openTestApp,
  post,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { UnknownInMeeting } from "./correct-meeting.ts";
import { createDoor } from "./door.ts";
import { Projector } from "./projector.ts";
import { recordCorrection } from "./record-correction.ts";
import { rebuildStale } from "./stale.ts";
import { arrival, record } from "./testing/recorder.ts";

let app: TestApp;
let account: TestSource;
let bot: TestBot;
beforeEach(async () => {
  // A test app of its own, because the tests read everything in it.
  app = await openTestApp();
  app.now = clock("12:00");
  account = await app.account("attendee");
  bot = botNamed(`bot_${uuid()}`, "Weekly sync");
});

afterEach(() => app.close());

const quiet = () => undefined;

async function hand(...bodies: string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const body of bodies) answers.push(await answerOf(await post(app, account, body)));
  return answers;
}

async function linesWith(name: string): Promise<string[]> {
  return (await everythingStored(app.database)).filter((line) => line.includes(name));
}

async function meetings(): Promise<Record<string, unknown>[]> {
  const rows = await app.database.orm.execute(sql`
    select status, started_at as "from", ended_at as "to", ended_by as by, people_count as people,
      waits_left_count as lost, peak_count as peak, m.erased_at as erased, erased_reason as reason,
      present_count + waiting_count as there, title, m.seq, stale_at as stale
    from meetings m join rooms r on r.id = m.room_id
    where m.source_id = ${account.id} and merged_into is null order by first_at`);
  return [...rows];
}

const view = () => [
  bot.comesIn("10:00"),
  bot.joins("10:01", "Ada Lovelace", { host: true }),
  bot.joins("10:02", "Grace Hopper"),
  bot.leaves("10:30", "Ada Lovelace"),
];
const ended = () => bot.turns("10:40", "meeting_ended", "post_processing");

describe("nothing of the people is left", () => {
  test("in bodies with speech, chat or transcripts, readable or not", async () => {
    const timeless = bot.joins("10:04", "Emmy Noether").replace(/"timestamp_ms": \d+/, '"x": 1');
    await hand(...view(), bot.speech("Ada Lovelace"), bot.chat("Grace Hopper", "Lovelace?"));
    const answers = await hand(bot.transcript("Grace Hopper", "Ada!"), timeless, ended());
    expect(answers).toEqual(["ignored", "unreadable", "recorded"]);
    expect(await linesWith("Noether")).toHaveLength(1);
    await hand(bot.deletes("11:00"));
    for (const name of ["Ada", "Lovelace", "Hopper", "Noether"]) {
      expect(await linesWith(name)).toEqual([]);
    }
    const unreadable = await app.database.orm.execute(sql`
      select id from deliveries where source_id = ${account.id} and status = 'unreadable'`);
    expect([...unreadable]).toEqual([]);
  });

  test("in deliveries that were stored before their room was", async () => {
    await hand(...view(), bot.speech("Ada Lovelace"), ended());
    await app.database.orm.execute(sql`
      update deliveries set room = null where source_id = ${account.id}`);
    await hand(bot.deletes("11:00"));
    expect(await linesWith("Lovelace")).toEqual([]);
  });

  test("but everything of another bot whose name begins alike", async () => {
    const other = botNamed(`${bot.id}0`);
    await hand(other.comesIn("10:00"), other.joins("10:01", "Alan Turing"), other.speech("Turing"));
    await app.database.orm.execute(sql`
      update deliveries set room = null where source_id = ${account.id}`);
    await hand(...view(), bot.deletes("11:00"));
    expect(await linesWith("Turing")).toHaveLength(6);
  });

  test("nor of an operator who entered who is who", async () => {
    await hand(...view(), ended());
    const [row] = await app.database.orm.execute<{ id: string }>(sql`
      select id from meetings where source_id = ${account.id}`);
    const participantIds = ["Ada Lovelace", "Grace Hopper"];
    const correction = { verdict: "same" as const, participantIds };
    await recordCorrection(app.database, row?.id ?? "", correction, "Mia Wallace", app.now);
    await hand(bot.deletes("11:00"));
    expect(await linesWith("Wallace")).toEqual([]);
    const again = recordCorrection(app.database, row?.id ?? "", correction, "Mia Wallace", app.now);
    await expect(again).rejects.toBeInstanceOf(UnknownInMeeting);
  });

  test("when everything comes at once through two processes, in any order", async () => {
    const doors = [app, app.neighbour()];
    for (let round = 0; round < 12; round += 1) {
      const own = botNamed(`bot_${uuid()}`);
      const bodies = [
        own.deletes("11:00"),
        own.comesIn("10:00"),
        ...Array.from({ length: 6 }, (_, index) => own.joins(`10:0${index}`, `Zelda ${index}`)),
        ...Array.from({ length: 6 }, (_, index) => own.speech(`Zelda ${index}`)),
        own.joins("10:09", "Zelda").replace(/"timestamp_ms": \d+/, '"x": 1'),
      ];
      // From run to run the deletion comes later among the others.
      const [deletion = "", ...rest] = bodies;
      rest.splice(round, 0, deletion);
      await Promise.all(
        rest.map(async (body, index) => post(doors[index % 2] ?? app, account, body)),
      );
      expect(await linesWith("Zelda")).toEqual([]);
    }
  });
});

describe("a delivery that another process is projecting as the deletion comes", () => {
  /** A door whose transactions stay open until they are released. */
  function slowDoor() {
    const [done, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { database } = app.neighbour();
    const { projector } = database;
    const transaction: RecordingClient["transaction"] = (work) =>
      projector.transaction(async (tx) => {
        const answer = await work(tx);
        done.resolve();
        await go.promise;
        return answer;
      });
    const slow = new Projector({ projector: { ...projector, transaction } }, app.door);
    const own = { ...app.door, secret: SECRET, projector: slow };
    return { door: createDoor(database, own), done, go };
  }

  /** Resolves when both are stored, and the deletion waits to be projected. */
  function bothAreStored(): Promise<void> {
    return eventually(async () => {
      const { count } = await unprojectedCount(app.database.orm);
      expect(count).toBeGreaterThan(1);
    });
  }

  test.each([
    ["speech in a meeting that exists", view, () => bot.speech("Ada Lovelace")],
    ["speech of a bot that is new", () => [], () => bot.speech("Ada Lovelace")],
    ["a join", () => [], () => bot.joins("10:05", "Ada Lovelace")],
  ])("goes too: %s", async (_what, before, late) => {
    await hand(...before());
    const { door, done, go } = slowDoor();
    const keeping = post({ door }, account, late());
    await done.promise;
    const deleting = post(app.neighbour(), account, bot.deletes("11:00"));
    await bothAreStored();
    go.resolve();
    expect(await Promise.all([keeping, deleting].map(async (one) => (await one).status))).toEqual([
      200, 200,
    ]);
    expect(await linesWith("Lovelace")).toEqual([]);
  });
});

describe("the numbers that stay", () => {
  test("are those that were projected", async () => {
    await hand(...view(), ended());
    const [before] = await meetings();
    await hand(bot.deletes("11:00"));
    const [after] = await meetings();
    expect(before).toMatchObject({ people: 2, peak: 2, to: clock("10:40"), by: "provider" });
    expect(after).toEqual({
      ...before,
      seq: 1,
      erased: clock("11:00"),
      reason: "data_deleted",
    });
  });

  test("show that a meeting which seemed to go on ended with the deletion", async () => {
    await hand(...view(), bot.deletes("11:00"));
    expect(await meetings()).toMatchObject([
      { status: "ended", to: clock("11:00"), there: 0, people: 2, stale: null },
    ]);
  });

  test("of a meeting that fell silent are those of then, however late the deletion", async () => {
    await hand(...view());
    app.now = clock("36:00");
    await rebuildStale(app.database, app.now);
    const [before] = await meetings();
    expect(before).toMatchObject({ status: "ended", to: clock("10:30"), by: "inferred" });
    app.now = clock("72:00");
    await hand(bot.deletes("71:59"));
    expect(await meetings()).toMatchObject([
      { ...before, seq: 1, erased: clock("71:59"), reason: "data_deleted" },
    ]);
  });

  test("stay for each meeting of a room that has several", async () => {
    const events = minutes(
      ["10:00", joins("Ada")],
      ["10:10", leaves("Ada")],
      ["11:00", joins("Bo")],
      ["11:01", joins("Cy")],
      ["11:30", leaves("Bo")],
      ["11:31", leaves("Cy")],
    );
    const deleted = { type: "data_deleted", at: clock("12:00"), reason: "asked for" } as const;
    const batch = [...events, deleted].map((event) => arrival(account.id, "ward", event, rules));
    await record(app.database, batch, clock("12:01"));
    expect(await meetings()).toMatchObject([
      { people: 1, peak: 1, to: clock("10:10"), seq: 1, reason: "asked for" },
      { people: 2, peak: 2, to: clock("11:31"), seq: 1, reason: "asked for" },
    ]);
  });
});

describe("from then on", () => {
  test("a second deletion changes nothing", async () => {
    await hand(...view(), bot.deletes("11:00"));
    const before = await meetings();
    expect(await hand(bot.deletes("11:30"))).toEqual(["ignored"]);
    expect(await meetings()).toEqual(before);
  });

  test("a new delivery leaves only its key, and its title does not count", async () => {
    await hand(...view(), bot.deletes("11:00"));
    const renamed = botNamed(bot.id, "Renamed");
    const late = renamed.joins("11:30", "Alan Turing");
    expect(await hand(late, late)).toEqual(["ignored", "repeated"]);
    expect(await meetings()).toMatchObject([{ title: "Weekly sync" }]);
    const rows = await app.database.orm.execute(sql`
      select room, status, reason, repeats, length(body) as bytes from deliveries
      where source_id = ${account.id} order by id desc limit 1`);
    expect([...rows]).toEqual([
      {
        room: bot.id,
        status: "ignored",
        reason: "erased with what we held of its meeting",
        repeats: 1,
        bytes: 0,
      },
    ]);
  });

  test("open pages change to what is left", async () => {
    const notifications: ChangedNotification[] = [];
    const stop = await listen(
      app.database.sql,
      (notification) => notifications.push(notification),
      quiet,
    );
    await hand(...view());
    const [row] = await app.database.orm.execute<{ id: string }>(sql`
      select id from meetings where source_id = ${account.id}`);
    await hand(bot.deletes("11:00"));
    await eventually(() => expect(notifications.flatMap(({ merged }) => merged)).toHaveLength(1));
    const [move] = notifications.flatMap(({ merged }) => merged);
    expect(move?.from).toBe(row?.id);
    expect(notifications.flatMap(({ changes }) => changes)).toContainEqual({
      id: move?.into,
      from: 1,
      to: 1,
    });
    await stop();
  });
});
