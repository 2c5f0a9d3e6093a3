import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readLive } from "#server/live/snapshot.ts";
import { botNamed } from "#server/testing/bot.ts";
import { post, type TestSource } from "#server/testing/test-app.ts";
import { leftInApi } from "./schema.ts";

let counter: ApiClient;
let account: TestSource;
let before: string;
let after: string;
const bot = botNamed("bot_1", "Weekly sync");

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("11:01") });
  counter = await openApiClient();
  account = await counter.app.account("attendee");
  const bodies = [
    bot.comesIn("10:00"),
    bot.joins("10:01", "Ada Lovelace", { host: true }),
    bot.joins("10:02", "Grace Hopper"),
    bot.leaves("10:30", "Ada Lovelace"),
  ];
  for (const body of bodies) await post(counter.app, account, body);
  before = await meetingNow();
  await post(counter.app, account, bot.deletes("11:00"));
  after = await meetingNow();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

async function meetingNow(): Promise<string> {
  const [row] = await counter.app.database.orm.execute<{ id: string }>(sql`
    select id from meetings where source_id = ${account.id} and merged_into is null`);
  return row?.id ?? "";
}

const at = (time: string) => new Date(clock(time)).toISOString();

describe("a meeting whose people were erased", () => {
  test("has no people, but its numbers and the reason", async () => {
    expect(await counter.read(`/api/v1/meetings/${after}`)).toEqual({
      id: after,
      source: { id: account.id, provider: "attendee", name: "Clinic" },
      room_id: expect.stringMatching(/^\d+$/),
      room: "bot_1",
      title: "Weekly sync",
      provider_ids: [],
      status: "ended",
      started_at: at("10:01"),
      ended_at: at("11:00"),
      ended_by: "provider",
      seq: 1,
      present_count: 0,
      waiting_count: 0,
      people_count: 2,
      note_taker_count: 0,
      note_takers: [],
      ...leftInApi(() => 0),
      left_before_admitted_count: 0,
      observer: expect.objectContaining({ by: null }),
      observers: [],
      peak: { count: 2, at: at("10:02") },
      people: [],
      waits: [],
      hosts: [],
      erased: { at: at("11:00"), reason: "data_deleted" },
      as_of: at("11:01"),
    });
  });

  test("is found at its old address, with all its sub-resources", async () => {
    for (const part of ["", "/events"]) {
      const response = await counter.ask(`/api/v1/meetings/${before}${part}`);
      expect(response.status).toBe(307);
      expect(response.headers.get("location")).toBe(`/api/v1/meetings/${after}${part}`);
    }
  });

  test("has the deletion as its only event", async () => {
    const { results } = await counter
      .read(`/api/v1/meetings/${after}/events`)
      .then((answer) => Object(answer));
    expect(results).toEqual([
      {
        seq: 1,
        type: "data_deleted",
        at: at("11:00"),
        person_id: null,
        participant_id: null,
        data: { reason: "data_deleted" },
        delivery_id: expect.any(String),
      },
    ]);
  });

  test("is in lists with its numbers, and no name finds it", async () => {
    const { results } = Object(await counter.read("/api/v1/meetings"));
    expect(results).toMatchObject([
      { id: after, people_count: 2, erased: { at: at("11:00"), reason: "data_deleted" } },
    ]);
    for (const query of ["q=Lovelace", "person=Ada%20Lovelace", "status=live"]) {
      expect(await counter.read(`/api/v1/meetings?${query}`)).toMatchObject({ results: [] });
    }
  });

  test("is not in the live snapshot, nor among what just happened", async () => {
    const live = await readLive(counter.app.database.orm, clock("11:01"));
    expect(live.meetings.filter(({ status }) => status !== "ended")).toEqual([]);
    expect(live.happened).toEqual([]);
  });
});
