import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  botJoins,
  botLeaves,
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  starts,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
let account: TestSource;
let id: string;

/** The meetings of the account, earliest first. */
async function meetings(own: TestSource): Promise<string[]> {
  const rows = await counter.app.database.orm.execute<{ id: string }>(sql`
    select id from meetings where source_id = ${own.id} order by first_at`);
  return rows.map((row) => row.id);
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("10:30") });
  counter = await openApiClient();
  account = await counter.app.account();
  await deliverBodies(
    counter.app,
    account,
    "ward-7",
    minutes(
      ["10:00", starts("m1")],
      ["10:00", joins("Ada", { session: "ada", user: "u-ada", host: true })],
      ["10:01", knocks("Bo", { session: "bo" })],
      ["10:03", stopsWaiting("Bo", { session: "bo", since: "10:01" })],
      ["10:03:02", joins("Bo", { session: "bo" })],
      ["10:05", knocks("Cy", { session: "cy" })],
      ["10:06", stopsWaiting("Cy", { session: "cy", since: "10:05" })],
      ["10:10", leaves("Bo", { session: "bo", joinedAt: "10:03:02" })],
      ["10:10:20", joins("Bo", { session: "bo-again" })],
      ["10:20", leaves("Ada", { session: "ada", user: "u-ada", host: true, joinedAt: "10:00" })],
      ["10:25", knocks("Dee", { session: "dee" })],
    ),
  );
  id = (await meetings(account))[0] ?? "";
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const at = (time: string) => new Date(clock(time)).toISOString();

describe("GET /api/v1/meetings/{id}", () => {
  test("gives the whole meeting with all fields of the contract", async () => {
    const visit = { start: "reported", end: "reported", left_by: null, participant_id: "bo" };
    const sure = { attended_is: "exact", first_joined_is: "exact", last_left_by: null };
    expect(await counter.read(`/api/v1/meetings/${id}`)).toEqual({
      id,
      source: { id: account.id, provider: "daily", name: "Clinic" },
      room_id: expect.stringMatching(/^\d+$/),
      room: "ward-7",
      title: null,
      provider_ids: ["m1"],
      status: "live",
      started_at: at("10:00"),
      ended_at: null,
      ended_by: null,
      seq: 11,
      present_count: 1,
      waiting_count: 1,
      people_count: 4,
      note_taker_count: 0,
      note_takers: [],
      waits_left_before_admitted_count: 1,
      people_left_before_admitted_count: 1,
      people_lost_count: 1,
      left_before_admitted_count: 1,
      observer: null,
      observers: [],
      peak: { count: 2, at: at("10:03:02") },
      erased: null,
      people: [
        {
          id: "u:u-ada",
          name: "Ada",
          user_id: "u-ada",
          user_id_shared: false,
          unknown_ms: 0,
          identified_by: "user_id",
          status: "left",
          is_host: true,
          visits: [
            { ...visit, joined_at: at("10:00"), left_at: at("10:20"), participant_id: "ada" },
          ],
          attended: [{ from: at("10:00"), to: at("10:20") }],
          attended_ms: 20 * 60_000,
          ...sure,
          last_left_is: "exact",
          first_joined_at: at("10:00"),
          last_left_at: at("10:20"),
        },
        {
          id: "c:bo",
          name: "Bo",
          user_id: null,
          user_id_shared: false,
          unknown_ms: 0,
          identified_by: "name",
          status: "present",
          is_host: false,
          visits: [
            { ...visit, joined_at: at("10:03:02"), left_at: at("10:10") },
            {
              ...visit,
              joined_at: at("10:10:20"),
              left_at: null,
              end: null,
              participant_id: "bo-again",
            },
          ],
          attended: [{ from: at("10:03:02"), to: null }],
          attended_ms: clock("10:30") - clock("10:03:02"),
          ...sure,
          last_left_is: null,
          first_joined_at: at("10:03:02"),
          last_left_at: null,
        },
        {
          id: "c:cy",
          name: "Cy",
          user_id: null,
          user_id_shared: false,
          unknown_ms: 0,
          identified_by: "connection",
          status: "not_admitted",
          is_host: false,
          visits: [],
          attended: [],
          attended_ms: 0,
          attended_is: null,
          first_joined_is: null,
          last_left_is: null,
          last_left_by: null,
          first_joined_at: null,
          last_left_at: null,
        },
        expect.objectContaining({ id: "c:dee", status: "waiting" }),
      ],
      waits: [
        {
          person_id: "c:bo",
          name: "Bo",
          started_at: at("10:01"),
          ended_at: at("10:03"),
          duration_ms: 120_000,
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          duration_is: "exact",
          outcome: "admitted",
          inferred: false,
        },
        {
          person_id: "c:cy",
          name: "Cy",
          started_at: at("10:05"),
          ended_at: at("10:06"),
          duration_ms: 60_000,
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          duration_is: "exact",
          outcome: "left",
          inferred: false,
        },
        {
          person_id: "c:dee",
          name: "Dee",
          started_at: at("10:25"),
          ended_at: null,
          duration_ms: 300_000,
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          duration_is: "exact",
          outcome: "waiting",
          inferred: false,
        },
      ],
      hosts: [
        { person_id: "u:u-ada", name: "Ada", from: at("10:00"), to: at("10:20"), inferred: false },
      ],
      as_of: at("10:30"),
    });
  });

  test.each([
    ["0", 598_000 + 1_000_000],
    ["19999", 598_000 + 1_000_000],
    ["20000", 598_000 + 1_020_000],
  ])("joins visits of a person over a gap of at most grace_ms=%s", async (grace, attended_ms) => {
    const meeting = await counter.read(`/api/v1/meetings/${id}?grace_ms=${grace}`);
    expect(meeting).toMatchObject({
      people: [{}, { id: "c:bo", attended_ms }, {}, {}],
    });
  });

  test.each(["-1", "1.5", "", "x", "86400001", "99999999999"])(
    "refuses grace_ms=%s",
    async (grace) => {
      const response = await counter.ask(`/api/v1/meetings/${id}?grace_ms=${grace}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "bad_grace_ms" } });
    },
  );

  test("finds it whether its id is in upper or lower case", async () => {
    expect(await counter.read(`/api/v1/meetings/${id.toUpperCase()}`)).toMatchObject({ id });
  });

  test.each(["00000000-0000-4000-8000-000000000000", "1", "%27", "ward-7"])(
    "answers 404 for the id %s",
    async (unknown) => {
      for (const path of [`/api/v1/meetings/${unknown}`, `/api/v1/meetings/${unknown}/events`]) {
        const response = await counter.ask(path);
        expect(response.status).toBe(404);
        expect(await response.json()).toEqual({
          error: { code: "not_found", message: "No such meeting." },
        });
      }
    },
  );

  test("ends open visits when the bot left, marked as inferred", async () => {
    const bots = await counter.app.account("attendee");
    await deliverBodies(
      counter.app,
      bots,
      "bot_1",
      minutes(
        ["10:00", botJoins],
        ["10:01", joins("Ada", { session: "ada" })],
        ["10:02", updates("Ada", { session: "ada", host: true })],
        ["10:20", botLeaves],
      ),
    );
    const [bot] = await meetings(bots);
    expect(await counter.read(`/api/v1/meetings/${bot}`)).toMatchObject({
      status: "ended",
      started_at: at("10:01"),
      ended_at: at("10:20"),
      ended_by: "provider",
      people: [
        {
          id: "c:ada",
          visits: [{ joined_at: at("10:01"), left_at: at("10:20"), end: "inferred" }],
          attended_ms: 19 * 60_000,
        },
      ],
    });
  });
});

describe("GET /api/v1/meetings/{id}/events", () => {
  test("gives the events in the order of seq", async () => {
    const page = await counter.read(`/api/v1/meetings/${id}/events`);
    expect(page).toMatchObject({
      next: null,
      previous: null,
      results: Array.from({ length: 11 }, (_, index) => ({ seq: index + 1 })),
    });
    expect(page).toHaveProperty(
      "results",
      expect.arrayContaining([
        {
          seq: expect.any(Number),
          type: "left",
          at: at("10:10"),
          person_id: "c:bo",
          participant_id: "bo",
          data: { user_id: null, name: "Bo", is_host: null, joined_at: at("10:03:02") },
          delivery_id: expect.stringMatching(/^\d+$/),
        },
        {
          seq: expect.any(Number),
          type: "meeting_started",
          at: at("10:00"),
          person_id: null,
          participant_id: null,
          data: { provider_meeting_id: "m1" },
          delivery_id: expect.any(String),
        },
      ]),
    );
  });

  test("goes on after a seq, page by page", async () => {
    const first = `/api/v1/meetings/${id}/events?after_seq=4&limit=3`;
    expect(await counter.read(first)).toEqual({
      next: `http://localhost:3000/api/v1/meetings/${id}/events?after_seq=7&limit=3`,
      previous: `http://localhost:3000/api/v1/meetings/${id}/events?after_seq=1&limit=3`,
      results: [5, 6, 7].map((seq) => expect.objectContaining({ seq })),
    });
    expect(await counter.read(`/api/v1/meetings/${id}/events?after_seq=11`)).toMatchObject({
      next: null,
      results: [],
    });
  });

  test.each(["-1", "x", "2147483648"])("refuses after_seq=%s", async (after) => {
    const response = await counter.ask(`/api/v1/meetings/${id}/events?after_seq=${after}`);
    expect(response.status).toBe(400);
  });
});

test("the address of a merged meeting leads to the meeting it is part of", async () => {
  const own = await counter.app.account();
  const say = (...lines: Parameters<typeof minutes>) =>
    deliverBodies(counter.app, own, "ward", minutes(...lines));
  await say(["9:00", joins("Ada")], ["9:05", leaves("Ada", { joinedAt: "9:00" })]);
  await say(["9:20", joins("Bo")], ["9:25", leaves("Bo", { joinedAt: "9:20" })]);
  const [early, late] = await meetings(own);
  await say(["9:21", leaves("Cy", { joinedAt: "9:04" })]);
  for (const rest of ["", "/events", "?grace_ms=0"]) {
    const response = await counter.ask(`/api/v1/meetings/${late}${rest}`);
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(`/api/v1/meetings/${early}${rest}`);
  }
  expect(await counter.read(`/api/v1/meetings/${early}`)).toMatchObject({ seq: 5 });
  expect(await counter.read(`/api/v1/meetings?source=${own.id}`)).toMatchObject({
    results: [{ id: early }],
  });
});
