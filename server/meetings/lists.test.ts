import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { botJoins, clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { leftInApi } from "./schema.ts";

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const read = (path: string) => readPage(counter, path);
const ids = column("id");
const rooms = column("room");

describe("GET /api/v1/meetings, page by page", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account();
    // Sixty rooms, in groups of twenty with meetings at the same moment.
    await Promise.all(
      Array.from({ length: 60 }, (_, room) =>
        deliverBodies(
          counter.app,
          account,
          `room ${String(room).padStart(2, "0")}`,
          minutes([`10:0${room % 3}`, joins("Ada")]),
        ),
      ),
    );
  });

  test.each([1, 7, 20, 59, 60, 61, 200])("%i at a time gives every meeting once", async (limit) => {
    const path = `/api/v1/meetings?source=${account.id}&limit=${limit}`;
    const { there, back, ends } = await thereAndBack(counter, path, ids);
    expect(new Set(there).size).toBe(60);
    expect(there).toHaveLength(60);
    expect(back).toEqual(there);
    expect(ends.every((end) => end == null)).toBe(true);
  });

  test("gives 25 at a time, newest first, with links that repeat the rest of the query", async () => {
    const first = await read(`/api/v1/meetings?source=${account.id}&status=live`);
    expect(first.results).toHaveLength(25);
    expect(first.previous).toBeNull();
    expect(first.results.slice(0, 20).every((row) => row["started_at"] === at("10:02"))).toBe(true);
    expect(first.next).toMatch(/^http:\/\/localhost:3000\/api\/v1\/meetings\?source=/);
    expect(new URL(first.next ?? "").searchParams.get("status")).toBe("live");
  });

  test("a meeting that begins meanwhile shifts no page", async () => {
    const path = `/api/v1/meetings?source=${account.id}&limit=30`;
    const first = await read(path);
    await deliverBodies(counter.app, account, "new", minutes(["11:00", joins("Bo")]));
    const second = await read(first.next ?? "");
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(60);
    const again = await read(second.previous ?? "");
    expect(ids(again)).toEqual(ids(first));
    expect(ids(await read(again.next ?? ""))).toEqual(ids(second));
    const newest = await read(again.previous ?? "");
    expect(rooms(newest)).toEqual(["new"]);
    expect(ids(await read(newest.next ?? ""))).toEqual(ids(first));
  });

  test.each(["limit=0", "limit=201", "limit=x", "limit=", "limit=1.5"])(
    "refuses %s",
    async (query) => {
      const response = await counter.ask(`/api/v1/meetings?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "bad_limit" } });
    },
  );

  const id = "00000000-0000-4000-8000-000000000000";
  test.each([
    ["no base64", "§§§"],
    ["empty", ""],
    ["no JSON", encode("next")],
    ["of another direction", encode(["sideways", [1, id]])],
    ["with too little", encode(["next", [1]])],
    ["with an id that is none", encode(["next", [1, "1"]])],
    ["with a text for a time", encode(["next", ["1", id]])],
    ["with half a millisecond", encode(["next", [1.5, id]])],
    ["beyond all times", encode(["next", [1e300, id]])],
  ])("refuses a cursor %s", async (_what, cursor) => {
    const query = `cursor=${encodeURIComponent(cursor)}`;
    const response = await counter.ask(`/api/v1/meetings?${query}`);
    expect(await response.json()).toMatchObject({ error: { code: "bad_cursor" } });
    expect(response.status).toBe(400);
    const waits = await counter.ask(`/api/v1/waits?${query}`);
    expect(waits.status).toBe(400);
  });

  test("refuses a cursor with a character that PostgreSQL cannot store", async () => {
    const cursor = encode(["next", [1, id, "\0"]]);
    expect((await counter.ask(`/api/v1/waits?cursor=${cursor}`)).status).toBe(400);
  });
});

describe("GET /api/v1/meetings, narrowed", () => {
  let clinic: TestSource;
  let bots: TestSource;
  beforeAll(async () => {
    clinic = await counter.app.account();
    bots = await counter.app.account("attendee");
    const { app } = counter;
    await deliverBodies(
      app,
      clinic,
      "100%_ward",
      minutes(["9:00", joins("José", { user: "u-1" })]),
    );
    await deliverBodies(app, clinic, "hall", minutes(["9:30", knocks("Ada Lovelace")]));
    await deliverBodies(app, clinic, "attic", minutes(["9:10", joins("Bo")]));
    await deliverBodies(
      app,
      clinic,
      "attic",
      minutes(["9:20", leaves("Bo", { joinedAt: "9:10" })]),
    );
    await deliverBodies(app, bots, "bot_1", minutes(["9:00", botJoins]));
  });

  test.each([
    ["", ["hall", "attic", "100%_ward"]],
    ["status=live", ["100%_ward"]],
    ["status=waiting", ["hall"]],
    ["status=ended", ["attic"]],
    ["room=hall", ["hall"]],
    ["room=HALL", []],
    ["person=ada%20%20LOVELACE", ["hall"]],
    ["person=u-1", ["100%_ward"]],
    ["person=u:u-1", ["100%_ward"]],
    ["person=c:Bo", ["attic"]],
    ["person=Ada", []],
    ["q=lovelace", ["hall"]],
    ["q=JOSÉ", ["100%_ward"]],
    ["q=100%25_", ["100%_ward"]],
    ["q=%25", []],
    ["q=_ward", ["100%_ward"]],
    ["q=a", ["hall", "attic"]],
    ["q=%5C", []],
    ["q=%00lovelace", ["hall"]],
    ["q='", []],
    [`from=${at("9:10")}`, ["hall", "attic"]],
    [`to=${at("9:10")}`, ["100%_ward"]],
    [`from=${at("9:10")}&to=${at("9:30")}`, ["attic"]],
    ["from=2026-11-21", []],
    ["to=2026-11-19", []],
    ["to=2026-11-20", ["hall", "attic", "100%_ward"]],
    [`from=${encodeURIComponent("2026-11-20T11:30:00+02:00")}`, ["hall"]],
    ["status=live&q=lovelace", []],
  ])("by %s", async (query, expected) => {
    const found = await read(`/api/v1/meetings?source=${clinic.id}&${query}`);
    expect(rooms(found)).toEqual(expected);
  });

  test("by an unknown source gives nothing", async () => {
    expect(rooms(await read("/api/v1/meetings?source=nobody"))).toEqual([]);
    expect(rooms(await read(`/api/v1/meetings?source=${bots.id}`))).toEqual(["bot_1"]);
  });

  test("gives each row with all fields of the contract", async () => {
    const { results } = await read(`/api/v1/meetings?source=${clinic.id}&room=attic`);
    expect(results).toEqual([
      {
        id: expect.any(String),
        source: { id: clinic.id, provider: "daily", name: "Clinic" },
        room_id: expect.stringMatching(/^\d+$/),
        room: "attic",
        title: null,
        provider_ids: [],
        status: "ended",
        started_at: at("9:10"),
        ended_at: at("9:20"),
        ended_by: "inferred",
        seq: 2,
        present_count: 0,
        waiting_count: 0,
        people_count: 1,
        note_taker_count: 0,
        ...leftInApi(() => 0),
        left_before_admitted_count: 0,
        observer: null,
        peak: { count: 1, at: at("9:10") },
        erased: null,
      },
    ]);
  });

  test.each(["status=open", "from=yesterday", "to=2026-13-01", "from=2026-11-20T25:00:00Z"])(
    "refuses %s",
    async (query) => {
      expect((await counter.ask(`/api/v1/meetings?${query}`)).status).toBe(400);
    },
  );
});

function at(time: string): string {
  return new Date(clock(time)).toISOString();
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
