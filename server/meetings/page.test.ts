import { readdir, readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { COUNTED_LIMIT } from "#db/lists/total.ts";
import { listMeetings } from "#db/meetings/lists.ts";
import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import { countMeetingRows } from "#db/meetings/meetings.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { coverShare, type MeetingListRow } from "#domain/meetings/meetings.ts";
import {
  botJoins,
  botLeaves,
  clock,
  joins,
  knocks,
  leaves,
  minutes,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { averageUntilAdmittedMs } from "#domain/waits/waiting.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";
import { readMeetingsPage } from "./page.ts";

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
const listed = (query: string) => readMeetingsPage(new URLSearchParams(query), orm(), NOW);

async function theOne(account: TestSource): Promise<MeetingListRow> {
  const { rows } = await listed(`source=${account.id}`);
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} meetings`);
  return row;
}

describe("a row", () => {
  test("has the counts of people, waits and leaves, and the host cover", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "lesson",
      minutes(
        // At ten Ada knocks and is let in at two past; Bo gives up after three minutes, Cy after five seconds.
        ["10:00", knocks("Ada")],
        ["10:01", knocks("Bo")],
        ["10:02", stopsWaiting("Ada", { since: "10:00" })],
        ["10:02", joins("Ada")],
        ["10:04", stopsWaiting("Bo", { since: "10:01" })],
        ["10:05", knocks("Cy")],
        ["10:05:05", stopsWaiting("Cy", { since: "10:05" })],
        // Mia hosts from ten past to twenty past, Ada stays until half past.
        ["10:10", joins("Mia", { host: true })],
        ["10:20", leaves("Mia", { joinedAt: "10:10", host: true })],
        ["10:30", leaves("Ada", { joinedAt: "10:02" })],
      ),
    );
    const row = await theOne(account);
    expect(row).toMatchObject({
      room: "lesson",
      status: "ended",
      firstAt: clock("10:00"),
      startedAt: clock("10:02"),
      endedAt: clock("10:30"),
      peopleCount: 4,
      peak: { count: 2, at: clock("10:10") },
      waitsLeftCount: 1,
      peopleLeftCount: 1,
      peopleLostCount: 1,
      waits: { began: 3, admitted: 1, lost: 1, short: 1, cameBack: 0, unknown: 0 },
      cover: { occupiedMs: 30 * 60_000, hostedMs: 10 * 60_000 },
      erased: false,
    });
    expect(row.waits && averageUntilAdmittedMs(row.waits)).toBe(120_000);
    expect(row.waits?.longestMs).toBe(180_000);
    expect(coverShare(row.cover)).toBeCloseTo(1 / 3);
  });

  test("of a meeting in progress counts up to now", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "lesson",
      minutes(["11:00", joins("Ada")], ["11:30", joins("Mia", { host: true })]),
    );
    expect(await theOne(account)).toMatchObject({
      status: "live",
      endedAt: null,
      presentCount: 2,
      cover: { occupiedMs: 60 * 60_000, hostedMs: 30 * 60_000 },
    });
  });

  test("has no host cover where the provider does not report hosts", async () => {
    const account = await counter.app.account("attendee");
    const room = "bot_unsaid";
    await deliverBodies(
      counter.app,
      account,
      room,
      minutes(["10:00", botJoins], ["10:01", joins("Ada")], ["10:20", botLeaves]),
    );
    expect((await theOne(account)).cover).toBeNull();
    const withHosts = await counter.app.account("attendee");
    await deliverBodies(
      counter.app,
      withHosts,
      "bot_said",
      minutes(["10:00", botJoins], ["10:01", joins("Ada", { host: false })], ["10:20", botLeaves]),
    );
    expect((await theOne(withHosts)).cover).toMatchObject({ hostedMs: 0 });
  });

  test("of a meeting whose people were erased has its counts and nothing else", async () => {
    const account = await counter.app.account("attendee");
    const bot = botNamed("bot_erased");
    for (const body of [
      bot.comesIn("10:00"),
      bot.joins("10:01", "Ada", { host: true }),
      bot.leaves("10:20", "Ada", { host: true }),
      bot.turns("10:21", "meeting_ended", "post_processing"),
      bot.deletes("10:30"),
    ]) {
      await post(counter.app, account, body);
    }
    expect(await theOne(account)).toMatchObject({
      erased: true,
      peopleCount: 1,
      peak: { count: 1 },
      waits: null,
      cover: null,
    });
  });
});

describe("a lost person", () => {
  const lostCount = async (
    lines: Parameters<typeof minutes>,
    later: Parameters<typeof minutes> = [],
  ) => {
    const account = await counter.app.account();
    await deliverBodies(counter.app, account, "desk", minutes(...lines));
    if (later.length > 0) await deliverBodies(counter.app, account, "desk", minutes(...later));
    const { rows } = await listed(`source=${account.id}&order=asc`);
    return rows.map((row) => row.peopleLostCount);
  };
  const gaveUp = [
    ["10:00", knocks("Ada")],
    ["10:03", stopsWaiting("Ada", { since: "10:00" })],
  ] as const;

  test("is one who gave up, counted once however often", async () => {
    expect(await lostCount([...gaveUp])).toEqual([1]);
    expect(
      await lostCount([
        ...gaveUp,
        ["10:04", knocks("Ada")],
        ["10:06", stopsWaiting("Ada", { since: "10:04" })],
      ]),
    ).toEqual([1]);
  });

  test("is none who waited for a moment only, or was admitted after all", async () => {
    expect(
      await lostCount([
        ["10:00", knocks("Ada")],
        ["10:00:08", stopsWaiting("Ada", { since: "10:00" })],
      ]),
    ).toEqual([0]);
    // The join arrives only after the leave was counted.
    expect(await lostCount([...gaveUp], [["10:03:01", joins("Ada")]])).toEqual([0]);
    expect(await lostCount([...gaveUp], [["10:04", joins("Ada")]])).toEqual([0]);
  });

  test("is none who came back to a later meeting of the room that day", async () => {
    expect(await lostCount([...gaveUp], [["11:00", joins("Ada")]])).toEqual([0, 0]);
    // The later one is in progress, and is listed first.
    expect(await lostCount([...gaveUp], [["11:00", joins("Bo")]])).toEqual([0, 1]);
  });
});

describe("the list", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account();
    const { app } = counter;
    const met = async (room: string, from: string, to: string, people: string[]) =>
      deliverBodies(app, account, room, [
        ...minutes(...people.map((name) => [from, joins(name)] as const)),
        ...minutes(...people.map((name) => [to, leaves(name, { joinedAt: from })] as const)),
      ]);
    await met("short", "9:00", "9:05", ["Ada"]);
    await met("long", "8:00", "9:30", ["Ada", "Bo"]);
    await met("full", "9:10", "9:20", ["Ada", "Bo", "Cy"]);
    await deliverBodies(app, account, "old live", minutes(["7:00", joins("Mia")]));
    await deliverBodies(
      app,
      account,
      "new live",
      minutes(["11:00", joins("Ada")], ["11:00", joins("Bo")]),
    );
    await deliverBodies(app, account, "knocked", minutes(["6:00", knocks("Zoe")]));
    await deliverBodies(
      app,
      account,
      "knocked",
      minutes(["6:30", stopsWaiting("Zoe", { since: "6:00" })]),
    );
  });
  const rooms = async (query: string) =>
    (await listed(`source=${account.id}&${query}`)).rows.map(({ room }) => room);

  test.each([
    ["", ["new live", "old live", "full", "short", "long", "knocked"]],
    ["order=asc", ["old live", "new live", "knocked", "long", "short", "full"]],
    ["sort=length", ["old live", "new live", "long", "full", "short", "knocked"]],
    ["sort=length&order=asc", ["new live", "old live", "knocked", "short", "full", "long"]],
    ["sort=people", ["new live", "old live", "full", "long", "short", "knocked"]],
    ["sort=left", ["new live", "old live", "knocked", "full", "short", "long"]],
    ["sort=colour&order=up", ["new live", "old live", "full", "short", "long", "knocked"]],
    ["q=cy", ["full"]],
    ["room=long", ["long"]],
    ["room=nowhere", []],
    ["min_duration_ms=600000", ["new live", "old live", "full", "long"]],
    [`min_duration_ms=${90 * 60_000}`, ["old live", "long"]],
    ["min_duration_ms=soon", ["new live", "old live", "full", "short", "long", "knocked"]],
    ["to=2026-11-19", []],
    ["cursor=nonsense", ["new live", "old live", "full", "short", "long", "knocked"]],
  ])("by %s", async (query, expected) => {
    expect(await rooms(query)).toEqual(expected);
  });

  test.each([
    "sort=started",
    "sort=length",
    "sort=people&order=asc",
    "sort=left",
    "sort=length&order=asc",
  ])("by %s can be paged forward and back, each meeting once", async (query) => {
    for (const limit of [1, 2, 4]) {
      const path = `/api/v1/meetings?source=${account.id}&${query}&limit=${limit}`;
      const { there, back, ends } = await thereAndBack(counter, path, column("room"));
      expect(there).toEqual(await rooms(query));
      expect(back).toEqual(there);
      expect(ends.every((end) => end == null)).toBe(true);
    }
  });

  test("is the same in the API and on the page", async () => {
    const { results } = await readPage(
      counter,
      `/api/v1/meetings?source=${account.id}&sort=length&min_duration_ms=600000&tz=Asia/Kolkata&from=2026-11-20&to=2026-11-20`,
    );
    expect(results.map((row) => row["room"])).toEqual(["old live", "new live", "long", "full"]);
  });

  test.each(["sort=colour", "order=up", "min_duration_ms=soon", "tz=Mars/Phobos"])(
    "is refused in the API with %s",
    async (query) => {
      expect((await counter.ask(`/api/v1/meetings?${query}`)).status).toBe(400);
    },
  );

  test("of a day has the meetings that began on it in the zone of the page", async () => {
    // 20:00 UTC on the 19th is half past one on the 20th in Kolkata.
    const late = await counter.app.account();
    const night = clock("0:00") - 4 * 3_600_000;
    await deliverBodies(counter.app, late, "over midnight", [joins("Ada")(night)]);
    await deliverBodies(counter.app, late, "over midnight", [
      leaves("Ada", { joinedAt: "-4:00" })(clock("2:00")),
    ]);
    const days = async (query: string) => (await listed(`source=${late.id}&${query}`)).rows.length;
    expect(await days("from=2026-11-20&to=2026-11-20&tz=Asia/Kolkata")).toBe(1);
    expect(await days("from=2026-11-19&to=2026-11-19&tz=Asia/Kolkata")).toBe(0);
    expect(await days("from=2026-11-19&to=2026-11-19&tz=UTC")).toBe(1);
    expect(await days("from=2026-11-20&to=2026-11-20&tz=UTC")).toBe(0);
  });
});

test("the migration gives existing rows the values that recording gives new ones", async () => {
  const { sql: run } = counter.app.database;
  const storedRows = () => run`
    select id, people_lost_count, (select array_agg((person_id, host_said)::text order by person_id)
      from attendances a where a.meeting_id = m.id) as said
    from meetings m where merged_into is null order by id`;
  const before = await storedRows();
  expect(before.some((row) => row["people_lost_count"] > 0)).toBe(true);
  await run`update meetings set people_lost_count = 0`;
  await run`update attendances set host_said = false`;
  const files = await readdir("db/migrations");
  const file = files.find((name) => name.endsWith("_history-of-meetings.sql")) ?? "";
  const migration = await readFile(`db/migrations/${file}`, "utf8");
  // The column was called otherwise at the time.
  await run`alter table meetings rename people_lost_count to left_count`;
  for (const statement of migration.split("--> statement-breakpoint")) {
    if (statement.includes("UPDATE ")) await run.unsafe(statement);
  }
  await run`alter table meetings rename left_count to people_lost_count`;
  expect(await storedRows()).toEqual(before);
});

const ANY_MEETING: MeetingFilter = {
  status: null,
  source: null,
  room: null,
  person: null,
  q: null,
  from: null,
  to: null,
  longerThan: null,
};

describe("with a hundred thousand meetings", () => {
  beforeAll(async () => {
    const { sql: run } = counter.app.database;
    const account = await counter.app.account();
    await run`
      insert into rooms (source_id, key)
      select ${account.id}, 'many ' || n from generate_series(1, 2000) n`;
    await run`
      insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at, people_count, people_lost_count)
      select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + n % 90 * 60000, t, n % 40, n % 7
      from rooms r, generate_series(1, 50) n,
        lateral (select ${clock("0:00")}::bigint - (n * 2000 + r.id) * 300000 as t) t
      where r.key like 'many %'`;
    // Every attendance has an identity: of a few without one, a sample of the table may have none or some.
    await run`
      insert into attendances (meeting_id, person_id, identified_by, identity, name, participant_ids, status,
        is_host, first_at, attended_ms, wait_count, admitted_count, admitted_ms, visits, waits, tenures)
      select id, 'n:1', 'name', md5(room_id::text)::uuid, 'Somebody', '{}', 'left', false, first_at,
        0, 0, 0, 0, '[]', '[]', '[]'
      from meetings where id not in (select meeting_id from attendances)`;
    await run`
      insert into waits (meeting_id, room_id, participant_id, person_id, started_at, ended_at, outcome, inferred)
      select id, room_id, 'p', 'n:1', first_at, first_at + 60000, 'admitted', false from meetings
      where id not in (select meeting_id from waits)`;
    await run.unsafe("analyze");
  });

  test.each<[query: string, index: string, asks?: number]>([
    ["", "meetings_ended_newest_first"],
    ["from=2000-01-01&to=2026-11-21", "meetings_ended_newest_first"],
    ["from=2000-01-01&order=asc", "meetings_ended_newest_first"],
    ["from=2000-01-01&sort=length", "meetings_ended_longest_first"],
    ["from=2000-01-01&sort=people&order=asc", "meetings_ended_fullest_first"],
    ["from=2000-01-01&sort=left", "meetings_ended_most_left_first"],
    ["from=2000-01-01&room=many+7", "meetings_by_room_and_time", 5],
    // The first statement counts the rows with the text.
    ["q=nobody+at+all", "attendances_of_identity", 6],
  ])(
    "a page by %s reads no table whole, in at most six statements",
    async (query, index, asks = 6) => {
      const { reader, asked } = loggingReader(counter.app.database);
      await readMeetingsPage(new URLSearchParams(query), reader, NOW);
      expect(asked).toHaveLength(asks);
      const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
      expect(plans.join("\n")).toContain(index);
      for (const plan of plans) {
        expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
      }
    },
  );

  test.each<[of: string, filter: Partial<MeetingFilter>]>([
    ["all", {}],
    ["years", { from: 0, to: clock("48:00") }],
    ["a room", { room: "many 7" }],
    ["nobody", { q: "nobody at all" }],
  ])("a count of %s reads at most about twice the rows of its limit", async (_, filter) => {
    const { reader, asked } = loggingReader(counter.app.database);
    await countMeetingRows(reader, { ...ANY_MEETING, ...filter });
    const read = await Promise.all(asked.map((one) => rowsRead(orm(), one)));
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(2 * COUNTED_LIMIT + 1_000);
  });

  test("gives the total, exactly up to ten thousand", async () => {
    const found = async (query: string) => {
      const { reader, asked } = loggingReader(counter.app.database);
      const { total, rows } = await readMeetingsPage(new URLSearchParams(query), reader, NOW);
      return { total, rows: rows.length, asked: asked.length };
    };
    const since = "2026-11-10T00:00:00Z";
    const [stored] = await orm().execute<{ total: number }>(sql`select count(*)::int as total
      from meetings where merged_into is null and first_at >= ${Date.parse(since)}`);
    expect(stored?.total).toBeGreaterThan(50);
    expect(stored?.total).toBeLessThan(10_000);
    expect(await found("from=2026-11-10&to=2027-01-01&tz=UTC")).toMatchObject({
      total: stored?.total,
      rows: 50,
    });
    expect(await found("from=2000-01-01")).toMatchObject({ total: null, rows: 50 });
    // All rows are on the page, so there is no further statement.
    expect(await found("q=nobody+at+all")).toEqual({ total: 0, rows: 0, asked: 6 });
  });

  test("so do the second page and the plain list of the API", async () => {
    const first = await listed("from=2000-01-01&sort=length");
    const { reader, asked } = loggingReader(counter.app.database);
    await readMeetingsPage(new URL(first.next ?? "", "http://page").searchParams, reader, NOW);
    await listMeetings(reader, ANY_MEETING, null, 26);
    const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
    expect(plans.join("\n")).toContain("meetings_newest_first");
    for (const plan of plans) {
      expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
    }
  });
});
