import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, SECRET, type TestSource } from "#server/testing/test-app.ts";

const NOW = clock("12:00");

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  account = await counter.app.account();
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(
      ["10:00", joins("Mia", { host: true })],
      ["10:05", knocks("=Ada")],
      ["10:07", stopsWaiting("=Ada", { since: "10:05" })],
      ["10:07", joins("=Ada")],
      ["10:20", knocks("Bo")],
      ["10:23", stopsWaiting("Bo", { since: "10:20" })],
      ["10:37", leaves("=Ada", { joinedAt: "10:07" })],
      ["11:00", leaves("Mia", { joinedAt: "10:00", host: true })],
    ),
  );
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

async function rowsOf(path: string): Promise<Record<string, string>[]> {
  const response = await counter.ask(path);
  expect(response.status).toBe(200);
  const [head = "", ...lines] = (await response.text()).trimEnd().split("\r\n");
  const names = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, index) => [names[index] ?? "", cell])),
  );
}

describe("the list of meetings as a file", () => {
  test("has for each meeting the numbers of its page", async () => {
    const [row] = await rowsOf(`/api/v1/meetings.csv?source=${account.id}&tz=Asia/Kolkata`);
    expect(row).toMatchObject({
      provider: "daily",
      room: "algebra",
      title: "",
      status: "ended",
      started_at: "2026-11-20T15:30:00.000+05:30",
      ended_at: "2026-11-20T16:30:00.000+05:30",
      length: "1:00:00",
      length_ms: "3600000",
      people: "3",
      peak: "2",
      waits: "2",
      waits_admitted: "1",
      average_wait_until_admitted: "0:02:00",
      longest_wait_ms: "180000",
      people_left_before_admitted: "1",
      host_cover: "1",
      erased: "false",
    });
  });

  test("as JSON has the same with the field names of the API", async () => {
    const answer = await counter.read(`/api/v1/meetings.json?source=${account.id}`);
    expect(answer).toMatchObject({
      as_of: new Date(NOW).toISOString(),
      results: [
        {
          room: "algebra",
          title: null,
          started_at: "2026-11-20T10:00:00.000Z",
          length_ms: 3_600_000,
        },
      ],
    });
  });

  test("as XLSX is a workbook of the same rows, as numbers and dates", async () => {
    const response = await counter.ask(
      `/api/v1/meetings.xlsx?source=${account.id}&tz=Europe/Berlin`,
    );
    expect(response.headers.get("content-disposition")).toContain("meetings-2026-11-20.xlsx");
    const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
    const [head = [], meeting = []] = sheets[0]?.rows ?? [];
    const cell = (name: string) => meeting[head.indexOf(name)];
    expect(cell("Room")).toBe("algebra");
    expect(cell("Began (Europe/Berlin)")).toEqual(new Date("2026-11-20T11:00:00.000Z"));
    expect(cell("Length (min)")).toBe(60);
    expect([cell("People"), cell("Title")]).toEqual([3, null]);
  });

  test("is filtered and sorted like the list, and goes on beyond one batch", async () => {
    const many = await counter.app.account();
    const { sql } = counter.app.database;
    await sql`insert into rooms (source_id, key) values (${many.id}, 'many')`;
    await sql`
      insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at, people_count)
      select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + 60000, t, n % 3
      from rooms r, generate_series(1, 1234) n, lateral (select ${NOW}::bigint - n / 2 * 60000 as t) t
      where r.source_id = ${many.id}`;
    const rows = await rowsOf(`/api/v1/meetings.csv?source=${many.id}&sort=people&order=asc`);
    expect(rows).toHaveLength(1234);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1234);
    const people = rows.map((row) => Number(row["people"]));
    expect(people).toEqual(people.toSorted((a, b) => a - b));
    expect(await rowsOf(`/api/v1/meetings.csv?source=${many.id}&to=2026-11-19`)).toEqual([]);
  });

  test("is only for callers with a key, or with a session of this machine's browser", async () => {
    const path = "/api/v1/meetings.csv";
    expect((await counter.ask(path, {})).status).toBe(401);
    const cookie = `${SESSION_COOKIE}=${makeSession(SECRET, NOW)}`;
    expect((await counter.ask(path, { cookie })).status).toBe(200);
  });

  test.each(["tz=Mars/Phobos", "sort=colour", "bom=yes", "from=soon"])(
    "refuses %s",
    async (query) => {
      const response = await counter.ask(`/api/v1/meetings.csv?${query}`);
      expect(response.status).toBe(400);
    },
  );
});

describe("the attendance of a meeting as a file", () => {
  const path = async (query = "", format = "csv") => {
    const answer = await rowsOf(`/api/v1/meetings.csv?source=${account.id}`);
    return `/api/v1/meetings/${answer[0]?.["id"]}/attendance.${format}?${query}`;
  };

  test("has all people in order of appearance, with formulas disarmed", async () => {
    const rows = await rowsOf(await path("tz=Europe/Berlin"));
    expect(rows.map(({ name }) => name)).toEqual(["Mia", "'=Ada", "Bo"]);
    expect(rows[1]).toMatchObject({
      status: "left",
      first_joined_at: "2026-11-20T11:07:00.000+01:00",
      last_left_at: "2026-11-20T11:37:00.000+01:00",
      last_left_inferred: "false",
      attended: "0:30:00",
      attended_ms: "1800000",
      share_of_meeting: "0.5",
      visits: "1",
      waited: "0:02:00",
      last_wait_outcome: "admitted",
      hosted: "0:00:00",
    });
    expect(rows[0]).toMatchObject({ hosted: "1:00:00", share_of_meeting: "1" });
    expect(rows[2]).toMatchObject({
      status: "not_admitted",
      first_joined_at: "",
      attended_ms: "0",
    });
  });

  test("as JSON has names unchanged, and the meeting it is of", async () => {
    expect(await counter.read(await path("", "json"))).toMatchObject({
      room: "algebra",
      started_at: "2026-11-20T10:00:00.000Z",
      results: [{ name: "Mia" }, { name: "=Ada", attended_ms: 1_800_000 }, { name: "Bo" }],
    });
  });

  test("has a file name that says what it is", async () => {
    const response = await counter.ask(await path());
    expect(response.headers.get("content-disposition")).toContain(
      "attendance-algebra-2026-11-20.csv",
    );
  });

  test("of an unknown meeting is answered 404", async () => {
    expect((await counter.ask("/api/v1/meetings/nothing/attendance.csv")).status).toBe(404);
  });
});

describe("a file with a download id", () => {
  const ID = "0123456789abcdef";
  test("has its progress under that id", async () => {
    const path = `/api/v1/downloads/${ID}`;
    expect((await counter.ask(path)).status).toBe(404);
    const file = await counter.ask(`/api/v1/meetings.csv?source=${account.id}&download=${ID}`);
    expect(await counter.read(path)).toMatchObject({ state: "running" });
    const limits = { sight: { sources: null, rooms: ["other"], masked: false } };
    const { key } = await createKey(counter.app.database.orm, "Other rooms", limits);
    for (const method of ["GET", "DELETE"]) {
      expect((await counter.ask(path, { authorization: `Bearer ${key}` }, method)).status).toBe(
        404,
      );
    }
    await file.text();
    expect(await counter.read(path)).toEqual({
      name: "meetings-2026-11-20.csv",
      rows: 1,
      state: "done",
    });
    expect((await counter.ask("/api/v1/meetings.csv?download=../x")).status).toBe(400);
  });
});
