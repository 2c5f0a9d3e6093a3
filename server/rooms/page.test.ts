import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { countRooms } from "#db/rooms/count-rooms.ts";
import { sizeRooms } from "#db/rooms/room-filter.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { unpackRegister } from "#domain/rooms/register/packing.ts";
import type { RegisterRow } from "#domain/rooms/register/register.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import { indexSearchWords } from "#server/runtime/jobs/search-indexing.ts";
import { createLog } from "#server/runtime/log.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";
import { readRoomsPage } from "./page.ts";
import { readRegisterPage } from "./register.ts";

const NOW = clock("12:00");

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const orm = () => counter.app.database.orm;
const listed = (query: string) => readRoomsPage(new URLSearchParams(query), orm(), NOW);

/** A time of day so many days ago. */
const ago = (days: number, time: string) => {
  const [hours = "0", minutes = "00"] = time.split(":");
  return `${Number(hours) - 24 * days}:${minutes}`;
};

/** A meeting from nine to ten so many days ago, with people who were in all the time. */
async function met(account: TestSource, room: string, days: number, names: string[]) {
  const [from, to] = [ago(days, "33:00"), ago(days, "34:00")];
  await deliverBodies(counter.app, account, room, [
    ...names.flatMap((name) => minutes([from, joins(name)])),
    ...names.flatMap((name) => minutes([to, leaves(name, { joinedAt: from })])),
  ]);
}

/** A meeting so many days ago, as a bot reported it. */
async function watched(
  account: TestSource,
  id: string,
  title: string | null,
  days: number,
  who: [string, string?][],
) {
  const bot = botNamed(id, title);
  const bodies = [
    bot.comesIn(ago(days, "33:00")),
    ...who.map(([name, user]) => bot.joins(ago(days, "33:00"), name, { user: user ?? null })),
    ...who.map(([name, user]) => bot.leaves(ago(days, "34:00"), name, { user: user ?? null })),
    bot.turns(ago(days, "34:00"), "meeting_ended", "post_processing"),
  ];
  for (const body of bodies) await post(counter.app, account, body);
}

async function roomNamed(account: TestSource, key: string): Promise<string> {
  const { rows } = await listed(`source=${account.id}&from=2000-01-01`);
  const room = rows.find((row) => row.key === key);
  if (room === undefined) throw new Error(`no room ${key}`);
  return room.id;
}

describe("the list of rooms", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account();
    await met(account, "algebra", 3, ["Ada", "Bo", "Cy"]);
    await met(account, "algebra", 2, ["Ada", "Bo"]);
    await met(account, "Zoo", 2, ["Ada"]);
    await met(account, "biology", 41, ["Ada"]);
    await deliverBodies(counter.app, account, "now", minutes(["11:00", joins("Ada")]));
    await deliverBodies(counter.app, account, "algebra", minutes(["11:30", knocks("Dora")]));
  });
  const rooms = async (query: string) =>
    (await listed(`source=${account.id}&${query}`)).rows.map(({ key }) => key);

  test("has for each room its meetings in the days of the page", async () => {
    const { rows } = await listed(`source=${account.id}`);
    expect(rows[0]).toMatchObject({
      key: "algebra",
      title: null,
      seriesBy: "room",
      meetings: 3,
      live: 1,
      peoplePerMeeting: 2.5,
      trend: [3, 2],
      last: { status: "waiting", firstAt: clock("11:30"), startedAt: null },
    });
    const { rows: before } = await listed(`source=${account.id}&to=2026-11-19`);
    expect(before[0]).toMatchObject({ key: "Zoo", meetings: 1, live: 0 });
    expect(before[1]).toMatchObject({
      key: "algebra",
      meetings: 2,
      peoplePerMeeting: 2.5,
      trend: [3, 2],
      last: { firstAt: clock(ago(2, "33:00")), endedAt: clock(ago(2, "34:00")) },
    });
  });

  test.each([
    ["", ["algebra", "now", "Zoo"]],
    ["sort=name", ["algebra", "now", "Zoo"]],
    ["from=2000-01-01", ["algebra", "now", "Zoo", "biology"]],
    ["from=2000-01-01&sort=name", ["algebra", "biology", "now", "Zoo"]],
    ["from=2000-01-01&q=BIOL", ["biology"]],
    ["from=2000-01-01&q=nothing", []],
    ["sort=colour&cursor=nonsense&from=soon", ["algebra", "now", "Zoo"]],
  ])("by %s", async (query, expected) => {
    const found = await rooms(query);
    expect(query.includes("sort=name") ? found : found.toSorted()).toEqual(
      query.includes("sort=name") ? expected : expected.toSorted(),
    );
  });

  test.each([
    ["sort=meetings", ["algebra", "now", "Zoo", "biology"], ["algebra"]],
    ["sort=meetings&order=asc", ["biology", "Zoo", "now", "algebra"], ["algebra"]],
    ["sort=people", ["algebra", "Zoo", "biology", "now"], ["algebra"]],
    ["sort=people&order=asc", ["now", "Zoo", "biology", "algebra"], ["algebra"]],
    ["sort=last&order=asc", ["biology", "Zoo", "now", "algebra"], ["biology", "Zoo", "now"]],
    ["sort=name&order=desc", ["Zoo", "now", "biology", "algebra"], ["Zoo", "now", "biology"]],
  ])("%s has the rooms in that order, equal ones in any order", async (query, all, sure) => {
    const found = await rooms(`from=2000-01-01&${query}`);
    expect(found.toSorted()).toEqual(all.toSorted());
    const isAtEnd = query === "sort=meetings&order=asc" || query === "sort=people&order=asc";
    expect(isAtEnd ? found.slice(-1) : found.slice(0, sure.length)).toEqual(sure);
  });

  test("counts only meetings that lasted long enough", async () => {
    const { rows } = await listed(
      `source=${account.id}&from=2000-01-01&min_duration_ms=3600000&sort=meetings`,
    );
    expect(rows.map(({ key, meetings, live }) => [key, meetings, live])).toEqual([
      ["algebra", 2, 0],
      // These have one meeting each: the newer room first.
      ...rows.slice(1).map(({ key }) => [key, 1, key === "now" ? 1 : 0]),
    ]);
    expect(rows).toHaveLength(4);
    const longer = await listed(`source=${account.id}&from=2000-01-01&min_duration_ms=3600001`);
    expect(longer.rows).toEqual([]);
  });

  test.each([
    "sort=last",
    "sort=name",
    "sort=meetings",
    "sort=people",
    "sort=last&order=asc",
    "sort=people&order=asc",
    "sort=last&min_duration_ms=60000",
  ])("by %s can be paged forward and back, each room once", async (sort) => {
    const all = await rooms(`from=2000-01-01&${sort}`);
    for (const limit of [1, 2, 3]) {
      const path = `/api/v1/rooms?source=${account.id}&from=2000-01-01&${sort}&limit=${limit}`;
      const { there, back, ends } = await thereAndBack(counter, path, column("room"));
      expect(there).toEqual(all);
      expect(back).toEqual(there);
      expect(ends.every((end) => end == null)).toBe(true);
    }
  });

  test("has all fields of the contract in the API", async () => {
    const { results } = await readPage(counter, `/api/v1/rooms?source=${account.id}&q=zoo`);
    expect(results).toEqual([
      {
        id: await roomNamed(account, "Zoo"),
        room: "Zoo",
        title: null,
        source: { id: account.id, provider: "daily", name: "Clinic" },
        series_by: "room",
        meetings_count: 1,
        live_count: 0,
        people_per_meeting: 1,
        people_trend: [1],
        last_meeting: {
          id: expect.any(String),
          status: "ended",
          first_heard_at: "2026-11-19T09:00:00.000Z",
          started_at: "2026-11-19T09:00:00.000Z",
          ended_at: "2026-11-19T10:00:00.000Z",
        },
      },
    ]);
    for (const query of [
      "sort=colour",
      "order=up",
      "min_duration_ms=long",
      "tz=Mars/Phobos",
      "from=soon",
      "cursor=x",
      "limit=0",
    ]) {
      expect((await counter.ask(`/api/v1/rooms?${query}`)).status).toBe(400);
    }
  });
});

describe("the list of rooms as a file", () => {
  test("has all rows of the list, in its order", async () => {
    const account = await counter.app.account();
    for (const [index, room] of ["one", "=two", "three"].entries()) {
      await met(account, room, index + 1, ["Ada", "Bo"].slice(0, index + 1));
    }
    const asked = `source=${account.id}&from=2026-11-01&tz=Asia/Kolkata`;
    const response = await counter.ask(`/api/v1/rooms.csv?${asked}`);
    const lines = (await response.text()).split("\r\n").map((line) => line.split(","));
    const part = (name: string) => lines[0]?.indexOf(name) ?? -1;
    expect(response.headers.get("content-disposition")).toContain("rooms-2026-11-20.csv");
    expect(
      lines
        .slice(1, -1)
        .map((line) => [
          line[part("room")],
          line[part("people_per_meeting")],
          line[part("last_started_at")],
        ]),
    ).toEqual([
      ["one", "1", "2026-11-20T14:30:00.000+05:30"],
      ["'=two", "2", "2026-11-19T14:30:00.000+05:30"],
      ["three", "2", "2026-11-18T14:30:00.000+05:30"],
    ]);
    expect(await counter.read(`/api/v1/rooms.json?${asked}&sort=name&q=t`)).toMatchObject({
      results: [{ room: "=two" }, { room: "three", meetings: 1, series_by: "room" }],
    });
    expect((await counter.ask("/api/v1/rooms.csv?sort=colour")).status).toBe(400);
  });
});

describe("bots, each of which has a room of its own", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account("attendee");
    await watched(account, "bot_1", "Stand-up", 4, [["Ada", "7"], ["Bo"]]);
    await watched(account, "bot_2", "Stand-up", 3, [
      ["Ada", "9"],
      ["Cy", "7"],
    ]);
    await watched(account, "bot_3", "Retro", 3, [["Ada"]]);
    await watched(account, "bot_4", null, 2, [["Ada"]]);
    await watched(account, "bot_5", null, 1, [["Ada"]]);
    const other = await counter.app.account("attendee");
    await watched(other, "bot_6", "Stand-up", 1, [["Eve"]]);
  });

  test.each(["last", "name"])("are one series where they have one title, by %s", async (sort) => {
    const { rows } = await listed(`source=${account.id}&sort=${sort}`);
    const series = rows.map((row) => [row.title ?? row.key, row.seriesBy, row.meetings]);
    expect(series.toSorted()).toEqual(
      [
        ["bot_5", "room", 1],
        ["bot_4", "room", 1],
        ["Retro", "title", 1],
        ["Stand-up", "title", 2],
      ].toSorted(),
    );
    expect(rows.find(({ title }) => title === "Stand-up")).toMatchObject({
      key: "bot_2",
      trend: [2, 2],
    });
  });

  test("are found from any of their rooms, and their user ids are valid in one meeting only", async () => {
    const bots = counter.app.database.sql`
      select id::text from rooms where source_id = ${account.id} and title = 'Stand-up' order by id`;
    for (const { id } of await bots) {
      const page = await readRegisterPage(id, new URLSearchParams(), orm(), NOW);
      if (page === null) throw new Error("no page");
      const { people } = unpackRegister(page.register);
      expect(
        people.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.state ?? null)]),
      ).toEqual([
        ["Ada", "present", "present"],
        ["Bo", "present", null],
        ["Cy", null, "present"],
      ]);
      expect(people.every(({ knownBy }) => knownBy === "name")).toBe(true);
    }
  });
});

describe("a room's register", () => {
  let account: TestSource;
  let id: string;
  beforeAll(async () => {
    account = await counter.app.account();
    const { app } = counter;
    // Last Friday Ada (7) is in all the time, Bo comes late, Cy waits in vain, and another Bo leaves early.
    await deliverBodies(
      app,
      account,
      "class",
      minutes(
        [ago(7, "33:00"), joins("Ada", { session: "a1", user: "7", host: true })],
        [ago(7, "33:20"), joins("Bo", { session: "b1" })],
        [ago(7, "33:00"), joins("Bo", { session: "b2" })],
        [ago(7, "33:05"), knocks("Cy", { session: "c1" })],
        [ago(7, "33:08"), stopsWaiting("Cy", { session: "c1", since: ago(7, "33:05") })],
        [ago(7, "33:40"), leaves("Bo", { session: "b2", joinedAt: ago(7, "33:00") })],
        [ago(7, "34:00"), leaves("Bo", { session: "b1", joinedAt: ago(7, "33:20") })],
        [
          ago(7, "34:00"),
          leaves("Ada", { session: "a1", user: "7", joinedAt: ago(7, "33:00"), host: true }),
        ],
      ),
    );
    // Today Ada, under another name, is in since nine, and Cy for the last hour.
    await deliverBodies(
      app,
      account,
      "class",
      minutes(
        ["9:00", joins("Ada L.", { session: "a2", user: "7" })],
        ["11:00", joins("Cy", { session: "c2" })],
      ),
    );
    id = await roomNamed(account, "class");
  });

  const words = (row: RegisterRow) => [row.name, ...row.cells.map((cell) => cell?.state ?? null)];
  const page = async (query = "") => {
    const found = await readRegisterPage(id, new URLSearchParams(query), orm(), NOW);
    if (found === null) throw new Error("no page");
    return { ...found, register: unpackRegister(found.register) };
  };

  test("has the state of each person in each meeting", async () => {
    const { register, figures, meetings } = await page();
    expect(register.people.map(words)).toEqual([
      ["Ada L.", "present", "present"],
      ["Bo", "left_early", null],
      ["Bo", "late", null],
      ["Cy", "not_admitted", "late"],
    ]);
    expect(register.people.map(({ aliases }) => aliases)).toEqual([["Ada"], [], [], []]);
    expect(register.people.map(({ ambiguous }) => ambiguous)).toEqual([false, true, true, false]);
    expect(register.people.map(({ hosted }) => hosted)).toEqual([1, 0, 0, 0]);
    expect(register.people[0]?.cells[1]).toMatchObject({ attendedMs: 3 * 3_600_000, share: 1 });
    expect(register.people[3]?.cells[1]).toMatchObject({ attendedMs: 3_600_000, share: 1 / 3 });
    expect(figures).toMatchObject({ held: 1, unique: 4, averageAttendance: 3, late: 1 });
    expect(meetings).toBe(2);
  });

  test("by other thresholds, over other days, of longer meetings only", async () => {
    const strict = await page("share=70&late_ms=60000");
    expect(strict.register.people.map(words)).toEqual([
      ["Ada L.", "present", "present"],
      ["Bo", "brief", null],
      ["Bo", "brief", null],
      ["Cy", "not_admitted", "brief"],
    ]);
    const today = await page("from=2026-11-20&to=2026-11-20");
    expect(today.register.people.map(words)).toEqual([
      ["Ada L.", "present"],
      ["Cy", "late"],
    ]);
    expect((await page("min_duration_ms=7200000")).register.meetings).toHaveLength(1);
    expect((await page("share=lots&late_ms=-1&regular_last=x")).thresholds).toEqual(
      (await page()).thresholds,
    );
    expect((await page("to=2026-01-01")).register).toEqual({ meetings: [], people: [] });
  });

  test("is packed so that a browser unpacks the same", async () => {
    const answer = await counter.read(`/api/v1/rooms/${id}/register`);
    const { register } = await page();
    expect(answer).toMatchObject({
      room: { id, room: "class", series_by: "room" },
      thresholds: { late_ms: 300_000, early_ms: 300_000, share: 1, attended_ms: null },
      meetings: register.meetings.map(({ id: meeting }) => ({ id: meeting })),
      people: register.people.map((row) => ({
        key: row.key,
        cells: row.cells.map((cell) =>
          cell === null
            ? { state: "absent" }
            : {
                state: cell.state,
                attended_ms: cell.attendedMs,
                share: cell.share && Math.round(cell.share * 10_000) / 10_000,
              },
        ),
      })),
    });
  });

  test("is exported as a matrix and as a list", async () => {
    const csv = async (query: string) => {
      const response = await counter.ask(`/api/v1/rooms/${id}/register.csv?${query}`);
      expect(response.status).toBe(200);
      return (await response.text()).split("\r\n").map((line) => line.split(","));
    };
    const matrix = await csv("tz=Asia/Kolkata");
    expect(matrix[0]?.slice(-2)).toEqual(["2026-11-14 14:30", "2026-11-20 14:30"]);
    expect(matrix.map((line) => [line[0], ...line.slice(-2)]).slice(1, -1)).toEqual([
      ["Ada L.", "present", "present"],
      ["Bo", "left_early", "absent"],
      ["Bo", "late", "absent"],
      ["Cy", "not_admitted", "late"],
    ]);
    const list = await csv("layout=list");
    expect(list).toHaveLength(1 + 4 * 2 + 1);
    expect(list[1]).toContain("2026-11-14T09:00:00.000+00:00");
  });

  test("refuses bad parameters and unknown rooms", async () => {
    const status = async (path: string) => (await counter.ask(path)).status;
    for (const query of ["late_ms=soon", "share=101", "missed=0", "tz=Mars/Phobos", "to=never"]) {
      expect(await status(`/api/v1/rooms/${id}/register?${query}`)).toBe(400);
      expect(await status(`/api/v1/rooms/${id}/register.csv?${query}`)).toBe(400);
    }
    for (const other of ["0", "999999999", "class", "99999999999999999999", "1.5"]) {
      expect(await status(`/api/v1/rooms/${other}/register`)).toBe(404);
      expect(await readRegisterPage(other, new URLSearchParams(), orm(), NOW)).toBeNull();
    }
  });

  test("of a meeting whose people were erased has the count, and marks no person absent", async () => {
    const own = await counter.app.account("attendee");
    await watched(own, "bot_a", "Sync", 2, [["Ada"], ["Bo"]]);
    await watched(own, "bot_b", "Sync", 1, [["Ada"]]);
    await post(counter.app, own, botNamed("bot_a", "Sync").deletes(ago(1, "10:00")));
    const { rows } = await listed(`source=${own.id}`);
    expect(rows).toMatchObject([{ title: "Sync", meetings: 2, trend: [2, 1] }]);
    const found = await counter.read(`/api/v1/rooms/${rows[0]?.id}/register`);
    expect(found).toMatchObject({
      meetings: [
        { erased: true, held: false, people_count: 2, attended_count: null },
        { erased: false, held: true, people_count: 1, attended_count: 1 },
      ],
      people: [{ name: "Ada", cells: [{ state: "unknown" }, { state: "present" }] }],
    });
  });
});

describe("with a hundred thousand meetings", () => {
  let room: string;
  beforeAll(async () => {
    const { sql: run } = counter.app.database;
    const account = await counter.app.account();
    const bots = await counter.app.account("attendee");
    await run`
      insert into rooms (source_id, key)
      select ${account.id}, 'many ' || n from generate_series(1, 500) n`;
    await run`
      insert into rooms (source_id, key, title)
      select ${bots.id}, 'bot ' || n, 'Series ' || n % 200 from generate_series(1, 20000) n`;
    await run`
      insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at, people_count)
      select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + 3600000, t, n % 40
      from rooms r, generate_series(1, 160) n,
        lateral (select ${clock("0:00")}::bigint - (n * 500 + r.id) * 1000000 as t) t
      where r.key like 'many %'`;
    await run`
      insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at, people_count)
      select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + 3600000, t, 5
      from rooms r, lateral (select ${clock("0:00")}::bigint - r.id * 4000000 as t) t
      where r.key like 'bot %'`;
    await run`
      insert into attendances (meeting_id, person_id, identified_by, name, name_key, participant_ids, status,
        is_host, first_joined_at, last_left_at, attended_ms, wait_count, admitted_count, admitted_ms,
        visits, waits, tenures)
      select id, 'c:' || p, 'connection', 'Somebody ' || p, 'somebody ' || p, '{}', 'left', false,
        first_at, first_at + 1000000, 1000000, 0, 0, 0, '[]', '[]', '[]'
      from meetings, generate_series(1, 4) p
      where id not in (select meeting_id from attendances)
        and room_id in (select id from rooms where key like 'many %7')`;
    await indexSearchWords(counter.app.database, createLog("silent"), () => false, 30_000);
    await run.unsafe("analyze");
    const [row] = await run`select id::text from rooms where key = 'many 7'`;
    room = row?.["id"];
  });

  test.each([
    ["", "meetings_by_room_and_time", 6],
    ["from=2026-09-01", "meetings_newest_first", 6],
    ["from=2000-01-01", "meetings_newest_first", 6],
    ["from=2000-01-01&sort=name", "rooms_by_name", 6],
    ["from=2000-01-01&q=many", "meetings_by_room_and_time", 6],
    ["from=2000-01-01&q=bot", "meetings_newest_first", 6],
    ["from=2000-01-01&q=bot&sort=name", "rooms_by_name", 6],
  ])("a page by %s reads no table whole, in so many statements", async (query, index, asks) => {
    const { reader, asked } = loggingReader(counter.app.database);
    const { next } = await readRoomsPage(new URLSearchParams(query), reader, NOW);
    const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
    expect(asked).toHaveLength(asks);
    expect(plans.join("\n")).toContain(index);
    if (next !== null) {
      const second = loggingReader(counter.app.database);
      await readRoomsPage(new URL(next, "http://page").searchParams, second.reader, NOW);
      plans.push(...(await Promise.all(second.asked.map((one) => planOf(orm(), one)))));
    }
    for (const plan of plans) {
      expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
    }
  });

  test.each(["sort=meetings", "sort=people&order=asc", "sort=last&order=asc"])(
    "sums over meetings, as for %s, read those days only, and never people or events",
    async (sort) => {
      const { reader, asked } = loggingReader(counter.app.database);
      const query = new URLSearchParams(`from=2026-11-16&${sort}`);
      const { rows } = await readRoomsPage(query, reader, NOW);
      expect(rows.length).toBeGreaterThan(0);
      expect(asked).toHaveLength(5);
      const plans = (await Promise.all(asked.map((one) => planOf(orm(), one)))).join("\n");
      expect(plans).toMatch(
        /Scan using meetings_\w+ on meetings {2}.*\n\s+Index Cond: \(\(first_at >=/,
      );
      expect(plans).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
      expect(plans).not.toMatch(/on (attendances|waits|events|deliveries)/);
    },
  );

  test.each([
    ["sort=meetings", (a: number) => a],
    ["sort=meetings&order=asc", (a: number) => -a],
  ])("over all rooms %s is the order of the values in the rows", async (query, sign) => {
    const counts: number[] = [];
    let asked: string | null = `/rooms?from=2000-01-01&${query}`;
    for (let page = 0; page < 4 && asked !== null; page += 1) {
      const { rows, next } = await listed(new URL(asked, "http://page").search);
      counts.push(...rows.map(({ meetings }) => meetings));
      asked = next;
    }
    expect(counts).toHaveLength(200);
    expect(counts).toEqual(counts.toSorted((a, b) => sign(b) - sign(a)));
  });

  test.each(["daily", "attendee"])(
    "the rooms of %s are found without reading all later meetings",
    async (of) => {
      const [source] = await counter.app.database.sql`
      select s.id from sources s join rooms r on r.source_id = s.id
      where s.provider = ${of} group by s.id order by count(*) desc limit 1`;
      const { reader, asked } = loggingReader(counter.app.database);
      const query = new URLSearchParams(`from=2000-01-01&source=${source?.["id"]}`);
      const { rows } = await readRoomsPage(query, reader, NOW);
      expect(rows).toHaveLength(50);
      const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
      expect(plans.join("\n")).toMatch(/meetings_by_room_and_time on meetings later/);
      expect(plans.join("\n")).not.toMatch(/(newest_first|source_and_time) on meetings later/);
    },
  );

  test("by name, each room of a series is looked up once, in whatever order they were made", async () => {
    const [source] = await counter.app.database.sql`
      select source_id as id from rooms where title = 'Series 7'`;
    const { reader, asked } = loggingReader(counter.app.database);
    const query = new URLSearchParams(`from=2000-01-01&sort=name&source=${source?.["id"]}`);
    const { rows } = await readRoomsPage(query, reader, NOW);
    expect(rows).toHaveLength(50);
    const read = await Promise.all(asked.map((one) => rowsRead(orm(), one)));
    // To count them reads every room and its latest meeting.
    expect(Math.max(...read)).toBeLessThan(3 * 20_500);
  });

  test("a few weeks of bots look up only their own rooms, of the many there are", async () => {
    const [source] = await counter.app.database.sql`
      select source_id as id from rooms where key = 'bot 7'`;
    const { reader, asked } = loggingReader(counter.app.database);
    const { rows } = await readRoomsPage(
      new URLSearchParams(`from=2026-09-01&source=${source?.["id"]}`),
      reader,
      NOW,
    );
    expect(rows).toHaveLength(50);
    const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
    // Once for the page, and once for the total.
    const walked = plans.filter((plan) => plan.includes("Unique"));
    expect(walked).toHaveLength(2);
    expect(walked.join()).not.toContain("Seq Scan on rooms");
  });

  test.each(["", "&sort=name", "&sort=meetings"])(
    "a few weeks of a text that very many rooms have are found%s",
    async (sort) => {
      const query = new URLSearchParams(`from=2026-09-01&q=bot${sort}`);
      const { rows } = await readRoomsPage(query, orm(), NOW);
      expect(rows).toHaveLength(50);
      for (const { key } of rows) expect(key).toMatch(/^bot/);
    },
  );

  test.each([
    ["sort=last", null],
    ["sort=name", null],
    ["sort=last", "daily"],
    ["sort=last", "attendee"],
    ["sort=name", "attendee"],
    ["sort=last&q=many", "daily"],
    ["sort=last&q=series+7", null],
    ["sort=last&q=bot+1", null],
    ["sort=name&min_duration_ms=60000", "attendee"],
  ])(
    "however they are found, by %s of %s, they are the same rooms, and as many",
    async (query, provider) => {
      const { sql: run } = counter.app.database;
      const [source] = await run`
      select s.id from sources s join rooms r on r.source_id = s.id
      where s.provider = ${provider} group by s.id order by count(*) desc limit 1`;
      const id: string | null = source?.["id"] ?? null;
      const text = new URLSearchParams(query).get("q");
      const q =
        text
          ?.split(" ")
          .map((word) => `${word}:*`)
          .join(" & ") ?? null;
      const byHand = await run`
      select key from (
        select distinct on (s.id, coalesce(case when s.provider = 'attendee' then r.title end, r.key))
          r.key, r.title, r.words, r.id as room, m.first_at, m.id
        from meetings m join rooms r on r.id = m.room_id join sources s on s.id = r.source_id
        where m.merged_into is null and m.first_at >= 946684800000 and (s.id = ${id} or ${id}::uuid is null)
        order by s.id, coalesce(case when s.provider = 'attendee' then r.title end, r.key),
          m.first_at desc, m.id desc
      ) l
      where ${q}::text is null or words @@ to_tsquery('simple', ${q})
      order by case when ${query.startsWith("sort=name")} then lower(coalesce(title, key)) end,
        case when ${query.startsWith("sort=name")} then room end, first_at desc, id desc`;
      const found: string[] = [];
      let asked: string | null =
        `/rooms?from=2000-01-01&${query}${id === null ? "" : `&source=${id}`}`;
      for (let page = 0; page < 3 && asked !== null; page += 1) {
        const { total, rows, next } = await listed(new URL(asked, "http://page").search);
        expect(total).toBe(byHand.length);
        found.push(...rows.map(({ key }) => key));
        asked = next;
      }
      expect(found).toEqual(byHand.slice(0, 150).map((row) => row["key"]));
    },
  );

  test.each([
    ["all there are", {}, 700, 60_000],
    ["those with a text that many have", { q: "bot" }, 200, 100_000],
    ["those with a text that few have", { q: "series 7" }, 11, 100_000],
    ["the days of few meetings", { from: clock("0:00") - 1_000_000_000 }, null, 5_000],
  ] as const)(
    "to count %s reads rooms, and not each meeting they had",
    async (_, part, total, most) => {
      const filter = { source: null, q: null, from: 0, to: NOW, longerThan: null, ...part };
      const size = await sizeRooms(orm(), filter);
      const { reader, asked } = loggingReader(counter.app.database);
      const found = await countRooms(reader, filter, size, oneMeetingARoom);
      if (total !== null) expect(found).toBeGreaterThanOrEqual(total);
      const read = await Promise.all(asked.map((one) => rowsRead(orm(), one)));
      expect(read).toHaveLength(1);
      expect(read[0]).toBeLessThan(most);
    },
  );

  test("a register reads only its meetings, their people and the class list, in seven statements", async () => {
    await counter.app.database.sql`
      insert into scheduled_meetings (id, source_id, room, starts_at, ends_at, time_zone,
        late_after_ms, verdict_after_ms, by, changed_at)
      select gen_random_uuid(), (select min(id::text)::uuid from sources), 'room ' || n, n, n + 1,
        'UTC', 0, 0, 'test', 0
      from generate_series(1, 3000) n`;
    await counter.app.database.sql`
      insert into room_settings (source_id, series_by, series, thresholds, by, at)
      select (select min(id::text)::uuid from sources), 'room', 'room ' || n, '{}', 'test', 0
      from generate_series(1, 3000) n`;
    await counter.app.database.sql`analyze scheduled_meetings, room_settings`;
    const { reader, asked } = loggingReader(counter.app.database);
    const page = await readRegisterPage(room, new URLSearchParams("from=2000-01-01"), reader, NOW);
    expect(page?.register.people).toHaveLength(4);
    expect(page?.meetings).toBe(160);
    expect(asked).toHaveLength(7);
    const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
    expect(plans.join("\n")).toContain("meetings_by_room_and_time");
    expect(plans.join("\n")).toMatch(/attendances_by_(person|name)/);
    expect(plans.join("\n")).toContain("scheduled_meetings_of_room");
    expect(plans.join("\n")).toContain("room_settings_of_series");
    for (const plan of plans) {
      expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
    }
  });
});
