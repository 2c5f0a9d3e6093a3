import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  clock,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  starts,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage } from "#server/http/testing/pages.ts";
import { attendeeBody, joinData } from "#server/providers/attendee/testing/sample.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  counter = await openApiClient();
});
afterAll(() => counter.app.close());
beforeEach(async () => {
  account = await counter.app.account("attendee");
  counter.app.now = clock("10:00");
});

const path = (bot: string) => `/api/v1/bots/${bot}/participant_events`;
const types = column("event_type");

async function hand(...bodies: string[]): Promise<void> {
  for (const body of bodies) await post(counter.app, account, body);
}

async function meetingIn(room: string): Promise<string> {
  const { results } = await readPage(counter, `/api/v1/meetings?room=${room}`);
  return String(results[0]?.["id"]);
}

const update = (id: string, before: boolean, changes: object = {}) =>
  attendeeBody({
    trigger: "participant_events.join_leave",
    bot_id: "bot_a",
    idempotency_key: id,
    data: {
      ...joinData,
      id,
      event_type: "update",
      event_data: { isHost: { before, after: !before } },
      participant_is_host: !before,
      ...changes,
    },
  });

describe("what an Attendee bot saw", () => {
  test("is byte for byte as Attendee writes it, updates with their changes", async () => {
    const bot = botNamed("bot_a");
    const ada = { uuid: joinData.participant_uuid, user: "zoom-1", host: false };
    await hand(
      bot.comesIn("9:59"),
      bot.joins("10:00", "Zoë 👩‍🚀", { ...ada, id: "pe_1" }),
      update("pe_2", false, { timestamp_ms: clock("10:01") }),
      bot.leaves("10:02:00.250", null, { ...ada, id: "pe_3" }),
      bot.turns("10:03", "meeting_ended", "post_processing"),
    );
    const response = await counter.ask(path("bot_a"));
    const uuid = JSON.stringify(joinData.participant_uuid);
    expect(await response.text()).toBe(
      `{"next":null,"previous":null,"results":[` +
        `{"id":"pe_1","participant_name":"Zoë 👩‍🚀","participant_uuid":${uuid},"participant_user_uuid":"zoom-1","participant_is_host":false,"event_type":"join","event_data":{},"timestamp_ms":${clock("10:00")}},` +
        `{"id":"pe_2","participant_name":"Ada Lovelace","participant_uuid":${uuid},"participant_user_uuid":null,"participant_is_host":true,"event_type":"update","event_data":{"isHost":{"before":false,"after":true}},"timestamp_ms":${clock("10:01")}},` +
        `{"id":"pe_3","participant_name":null,"participant_uuid":${uuid},"participant_user_uuid":"zoom-1","participant_is_host":false,"event_type":"leave","event_data":{},"timestamp_ms":${clock("10:02:00.250")}}]}`,
    );
  });

  test("is in the order in which it was recorded, not in which it happened", async () => {
    const bot = botNamed("bot_late");
    await hand(bot.leaves("10:20", "Ada"), bot.joins("10:30", "Bo"), bot.joins("10:00", "Ada"));
    expect(types(await readPage(counter, path("bot_late")))).toEqual(["leave", "join", "join"]);
  });

  test("is empty for a bot that has not joined yet", async () => {
    await hand(botNamed("bot_new").turns("9:50", "join_requested", "joining", "ready"));
    const response = await counter.ask(path("bot_new"));
    expect(await response.text()).toBe('{"next":null,"previous":null,"results":[]}');
  });

  test("is empty once it was deleted, also for a client in the middle of its pages", async () => {
    const bot = botNamed("bot_gone");
    await hand(...Array.from({ length: 30 }, (_, n) => bot.joins("10:00", `Guest ${n}`)));
    const { next } = await readPage(counter, path("bot_gone"));
    await hand(bot.deletes("11:00"));
    for (const link of [path("bot_gone"), next ?? ""]) {
      expect(await readPage(counter, link)).toEqual({ next: null, previous: null, results: [] });
    }
  });

  test("has ids of our own where Attendee gave none, or the body is no longer stored", async () => {
    const bot = botNamed("bot_old");
    await hand(
      bot.joins("10:00", "Ada", { id: "pe_ada" }),
      bot.joins("10:00", "Bo", { id: "" }),
      bot.joins("10:00", "Cy", { id: "" }),
    );
    const ids = column("id");
    const before = ids(await readPage(counter, path("bot_old")));
    expect(before).toEqual([
      "pe_ada",
      expect.stringMatching(/^pe_[0-9a-f]{16}$/),
      expect.stringMatching(/^pe_[0-9a-f]{16}$/),
    ]);
    await counter.app.database.orm.execute(
      sql`delete from deliveries where source_id = ${account.id}`,
    );
    const after = await readPage(counter, path("bot_old"));
    expect(ids(after).slice(1)).toEqual(before.slice(1));
    expect(ids(after)[0]).toMatch(/^pe_[0-9a-f]{16}$/);
    expect(new Set(ids(after)).size).toBe(3);
    expect(after.results[0]).toMatchObject({ participant_name: "Ada", event_data: {} });
  });

  test("that two sources know is of the source added last; the other is found by its meeting's id", async () => {
    const bot = botNamed("bot_shared");
    await hand(bot.joins("10:00", "First"));
    const first = await meetingIn("bot_shared");
    const older = account;
    account = await counter.app.account("attendee");
    await hand(bot.joins("10:00", "Second"));
    account = older;
    await hand(bot.joins("10:05", "First again"));
    const names = column("participant_name");
    expect(names(await readPage(counter, path("bot_shared")))).toEqual(["Second"]);
    expect(names(await readPage(counter, path(first)))).toEqual(["First", "First again"]);
  });
});

describe("the filter after or before a moment", () => {
  test("compares the time of receipt, not of the event, and excludes the moment itself", async () => {
    const bot = botNamed("bot_when");
    for (const [came, happened, name] of [
      ["10:00:00.500", "9:00", "Ada"],
      ["10:00:01.500", "8:00", "Bo"],
      ["10:00:02.500", "7:00", "Cy"],
    ] as const) {
      counter.app.now = clock(came);
      await hand(bot.joins(happened, name));
    }
    const day = "2026-11-20";
    const narrowed = async (query: string) =>
      column("participant_name")(await readPage(counter, `${path("bot_when")}?${query}`));
    expect(await narrowed(`after=${day}T10:00:00.500Z`)).toEqual(["Bo", "Cy"]);
    expect(await narrowed(`after=${day}T10:00:00.499999`)).toEqual(["Ada", "Bo", "Cy"]);
    expect(await narrowed(`before=${day}T10:00:02.500Z`)).toEqual(["Ada", "Bo"]);
    expect(await narrowed(`before=${day}T10:00:02.500001Z`)).toEqual(["Ada", "Bo", "Cy"]);
    expect(await narrowed(`after=${day}T10:00:01Z&before=${day}T10:00:02%2B00:00`)).toEqual(["Bo"]);
    expect(await narrowed(`after=${day}&before=`)).toEqual(["Ada", "Bo", "Cy"]);
    expect(await narrowed("after=0001-01-01&before=9999-12-31")).toEqual(["Ada", "Bo", "Cy"]);
    expect(await narrowed(`after=${day}T10:00:02.500Z`)).toEqual([]);
  });

  test.each(["after", "before"])("%s with an invalid time is refused", async (name) => {
    await hand(botNamed("bot_when").joins("10:00", "Ada"));
    for (const text of ["1773309600", "2026-08-20T10:00:00+00:00", "x"]) {
      const response = await counter.ask(`${path("bot_when")}?${name}=${text}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toBe(
        `{"error":"Invalid ${name} format. Use ISO 8601 format (e.g., 2024-01-18T12:34:56Z)"}`,
      );
    }
    const unknown = await counter.ask(`${path("bot_none")}?${name}=x`);
    expect(unknown.status).toBe(404);
  });
});

describe("a meeting of another provider, by its id", () => {
  test("has its joins and leaves; waits have no equivalent", async () => {
    const clinic = await counter.app.account();
    for (const [minute, event] of [
      ["10:00", starts()],
      ["10:00", joins("Dr Ada", { session: "s1", user: "u1", host: true })],
      ["10:01", knocks("Bo", { session: "s2" })],
      ["10:02", stopsWaiting("Bo", { session: "s2", since: "10:01" })],
      ["10:02", joins("Bo", { session: "s3", host: null })],
      ["10:09", leaves("Bo", { session: "s3", joinedAt: "10:02" })],
      ["10:10", ends()],
    ] as const) {
      await deliverBodies(counter.app, clinic, "ward", minutes([minute, event]));
    }
    const { results } = await readPage(counter, path(await meetingIn("ward")));
    const id = expect.stringMatching(/^pe_[0-9a-f]{16}$/);
    const bo = {
      id,
      participant_name: "Bo",
      participant_uuid: "s3",
      participant_user_uuid: null,
      participant_is_host: false,
      event_data: {},
    };
    expect(results).toEqual([
      {
        ...bo,
        participant_name: "Dr Ada",
        participant_uuid: "s1",
        participant_user_uuid: "u1",
        participant_is_host: true,
        event_type: "join",
        timestamp_ms: clock("10:00"),
      },
      { ...bo, event_type: "join", timestamp_ms: clock("10:02") },
      { ...bo, event_type: "leave", timestamp_ms: clock("10:09") },
    ]);
  });

  test("has the same ids and a redirect where it turns out to be part of another", async () => {
    const clinic = await counter.app.account();
    const say = (...lines: Parameters<typeof minutes>) =>
      deliverBodies(counter.app, clinic, "bridge", minutes(...lines));
    await say(["10:00", joins("Ada")]);
    await say(["10:10", leaves("Ada", { joinedAt: "10:00" })]);
    const one = await meetingIn("bridge");
    await say(["11:00", joins("Bo")]);
    const two = await meetingIn("bridge");
    expect(two).not.toBe(one);
    const ids = column("id");
    const apart = [
      ...ids(await readPage(counter, path(one))),
      ...ids(await readPage(counter, path(two))),
    ];
    await say(["10:50", leaves("Cy", { joinedAt: "10:05" })]);
    await say(["11:05", leaves("Di", { joinedAt: "10:45" })]);
    const whole = await readPage(counter, path(one));
    expect(await readPage(counter, path(two))).toEqual(whole);
    expect(ids(whole)).toEqual(expect.arrayContaining(apart));
    expect(new Set(ids(whole)).size).toBe(5);
  });
});

test("an operator's correction and an update of the name are not mixed up", async () => {
  const bot = botNamed("bot_op");
  await hand(bot.joins("10:00", "Ada", { uuid: "a" }), bot.joins("10:01", "Ada L", { uuid: "b" }));
  await deliverBodies(
    counter.app,
    account,
    "bot_op",
    minutes(["10:02", updates("Ada Lovelace", { session: "a", host: true })]),
  );
  const id = await meetingIn("bot_op");
  await counter.send("POST", `/api/v1/meetings/${id}/rulings`, {
    verdict: "same",
    participant_ids: ["a", "b"],
  });
  const { results } = await readPage(counter, path("bot_op"));
  expect(results.map((row) => [row["event_type"], row["participant_name"]])).toEqual([
    ["join", "Ada"],
    ["join", "Ada L"],
    ["update", "Ada Lovelace"],
  ]);
});
