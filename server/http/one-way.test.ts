import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post } from "#server/testing/test-app.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";

/*
 * The API has one way for what it has in many places: filters, moments and days, names of numbers, fields.
 * On 20 November 2026 at ten (UTC) Ada joins a room, Bo gives up waiting for it twice, and Cy after five seconds.
 */

let client: ApiClient;
let source: string;
let room: string;
let ada: string;
let erased: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  client = await openApiClient();
  const account = await client.app.account();
  source = account.id;
  await deliverBodies(
    client.app,
    account,
    "desk",
    minutes(
      ["10:00", joins("Ada", { user: "7" })],
      ["10:05", knocks("Bo", { session: "b1" })],
      ["10:07", stopsWaiting("Bo", { session: "b1", since: "10:05" })],
      ["10:10", knocks("Bo", { session: "b2" })],
      ["10:12", stopsWaiting("Bo", { session: "b2", since: "10:10" })],
      ["10:13", knocks("Cy")],
      ["10:13:05", stopsWaiting("Cy", { since: "10:13" })],
      ["10:20", leaves("Ada", { user: "7", joinedAt: "10:00" })],
    ),
  );
  await client.send("POST", "/api/v1/scheduled-meetings", {
    source,
    room: "desk",
    starts_at: "2026-11-20T10:00:00Z",
    ends_at: "2026-11-20T11:00:00Z",
    roster: "Ada",
  });
  const [row] = await client.app.database.sql`select id::text from rooms where key = 'desk'`;
  room = row?.["id"];
  const [person] = await client.app.database.sql`select id from people where user_id = '7'`;
  ada = person?.["id"];
  const bots = await client.app.account("attendee");
  const bot = botNamed("bot_1", "Weekly sync");
  for (const body of [bot.comesIn("8:00"), bot.joins("8:01", "Bo"), bot.deletes("8:30")]) {
    await post(client.app, bots, body);
  }
  const [gone] = await client.app.database.sql`
    select id from meetings where erased_at is not null and merged_into is null`;
  erased = gone?.["id"];
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});

const body = z.looseObject({
  results: z.array(z.unknown()).optional(),
  meetings: z.union([z.number(), z.array(z.unknown())]).optional(),
  metrics: z.looseObject({ waits: z.number() }).optional(),
});

/** How many rows a list has, as JSON or as a file. */
async function sizeOf(path: string): Promise<number> {
  const response = await client.ask(path);
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  if (/\.csv\?/.test(path)) {
    return (await response.text()).split("\r\n").filter((line) => line !== "").length - 1;
  }
  const { results, metrics, meetings } = body.parse(await response.json());
  if (results !== undefined) return results.length;
  if (metrics !== undefined) return metrics.waits;
  return typeof meetings === "number" ? meetings : (meetings?.length ?? 0);
}

/** Every list with a range, and how many rows it has on the day. */
const lists = (): [path: string, rows: number][] => [
  ["/api/v1/meetings", 1],
  ["/api/v1/meetings.csv", 1],
  ["/api/v1/rooms", 1],
  ["/api/v1/rooms.csv", 1],
  [`/api/v1/rooms/${room}/register`, 1],
  ["/api/v1/people", 3],
  ["/api/v1/people.csv", 3],
  [`/api/v1/people/${ada}`, 1],
  [`/api/v1/people/${ada}/meetings`, 1],
  [`/api/v1/people/${ada}/record.csv`, 1],
  ["/api/v1/waits", 3],
  ["/api/v1/waits.csv", 3],
  ["/api/v1/waiting", 3],
  ["/api/v1/waiting/lost", 1],
  ["/api/v1/waiting/lost.csv", 1],
  ["/api/v1/scheduled-meetings", 1],
];

describe("from and to", () => {
  test.each([
    ["whole days of the zone", "from=2026-11-20&to=2026-11-20&tz=UTC", true],
    ["the day before", "from=2026-11-19&to=2026-11-19&tz=UTC", false],
    [
      "whole days where it is a day later",
      "from=2026-11-21&to=2026-11-21&tz=Pacific/Kiritimati",
      true,
    ],
    ["moments", "from=2026-11-20T09:30:00Z&to=2026-11-20T10:30:00.000Z", true],
    ["moments, before", "from=2026-11-20T09:30:00Z&to=2026-11-20T10:00:00Z", false],
    ["moments with an offset", `from=${encodeURIComponent("2026-11-20T15:29:00+05:30")}`, true],
    [
      "moments after, with an offset",
      `from=${encodeURIComponent("2026-11-20T16:30:00+05:30")}`,
      false,
    ],
    [
      "what the clocks of the zone show",
      "from=2026-11-20T15:30&to=2026-11-20T15:44&tz=Asia/Kolkata",
      true,
    ],
    ["a day and a moment", "from=2026-11-20&to=2026-11-20T10:30:00Z&tz=UTC", true],
  ])("mean %s in every list", async (_, query, isIn) => {
    for (const [path, rows] of lists()) {
      expect([path, await sizeOf(`${path}?${query}&source=${source}`)]).toEqual([
        path,
        isIn ? rows : 0,
      ]);
    }
  });

  test.each([
    "from=yesterday",
    "to=2026-13-01",
    "from=2026-11-20T25:00:00Z",
    // Clocks were put forward over it.
    "from=2026-03-29T02:30&tz=Europe/Berlin",
    "from=2026-11-20&tz=Berlin",
  ])("are refused as %s by every list", async (query) => {
    for (const [path] of lists()) {
      expect([path, (await client.ask(`${path}?${query}`)).status]).toEqual([path, 400]);
    }
  });
});

describe("a list and its file take the same filters", () => {
  const pairs = (): [string, string, string[]][] => [
    [
      "/api/v1/waits",
      "/api/v1/waits.csv",
      ["outcome=nix", "show=nix", "target_ms=x", "week_hour=168", "tz=x", "from=x", "to=x"],
    ],
    [
      "/api/v1/waiting/lost",
      "/api/v1/waiting/lost.csv",
      ["week_hour=168", "tz=x", "from=x", "to=x"],
    ],
    [
      "/api/v1/meetings",
      "/api/v1/meetings.csv",
      ["status=nix", "sort=nix", "order=nix", "min_duration_ms=x", "tz=x", "from=x"],
    ],
    [
      "/api/v1/people",
      "/api/v1/people.csv",
      ["sort=nix", "order=nix", "min_duration_ms=x", "tz=x", "to=x"],
    ],
    ["/api/v1/rooms", "/api/v1/rooms.csv", ["sort=nix", "tz=x", "from=x"]],
    [
      `/api/v1/people/${ada}/meetings`,
      `/api/v1/people/${ada}/record.csv`,
      ["min_duration_ms=x", "tz=x", "from=x"],
    ],
    [
      `/api/v1/rooms/${room}/register`,
      `/api/v1/rooms/${room}/register.csv`,
      ["late_ms=x", "share=101", "min_duration_ms=x", "tz=x", "to=x"],
    ],
  ];
  test("and refuse the same", async () => {
    for (const [list, file, queries] of pairs()) {
      for (const query of queries) {
        for (const path of [list, file]) {
          expect([path, query, (await client.ask(`${path}?${query}`)).status]).toEqual([
            path,
            query,
            400,
          ]);
        }
      }
    }
  });

  test.each([
    ["", 3],
    ["outcome=left", 2],
    ["outcome=short", 1],
    ["outcome=came_back", 0],
    ["show=left", 2],
    ["show=lost", 1],
    ["show=left&outcome=short", 0],
    ["room=desk&tz=Asia/Kolkata", 3],
    ["room=elsewhere", 0],
    ["source=00000000-0000-4000-8000-000000000000", 0],
    // Friday, half past three in the afternoon there.
    ["week_hour=111&tz=Asia/Kolkata", 3],
    ["week_hour=106&tz=Asia/Kolkata", 0],
  ])("and give as many waits by %s", async (query, rows) => {
    for (const path of ["/api/v1/waits", "/api/v1/waits.csv", "/api/v1/waits.json"]) {
      expect([path, await sizeOf(`${path}?${query}`)]).toEqual([path, rows]);
    }
  });
});

describe("a number has one name", () => {
  const NUMBERS = {
    waits_left_before_admitted_count: 2,
    people_left_before_admitted_count: 1,
    people_lost_count: 1,
    left_before_admitted_count: 2,
  };

  test("for waits and for people who left before they were admitted", async () => {
    const { results } = z
      .object({ results: z.array(z.looseObject({ id: z.string() })) })
      .parse(await client.read(`/api/v1/meetings?source=${source}`));
    expect(results).toMatchObject([NUMBERS]);
    expect(await client.read(`/api/v1/meetings/${results[0]?.id}`)).toMatchObject(NUMBERS);
    expect(await client.read(`/api/v1/meetings.json?source=${source}`)).toMatchObject({
      results: [{ waits_left_before_admitted: 2, people_left_before_admitted: 1, people_lost: 1 }],
    });
  });
});

describe("a thing has the same fields", () => {
  const fieldsOf = async (path: string) =>
    Object.keys(z.looseObject({}).parse(await client.read(path)));

  test("whether a meeting's people were erased or not, and whether it is alone or in a list", async () => {
    const { results } = z
      .object({ results: z.array(z.looseObject({ id: z.string() })) })
      .parse(await client.read("/api/v1/meetings"));
    const [first, second] = results.map((row) => Object.keys(row).toSorted());
    expect(results).toHaveLength(2);
    expect(second).toEqual(first);
    const whole = await Promise.all(results.map(({ id }) => fieldsOf(`/api/v1/meetings/${id}`)));
    expect(whole[1]?.toSorted()).toEqual(whole[0]?.toSorted());
    const own = (whole[0] ?? []).filter(
      (name) => !["people", "observers", "note_takers", "waits", "hosts", "as_of"].includes(name),
    );
    expect(own.toSorted()).toEqual(first);
    expect(await client.read(`/api/v1/meetings/${erased}`)).toMatchObject({
      erased: { at: "2026-11-20T08:30:00.000Z" },
      people_count: 1,
      people: [],
    });
  });

  test("whether a person did something in a range or not", async () => {
    const path = `/api/v1/people/${ada}`;
    expect((await fieldsOf(`${path}?from=2020-01-01&to=2020-01-01`)).toSorted()).toEqual(
      (await fieldsOf(path)).toSorted(),
    );
    expect(await client.read(`${path}?from=2020-01-01&to=2020-01-01`)).toMatchObject({
      id: ada,
      name: "Ada",
      user_id: "7",
      guest: false,
      identities: [{ user_id: "7" }],
      meetings: 0,
      first_met_at: null,
      last_met_at: null,
      in_meeting: false,
      attended_ms: 0,
      average_wait_ms: null,
    });
  });
});
