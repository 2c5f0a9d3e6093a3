import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runs } from "#db/testing/runs.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { recordCorrection } from "#server/ingest/record-correction.ts";
import { arrival, record } from "#server/ingest/testing/recorder.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { botNamed } from "#server/testing/bot.ts";
import { digestOf } from "#server/testing/digest.ts";
import { loseProjections, readModels } from "#server/testing/stored.ts";
import { deliverBodies, openTestApp, post, type TestApp } from "#server/testing/test-app.ts";
import { replay } from "./replay.ts";

let app: TestApp;
beforeEach(async () => {
  app = await openTestApp();
  app.now = now;
});
afterEach(() => app.close());

const now = clock("13:00");
const quiet = () => undefined;

/** A replay of everything at one o'clock. */
const again = (options = {}, say: (line: string) => void = quiet) =>
  replay(app.database, null, say, { now: () => now, ...options });

/** The events of a history that Daily can report. */
const tellable = (events: readonly MeetingEvent[]) =>
  events.filter(({ type }) => type !== "updated");

describe("for any history, a replay from nothing but the deliveries", () => {
  test("projects it as it was, and a second one changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ maxLength: 14 }),
        histories({ maxLength: 6 }),
        histories({ bot: true, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (ward, hall, bot, atOnce) => {
          // A replay rebuilds everything: no run is to rebuild what the runs before had.
          await loseProjections(app.database);
          await app.database.orm.execute(sql`truncate deliveries`);
          const [clinic, bots] = [await app.account(), await app.account("attendee")];
          const [left = [], right = []] = [tellable(ward), tellable(hall)];
          await deliverBodies(app, clinic, "ward", left);
          await deliverBodies(app, clinic, "hall", right);
          await deliverBodies(app, bots, "bot_1", bot);
          const sources = [clinic.id, bots.id];
          const models = () => Promise.all(sources.map((id) => readModels(app.database, id)));
          const before = await models();
          await loseProjections(app.database);
          const small = { eventsAtOnce: atOnce, deliveriesAtOnce: atOnce };
          await again(small);
          expect(await models()).toEqual(before);
          expect(await again(small)).toMatchObject({ changed: 0, read: 0 });
          expect(await models()).toEqual(before);
        },
      ),
      { seed: 20_261_121, numRuns: runs(8) },
    );
  });
});

describe("beside a server that records", () => {
  test("no delivery is recorded twice and none is left out", async () => {
    const account = await app.account();
    const guest = (index: number) => joins(`Guest ${index}`)(clock("10:00") + index * 1_000);
    await deliverBodies(
      app,
      account,
      "ward",
      Array.from({ length: 30 }, (_, index) => guest(index)),
    );
    await loseProjections(app.database);
    const other = app.neighbour();
    const recording = async () => {
      for (let index = 30; index < 60; index += 1)
        await deliverBodies(other, account, "ward", [guest(index)]);
    };
    await Promise.all([recording(), again({ deliveriesAtOnce: 3 })]);
    const [row] = await app.database.orm.execute(sql`
      select present_count as present, seq, (select count(*)::int from events) as events
      from meetings where merged_into is null`);
    expect(row).toEqual({ present: 60, seq: 60, events: 60 });
  });
});

describe("where only some of it is lost", () => {
  beforeEach(async () => {
    const account = await app.account();
    await deliverBodies(
      app,
      account,
      "ward",
      minutes(
        ["10:00", knocks("Ada")],
        ["10:01", joins("Ada")],
        ["10:02", joins("Bo", { session: "1" })],
        ["10:05", leaves("Bo", { session: "1", joinedAt: "10:02" })],
        ["11:00", joins("Ada B", { session: "2" })],
        ["11:01", knocks("Cy")],
        ["11:03", stopsWaiting("Cy", { since: "11:01" })],
      ),
    );
    const [meeting] = await app.database.orm.execute<{ id: string }>(sql`
      select id from meetings order by first_at limit 1`);
    const correction = { verdict: "same" as const, participantIds: ["1", "2"] };
    await recordCorrection(app.database, meeting?.id ?? "", correction, "Mia", now);
  });

  test.each([
    ["what follows from the events", ["meetings", "attendances", "waits", "rooms"]],
    ["the meetings", ["meetings"]],
    ["the rooms", ["rooms"]],
    ["the people and their waits", ["attendances", "waits"]],
    ["the people", ["attendances"]],
    ["the waits", ["waits"]],
    ["all people over all meetings", ["people", "aliases"]],
  ])(
    "%s, it is there again under the same addresses, with operators' corrections",
    async (_, tables) => {
      const before = await readModels(app.database);
      const addresses = () =>
        app.database.orm.execute(
          sql`select id, seq from meetings where merged_into is null order by id`,
        );
      const addressesBefore = [...(await addresses())];
      for (const table of tables) {
        await app.database.orm.execute(sql`truncate ${sql.identifier(table)}`);
      }
      await again();
      expect(await readModels(app.database)).toEqual(before);
      expect([...(await addresses())]).toEqual(addressesBefore);
      expect(before.filter((line) => line.includes("operator"))).toHaveLength(1);
    },
  );
});

test("spoiled rows are as before in every column, under the same addresses", async () => {
  const account = await app.account();
  for (const room of ["ward", "hall"])
    await deliverBodies(
      app,
      account,
      room,
      minutes(
        ["10:00", knocks("Ada")],
        ["10:03", stopsWaiting("Ada", { since: "10:00" })],
        ["10:30", joins("Ada", { session: "2" })],
        ["10:31", knocks("Bo")],
        ["10:32", joins("Bo")],
        ["10:40", leaves("Bo", { joinedAt: "10:32" })],
      ),
    );
  const before = await digestOf(app.database);
  for (const spoil of [
    sql`update meetings set people_count = 9, peak_count = 0, people_lost_count = people_lost_count + 1`,
    sql`update attendances set attended_ms = 1, visits = '[]', first_at = first_at + 1`,
    sql`delete from attendances where name = 'Bo'`,
    sql`update waits set outcome = 'unknown', returned = not returned`,
    sql`delete from waits where name = 'Bo'`,
    sql`update people set meetings = meetings + 1, name = 'Wrong', sort_key = ''`,
    sql`delete from people`,
    sql`update aliases set name = 'Wrong', name_key = 'wrong'`,
    sql`update rooms set current_meeting_id = null`,
    sql`delete from meetings`,
  ]) {
    await app.database.orm.execute(spoil);
    expect(await digestOf(app.database)).not.toEqual(before);
    await again();
    expect(await digestOf(app.database)).toEqual(before);
  }
});

test("rooms that are lost get their titles again", async () => {
  const account = await app.account("attendee");
  const bot = botNamed("bot_1", "Weekly sync");
  for (const body of [bot.comesIn("10:00"), bot.joins("10:01", "Ada")])
    await post(app, account, body);
  const before = await readModels(app.database);
  expect(before.filter((line) => line.includes("Weekly sync"))).toHaveLength(1);
  await app.database.orm.execute(sql`truncate rooms`);
  await again();
  expect(await readModels(app.database)).toEqual(before);
});

test("deliveries that the database refuses are reported and left, and all others are recorded", async () => {
  const account = await app.account();
  const rooms = ["ward", "cellar", "attic", "cellar", "hall"];
  for (const [index, room] of rooms.entries()) {
    await post(
      app,
      account,
      bodyOf("daily", joins(`Guest ${index}`)(clock("10:00")), room, `${index}`),
    );
  }
  await loseProjections(app.database);
  await app.database.orm.execute(sql`
    alter table rooms add constraint no_cellar check (key <> 'cellar')`);
  const lines: string[] = [];
  expect(await again({}, (line) => lines.push(line))).toMatchObject({ read: 3 });
  expect(lines.filter((line) => line.startsWith("Delivery"))).toEqual([
    expect.stringMatching(/^Delivery 2026110000000002 says what cannot be recorded: .*no_cellar/),
    expect.stringMatching(/^Delivery 2026110000000004 says what cannot be recorded: .*no_cellar/),
  ]);
  await app.database.orm.execute(sql`alter table rooms drop constraint no_cellar`);
  expect(await again()).toMatchObject({ read: 2 });
});

test("deliveries of an earlier version get the room that they name", async () => {
  const account = await app.account();
  await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ada")]));
  await app.database.orm.execute(sql`update deliveries set room = null`);
  expect(await again()).toMatchObject({ changed: 0, read: 0 });
  const rows = await app.database.orm.execute(sql`select room from deliveries`);
  expect([...rows]).toEqual([{ room: "ward" }]);
});

test("of two deliveries that an earlier translation took for two events, one is the repeat", async () => {
  const account = await app.account();
  const ada = joins("Ada")(clock("10:00"));
  const bodies = ["first configuration", "second configuration"].map((id) =>
    Buffer.from(bodyOf("daily", ada, "ward", id)),
  );
  for (const body of bodies) {
    const recorded = arrival(account.id, "ward", ada, rules, uuid());
    await record(app.database, [{ ...recorded, delivery: { ...recorded.delivery, body } }], now);
  }
  expect((await readModels(app.database)).filter((line) => /^event/.test(line))).toHaveLength(2);
  await again();
  expect((await readModels(app.database)).filter((line) => /^event/.test(line))).toHaveLength(1);
  const rows = await app.database.orm.execute(sql`select repeats from deliveries`);
  expect([...rows]).toEqual([{ repeats: 1 }]);
});

test("each part of a replay reports at once what it does", async () => {
  const account = await app.account();
  for (const room of ["ward", "hall"])
    await deliverBodies(
      app,
      account,
      room,
      minutes(["10:00", joins("Ada")], ["10:01", joins("Bo")]),
    );
  const lines: string[] = [];
  await again({}, (line) => lines.push(line));
  expect(lines.splice(0)).toEqual([
    "Looking for meetings that are no more",
    "0 of 4 events projected again",
    "Looking for deliveries without events",
    "0 of 2 people counted again",
  ]);
  await app.database.orm.execute(sql`truncate meetings`);
  await again({}, (line) => lines.push(line));
  expect(lines.splice(0)).toContain("0 of 2 meetings put back");
  await loseProjections(app.database);
  await again({}, (line) => lines.push(line));
  expect(lines).toContain("0 of 4 deliveries read again");
});

test("rows that are as they should be are not written again", async () => {
  const account = await app.account();
  await deliverBodies(
    app,
    account,
    "ward",
    minutes(["10:00", knocks("Ada")], ["10:01", joins("Ada")], ["10:02", joins("Bo")]),
  );
  const rows = async () => {
    const lines: string[] = [];
    for (const table of [
      "deliveries",
      "events",
      "meetings",
      "attendances",
      "waits",
      "people",
      "aliases",
    ]) {
      const versions = await app.database.orm.execute<{ version: string }>(
        sql`select ctid || ' ' || xmin as version from ${sql.identifier(table)} order by 1`,
      );
      lines.push(...versions.map(({ version }) => `${table} ${version}`));
    }
    return lines;
  };
  const before = await rows();
  await again();
  expect(await rows()).toEqual(before);
});
