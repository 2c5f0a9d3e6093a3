import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { changeSource, sourceById } from "#db/sources/sources.ts";
import { clock } from "#domain/testing/history.ts";
import { rebuildSource } from "#server/runtime/jobs/rebuild-source.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { previewOfBots } from "#server/sources/preview.ts";
import { botNamed, type TestBot } from "#server/testing/bot.ts";
import { loseProjections, readModels } from "#server/testing/stored.ts";
import { openTestApp, post, type TestApp, type TestSource } from "#server/testing/test-app.ts";
import { settleBots } from "./settle-bots.ts";

const AT_PLACE = { meeting_url: "https://meet.google.com/abc-defg-hij?authuser=1" };

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("23:00") });
  app = await openTestApp();
});
beforeEach(async () => {
  await loseProjections(app.database);
  account = await app.account("attendee");
});
afterAll(async () => {
  vi.useRealTimers();
  await app.close();
});

async function tell(...bodies: string[]): Promise<void> {
  for (const body of bodies) await post(app, account, body);
}

const settled = () => settleBots(app.database, clock("23:00"));

/** What is found by asking Attendee: the address of a bot's meeting. */
function meetingOf({ id }: TestBot, address = AT_PLACE.meeting_url): string {
  return JSON.stringify({
    bot_id: id,
    bot_metadata: null,
    trigger: "bot.meeting",
    data: { meeting_url: address },
  });
}

async function seen() {
  return app.database.orm
    .select({
      room: rooms.key,
      people: meetings.peopleCount,
      status: meetings.status,
      startedAt: meetings.startedAt,
      endedAt: meetings.endedAt,
      seq: meetings.seq,
    })
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .where(and(eq(meetings.sourceId, account.id), isNull(meetings.mergedInto)))
    .orderBy(meetings.firstAt);
}

async function visits() {
  const rows = await app.database.orm
    .select({ name: attendances.name, visits: attendances.visits })
    .from(attendances)
    .innerJoin(meetings, eq(meetings.id, attendances.meetingId))
    .where(eq(meetings.sourceId, account.id))
    .orderBy(attendances.name);
  return rows.map((row) => [
    row.name,
    ...row.visits.map(({ joinedAt, leftAt }) => [joinedAt, leftAt]),
  ]);
}

const [one, two] = [botNamed("bot_one"), botNamed("bot_two")];

/** Ada is there from 10:01 to 10:40, Bo from 10:10 to 10:20; each bot sees its part. */
const ofOne = [
  one.comesIn("10:00"),
  one.joins("10:01", "Ada"),
  one.joins("10:10", "Bo"),
  one.leaves("10:20", "Bo"),
  one.turns("10:30", "meeting_ended", "post_processing"),
];
const ofTwo = [
  two.comesIn("10:05"),
  two.joins("10:05", "Ada"),
  two.joins("10:10", "Bo"),
  two.leaves("10:20", "Bo"),
  two.leaves("10:40", "Ada"),
  two.turns("10:50", "meeting_ended", "post_processing"),
];
describe("two bots at one address at one time", () => {
  const expectOne = async () => {
    expect(await seen()).toMatchObject([{ room: "bot_one", people: 2, status: "ended", seq: 11 }]);
    expect(await visits()).toEqual([
      ["Ada", [clock("10:01"), clock("10:40")]],
      ["Bo", [clock("10:10"), clock("10:20")]],
    ]);
  };

  test("are one meeting in which nobody is doubled, once their address is known", async () => {
    await tell(...ofOne, ...ofTwo);
    await settled();
    expect(await seen()).toHaveLength(2);
    await tell(meetingOf(one), meetingOf(two));
    await settled();
    await expectOne();
  });

  test("go on as one meeting, whichever webhook comes after", async () => {
    await tell(ofOne[0] ?? "", meetingOf(one), ofTwo[0] ?? "", meetingOf(two));
    await settled();
    await tell(...ofTwo.slice(1).toReversed(), ...ofOne.slice(1));
    await settled();
    await expectOne();
  });

  test("are the same after a replay, and after one from the deliveries alone", async () => {
    await tell(...ofOne, meetingOf(one), ...ofTwo, meetingOf(two));
    await settled();
    const before = await readModels(app.database, account.id);
    const done = await replay(app.database, null, () => undefined, { now: () => clock("23:00") });
    expect(done.changed).toBe(0);
    expect(await readModels(app.database, account.id)).toEqual(before);
    await loseProjections(app.database);
    await replay(app.database, null, () => undefined, { now: () => clock("23:00") });
    await settled();
    expect(await readModels(app.database, account.id)).toEqual(before);
  });

  test("are several where the source says so, and one again where it does not", async () => {
    await tell(...ofOne, meetingOf(one), ...ofTwo, meetingOf(two));
    await settled();
    const set = async (joinsBots: boolean, since: number) => {
      await changeSource(app.database.orm, account.id, { joinsBots, untoldSince: since });
      await rebuildSource(app.database, account.id, (_, work) => work({ add: () => undefined }));
    };
    const source = await sourceById(app.database.orm, account.id);
    if (source === null) throw new Error("no source");
    const wouldBe = (joinsBots: boolean) =>
      previewOfBots(app.database, { ...source, joinsBots }, clock("23:00"));
    expect(await wouldBe(true)).toEqual({ parted: 0, joined: 0 });
    expect(await wouldBe(false)).toEqual({ parted: 1, joined: 0 });
    await set(false, 1);
    expect(await wouldBe(true)).toEqual({ parted: 0, joined: 2 });
    expect(await seen()).toMatchObject([
      { room: "bot_one", people: 2, endedAt: clock("10:30") },
      { room: "bot_two", people: 2, endedAt: clock("10:50") },
    ]);
    await set(true, 2);
    await expectOne();
  });

  test("are one by what somebody wrote into their metadata, without asking Attendee", async () => {
    const placed = (bodies: readonly string[]) =>
      bodies.map((body) => JSON.stringify({ ...JSON.parse(body), bot_metadata: AT_PLACE }));
    await tell(...placed(ofTwo), ...placed(ofOne));
    await settled();
    expect(await seen()).toMatchObject([{ room: "bot_two", people: 2, seq: 11 }]);
  });

  test("are parted again where it turns out that one had left before the other came", async () => {
    await tell(one.comesIn("12:00"), one.joins("12:01", "Ada"), meetingOf(one));
    await tell(two.comesIn("16:00"), two.joins("16:01", "Ada"), meetingOf(two));
    await settled();
    expect(await seen()).toHaveLength(1);
    await tell(one.turns("12:30", "meeting_ended", "post_processing"));
    await settled();
    expect(await seen()).toMatchObject([
      { room: "bot_one", status: "ended", endedAt: clock("12:30") },
      { room: "bot_two", status: "live", endedAt: null },
    ]);
  });
});

test("bots at different addresses, or at one at different times, are several meetings", async () => {
  await tell(...ofOne, meetingOf(one), ...ofTwo, meetingOf(two, "https://meet.google.com/else"));
  const three = botNamed("bot_three");
  await tell(three.comesIn("11:00"), three.joins("11:01", "Ada"), meetingOf(three));
  await settled();
  expect(await seen()).toHaveLength(3);
});

test("what one bot's data is deleted with is everything of the meeting, as it is about the same people", async () => {
  await tell(...ofOne, meetingOf(one), ...ofTwo, meetingOf(two));
  await settled();
  await tell(two.deletes("11:00"));
  expect(await visits()).toEqual([]);
  await tell(one.joins("11:05", "Ada"));
  expect(await visits()).toEqual([]);
});
