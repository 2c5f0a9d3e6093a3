import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Observer } from "#domain/meeting/observer.ts";
import { clock } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readLive } from "#server/live/snapshot.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { botNamed, type TestBot } from "#server/testing/bot.ts";
import { post, type TestSource } from "#server/testing/test-app.ts";

/* A bot that was not admitted saw no meeting, and reports why; a bot that was removed reports by whom. */

const NOW = clock("12:00");

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  counter.app.now = NOW;
  account = await counter.app.account("attendee");
  // There are four meetings "Choir": only in one the bot is admitted, and then Ida removes it.
  await receive(choir.inTime, (bot) => [
    bot.comesIn("10:00"),
    bot.joins("10:01", "Greta"),
    bot.turns("10:40", "meeting_ended", "post_processing", "joined_recording", {
      event_metadata: { remover_name: "Ida Blum", remover_is_host: true },
    }),
    bot.turns("10:41", "post_processing_completed", "ended", "post_processing"),
  ]);
  await receive(choir.refused, (bot) => [
    bot.turns("10:45", "meeting_ended", "post_processing", "joining", {
      event_metadata: { remover_name: "Ida Blum" },
    }),
    bot.turns("10:46", "post_processing_completed", "ended", "post_processing"),
  ]);
  await receive(choir.tooLong, (bot) => [
    bot.turns("11:15", "could_not_join_meeting", "fatal_error", "waiting_room", {
      event_sub_type: "waiting_room_timeout_exceeded",
    }),
  ]);
  await receive(choir.broken, (bot) => [
    bot.turns("11:58:30", "fatal_error", "fatal_error", "joining", {
      event_sub_type: "ui_element_not_found",
      event_metadata: { error: "x" },
    }),
  ]);
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const choir = {
  inTime: botNamed("bot_choir_1", "Choir"),
  refused: botNamed("bot_choir_2", "Choir"),
  tooLong: botNamed("bot_choir_3", "Choir"),
  broken: botNamed("bot_choir_4", "Choir"),
};

async function receive(bot: TestBot, bodies: (bot: TestBot) => string[]): Promise<void> {
  for (const body of bodies(bot)) {
    expect((await post(counter.app, account, body)).status).toBe(200);
  }
}

const List = z.object({
  results: z.array(z.looseObject({ id: z.string(), room: z.string(), observer: z.unknown() })),
});
const meetings = async () =>
  List.parse(await counter.read(`/api/v1/meetings?source=${account.id}`)).results;

const EXPECTED: Record<string, Observer> = {
  bot_choir_1: { state: "removed", reason: "meeting_ended", by: "Ida Blum" },
  bot_choir_2: { state: "not_let_in", reason: "meeting_ended", by: "Ida Blum" },
  bot_choir_3: {
    state: "not_let_in",
    reason: "could_not_join_meeting/waiting_room_timeout_exceeded",
    by: null,
  },
  bot_choir_4: { state: "not_let_in", reason: "fatal_error/ui_element_not_found", by: null },
};

function expectedOf(room: string): Observer {
  const expected = EXPECTED[room];
  if (expected === undefined) throw new Error(`nothing is expected of ${room}`);
  return expected;
}

describe("the state of the bot", () => {
  test("is given for every meeting, in the list and on its own", async () => {
    const rows = await meetings();
    expect(Object.fromEntries(rows.map(({ room, observer }) => [room, observer]))).toEqual(
      EXPECTED,
    );
    for (const { id, observer } of rows) {
      expect(await counter.read(`/api/v1/meetings/${id}`)).toMatchObject({
        observer,
        status: "ended",
      });
    }
  });

  test("is in the file of the list", async () => {
    const { results } = z
      .object({ results: z.array(z.looseObject({ room: z.string() })) })
      .parse(await counter.read(`/api/v1/meetings.json?source=${account.id}`));
    for (const row of results) {
      const { state, reason, by } = expectedOf(row.room);
      expect(row).toMatchObject({ observer: state, observer_reason: reason, observer_by: by });
    }
  });

  test("is on the live page, once for each bot", async () => {
    const { happened, meetings: rows } = await readLive(counter.app.database.orm, NOW);
    expect(rows.map(({ room, observer }) => [room, observer?.state])).toEqual([
      ["bot_choir_4", "not_let_in"],
    ]);
    const botEvents = happened
      .map(({ what }) => what)
      .filter(({ kind }) => kind !== "joined" && kind !== "meeting_started");
    expect(botEvents.toReversed()).toEqual([
      { kind: "bot_removed", by: "Ida Blum", reason: "meeting_ended" },
      { kind: "not_let_in", by: "Ida Blum", reason: "meeting_ended" },
      {
        kind: "not_let_in",
        by: null,
        reason: "could_not_join_meeting/waiting_room_timeout_exceeded",
      },
      { kind: "not_let_in", by: null, reason: "fatal_error/ui_element_not_found" },
    ]);
  });

  test("adds only the meeting that was seen to the counts", async () => {
    const { results } = z
      .object({ results: z.array(z.looseObject({ id: z.string() })) })
      .parse(await counter.read(`/api/v1/rooms?source=${account.id}`));
    expect(results).toMatchObject([
      {
        meetings_count: 1,
        people_per_meeting: 1,
        people_trend: [1],
        last_meeting: { status: "ended" },
      },
    ]);
    const register = await counter.read(`/api/v1/rooms/${results[0]?.id}/register`);
    expect(register).toMatchObject({ meetings_count: 1, people: [{ name: "Greta" }] });
  });

  test("is the same after a replay, which changes nothing", async () => {
    const before = await meetings();
    const { sql: run } = counter.app.database;
    await run`update meetings set observer = null`;
    await replay(counter.app.database, null, () => undefined);
    expect(await meetings()).toEqual(before);
  });

  test("loses the name of who removed it when the data are deleted", async () => {
    await receive(choir.refused, (bot) => [bot.deletes("11:59:50")]);
    const row = (await meetings()).find(({ room }) => room === "bot_choir_2");
    expect(row).toMatchObject({
      observer: { ...expectedOf("bot_choir_2"), by: null },
      erased: { reason: "data_deleted" },
    });
    const { sql: run } = counter.app.database;
    const [stored] = await run<{ text: string }[]>`
      select string_agg(t::text, ' ') as text from (
        select to_jsonb(m) as t from meetings m join rooms r on r.id = m.room_id
        where r.key = 'bot_choir_2'
        union all select to_jsonb(e) from events e join meetings m on m.id = e.meeting_id
        join rooms r on r.id = m.room_id where r.key = 'bot_choir_2'
        union all select to_jsonb(convert_from(d.body, 'UTF8')) from deliveries d
        where d.room = 'bot_choir_2' or position('bot_choir_2'::bytea in d.body) > 0) x`;
    expect(stored?.text).not.toContain("Ida");
  });
});
