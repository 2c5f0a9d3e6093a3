import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { ends, joins, knocks, minutes, starts } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { arrivalData, attendeeBody } from "#server/providers/attendee/testing/sample.ts";
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
});

const read = (id: string) => counter.read(`/api/v1/bots/${id}`);

async function hand(...bodies: string[]): Promise<void> {
  for (const body of bodies) await post(counter.app, account, body);
}

function change(bot_id: string, key: string, data: object): string {
  return attendeeBody({
    trigger: "bot.state_change",
    bot_id,
    idempotency_key: key,
    bot_metadata: { team: "Ñandú", customer: "cus_42" },
    data: { ...arrivalData, ...data },
  });
}

describe("a bot", () => {
  test("is made of all its changes of state, silent ones too, byte for byte", async () => {
    await hand(
      change("bot_a", "3", {
        event_type: "could_not_join_meeting",
        event_sub_type: "request_to_join_denied",
        old_state: "joining",
        new_state: "fatal_error",
        created_at: "2026-11-20T10:00:00.000007+00:00",
      }),
      change("bot_a", "2", {
        event_type: "join_requested",
        old_state: "staged",
        new_state: "joining",
        created_at: "2026-11-20T10:00:00+00:00",
      }),
      change("bot_a", "1", {
        event_type: "staged",
        old_state: "scheduled",
        new_state: "staged",
        created_at: "2026-11-20T10:59:59.999999+01:00",
        event_metadata: { join_at: "2026-11-20T10:00:00+00:00" },
      }),
    );
    const sight = { sources: null, rooms: null, masked: true };
    const { key } = await createKey(counter.app.database.orm, "Initials", { sight });
    const masked = await counter.ask("/api/v1/bots/bot_a", { authorization: `Bearer ${key}` });
    expect(
      await masked.text(),
      "what may name somebody is kept from who sees initials",
    ).not.toMatch(/Ñandú|cus_42/);
    const response = await counter.ask("/api/v1/bots/bot_a");
    expect(await response.text()).toBe(
      `{"id":"bot_a","metadata":{"team":"Ñandú","customer":"cus_42"},"meeting_url":null,"state":"fatal_error","events":[` +
        `{"type":"staged","created_at":"2026-11-20T09:59:59.999999Z"},` +
        `{"type":"join_requested","created_at":"2026-11-20T10:00:00Z"},` +
        `{"type":"could_not_join_meeting","created_at":"2026-11-20T10:00:00.000007Z","sub_type":"request_to_join_denied"}],` +
        `"transcription_state":"not_started","recording_state":"not_started","join_at":"2026-11-20T10:00:00Z","deduplication_key":null}`,
    );
  });

  test("has the state it changed to last, in whatever order the changes arrived", async () => {
    const bot = botNamed("bot_b");
    await hand(
      bot.turns("11:00", "meeting_ended", "post_processing"),
      bot.comesIn("10:00"),
      bot.turns("10:00:05", "recording_permission_granted", "joined_recording"),
      bot.joins("10:01", "Ada"),
    );
    expect(await read("bot_b")).toMatchObject({
      state: "post_processing",
      events: [
        { type: "joined_meeting" },
        { type: "recording_permission_granted" },
        { type: "meeting_ended" },
      ],
    });
    await hand(bot.turns("11:01", "post_processing_completed", "ended"));
    expect(await read("bot_b")).toMatchObject({ state: "ended" });
  });

  test("has the metadata that arrived last", async () => {
    await hand(botNamed("bot_c", "Before").joins("10:00", "Ada"));
    expect(await read("bot_c")).toMatchObject({ metadata: { title: "Before" } });
    await hand(botNamed("bot_c", "After").transcript("Ada", "Hello"));
    expect(await read("bot_c")).toMatchObject({ metadata: { title: "After" } });
    await hand(botNamed("bot_c").leaves("10:01", "Ada"));
    expect(await read("bot_c")).toMatchObject({ metadata: null });
  });

  test("with events of participants only is in until its meeting is over", async () => {
    await hand(botNamed("bot_d").joins("10:00", "Ada"));
    expect(await read("bot_d")).toMatchObject({ state: "joined_not_recording", events: [] });
  });

  test("that was deleted reports its deletion, and nothing else", async () => {
    const bot = botNamed("bot_e");
    await hand(bot.comesIn("10:00"), bot.joins("10:01", "Ada"), bot.speech("Ada"));
    await hand(bot.turns("10:30", "post_processing_completed", "ended"), bot.deletes("11:00"));
    await hand(bot.transcript("Ada", "too late"));
    expect(await read("bot_e")).toMatchObject({
      state: "data_deleted",
      events: [{ type: "data_deleted", created_at: "2026-11-20T11:00:00.000123Z" }],
      metadata: null,
    });
  });

  test("can be read by its meeting's id as well", async () => {
    await hand(botNamed("bot_f", "Sync").comesIn("10:00"));
    const { results } = await readPage(counter, "/api/v1/meetings?room=bot_f");
    const id = String(results[0]?.["id"]);
    const bot = await read("bot_f");
    expect(await read(id)).toEqual({ ...Object(bot), id });
    expect(await read(id.toUpperCase())).toMatchObject({ id });
  });
});

describe("a meeting of another provider", () => {
  let clinic: TestSource;
  const deliver = (...lines: Parameters<typeof minutes>) =>
    deliverBodies(counter.app, clinic, "ward", minutes(...lines));
  const readBot = async () => {
    const { results } = await readPage(counter, `/api/v1/meetings?source=${clinic.id}`);
    return read(String(results[0]?.["id"]));
  };
  beforeEach(async () => {
    clinic = await counter.app.account();
  });

  test("reads as a bot that joined at its start and whose meeting ended at its end", async () => {
    await deliver(["10:00", starts()], ["10:00", joins("Ada")]);
    const start = { type: "joined_meeting", created_at: "2026-11-20T10:00:00.000Z" };
    expect(await readBot()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      metadata: null,
      meeting_url: null,
      state: "joined_not_recording",
      events: [start],
      transcription_state: "not_started",
      recording_state: "not_started",
      join_at: null,
      deduplication_key: null,
    });
    await deliver(["10:30", ends()]);
    expect(await readBot()).toMatchObject({
      state: "ended",
      events: [start, { type: "meeting_ended", created_at: "2026-11-20T10:30:00.000Z" }],
    });
  });

  test("in which a person only waits has not begun", async () => {
    await deliver(["10:00", knocks("Bo")]);
    expect(await readBot()).toMatchObject({ state: "joined_not_recording", events: [] });
  });
});
