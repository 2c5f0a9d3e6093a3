import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { botRules, clock } from "#domain/testing/history.ts";
import { rebuildStale } from "#server/ingest/stale.ts";
import { arrival, record, unreadableArrival } from "#server/ingest/testing/recorder.ts";
import { botNamed, type TestBot } from "#server/testing/bot.ts";
import { everythingStored, loseProjections } from "#server/testing/stored.ts";
import {
  answerOf,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { replay } from "./replay.ts";

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

describe("a replay of an erased room", () => {
  test("leaves it exactly as it is, and the clock does too", async () => {
    await hand(...view(), bot.speech("Ada"), ended(), bot.deletes("11:00"));
    await hand(bot.joins("11:30", "Alan Turing"), bot.speech("Alan Turing"), bot.deletes("11:40"));
    const before = await everythingStored(app.database);
    await replay(app.database, null, quiet);
    await rebuildStale(app.database, clock("12:00") + 100 * 3_600_000);
    expect(await everythingStored(app.database)).toEqual(before);
  });

  test("from nothing erases again, in any order of the deliveries", async () => {
    await hand(...view(), bot.deletes("11:00"), bot.joins("11:30", "Alan Turing"));
    await loseProjections(app.database);
    await replay(app.database, null, quiet);
    // The numbers were only in the rows that are lost.
    expect(await meetings()).toMatchObject([
      { erased: clock("11:00"), people: 0, status: "ended" },
    ]);
    expect(await hand(bot.joins("11:45", "Alan Turing"))).toEqual(["ignored"]);
    expect(await linesWith("Turing")).toEqual([]);
    const before = await everythingStored(app.database);
    await replay(app.database, null, quiet);
    expect(await everythingStored(app.database)).toEqual(before);
  });

  test("erases where an older version took the deletion for the bot's leave", async () => {
    await hand(...view(), bot.speech("Ada Lovelace"));
    const at = clock("11:00");
    const left = { type: "observer_left", at, reason: "data_deleted" } as const;
    const projected = arrival(account.id, bot.id, left, botRules);
    const body = Buffer.from(bot.deletes("11:00"));
    await record(app.database, [{ ...projected, delivery: { ...projected.delivery, body } }], at);
    expect(await linesWith("Lovelace")).not.toEqual([]);
    await replay(app.database, null, quiet, { now: () => app.now });
    expect(await linesWith("Lovelace")).toEqual([]);
    expect(await meetings()).toMatchObject([{ erased: at, people: 2, peak: 2, to: at }]);
  });

  test("erases where the deletion itself could not be read when it came", async () => {
    await hand(...view());
    const body = Buffer.from(bot.deletes("11:00"));
    const delivery = unreadableArrival(
      { sourceId: account.id, receivedAt: app.now, body },
      botRules,
    );
    await record(app.database, [delivery], app.now);
    await replay(app.database, null, quiet);
    expect(await linesWith("Lovelace")).toEqual([]);
    expect(await hand(bot.deletes("11:00"))).toEqual(["repeated"]);
  });
});
