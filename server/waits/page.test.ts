import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { loggingReader, planOf } from "#db/testing/plans.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, joins, knocks, leaves, stopsWaiting } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { binOf } from "#domain/waits/wait-bins.ts";
import { countWaits, NO_WAITS } from "#domain/waits/wait-count.ts";
import { quantileMs } from "#domain/waits/waiting.ts";
import { WAITING_TABS } from "#domain/waits/waiting-page.ts";
import { weekHourOf } from "#domain/waits/week-hours.ts";
import { offsetIn } from "#server/http/period.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, thereAndBack } from "#server/http/testing/pages.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readWaitingPage } from "./page.ts";

const NOW = clock("12:00");
const MINUTE: Ms = 60_000;

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
const looked = (query: string) => readWaitingPage(new URLSearchParams(query), orm(), NOW);

/** A person waits so many seconds, and is admitted or leaves. */
function waited(name: string, from: string, seconds: number, end: "in" | "gone"): MeetingEvent[] {
  const at = clock(from);
  const over = at + seconds * 1000;
  return [
    knocks(name)(at),
    stopsWaiting(name, { since: from })(over),
    ...(end === "in" ? [joins(name)(over)] : []),
  ];
}

describe("a morning at two desks", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account();
    // At the desk Ada waits one minute and Bo four, both are let in. Cy leaves after three minutes.
    await deliverBodies(counter.app, account, "desk", [
      joins("Mia", { host: true })(clock("8:59")),
      ...waited("Ada", "9:00", 60, "in"),
      ...waited("Bo", "9:10", 240, "in"),
      ...waited("Cy", "9:20", 180, "gone"),
      // Dee looks in for five seconds. Eve leaves after a minute, and is let in ten minutes later.
      ...waited("Dee", "9:30", 5, "gone"),
      ...waited("Eve", "9:40", 60, "gone"),
      joins("Eve")(clock("9:51")),
      leaves("Mia", { joinedAt: "8:59", host: true })(clock("11:30")),
    ]);
    // At the other one Flo gives up twice, and Gil is still waiting.
    await deliverBodies(counter.app, account, "annex", [
      ...waited("Flo", "10:00", 120, "gone"),
      ...waited("Flo", "10:05", 300, "gone"),
      knocks("Gil")(clock("11:55")),
    ]);
  });
  const seen = (query = "") => looked(`source=${account.id}&${query}`);

  test("counts every wait exactly once", async () => {
    const { count, lostPeople, untilAdmitted, untilLeaving } = await seen();
    expect(count).toEqual({
      began: 8,
      admitted: 2,
      lost: 3,
      cameBack: 1,
      short: 1,
      unknown: 0,
      waiting: 1,
      admittedMs: 5 * MINUTE,
      leftMs: 11 * MINUTE,
      shortMs: 5_000,
      longestMs: 5 * MINUTE,
      admittedWithin: 1,
      leftWithin: 2,
      shortWithin: 1,
    });
    expect(lostPeople).toBe(2);
    expect(untilAdmitted).toEqual({ medianMs: MINUTE, p90Ms: 4 * MINUTE });
    expect(untilLeaving).toEqual({ medianMs: 2 * MINUTE, p90Ms: 5 * MINUTE });
    const { untilLeaving: withShort } = await seen("short=counted");
    expect(withShort).toEqual({ medianMs: 2 * MINUTE, p90Ms: 5 * MINUTE });
  });

  test("lists each lost person once, with the last wait", async () => {
    const { waits } = await seen();
    expect(waits).toMatchObject([
      { name: "Flo", room: "annex", startedAt: clock("10:05"), endedAt: clock("10:10"), leaves: 2 },
      { name: "Cy", room: "desk", startedAt: clock("9:20"), outcome: "left", leaves: 1 },
    ]);
  });

  test.each([
    ["all", ["Gil", "Flo", "Flo", "Eve", "Dee", "Cy", "Bo", "Ada"]],
    ["admitted", ["Bo", "Ada"]],
    ["late", ["Bo"]],
    ["left", ["Flo", "Flo", "Eve", "Cy"]],
    ["came_back", ["Eve"]],
    ["short", ["Dee"]],
    ["unknown", []],
    ["waiting", ["Gil"]],
    ["colour", ["Flo", "Cy"]],
  ])("lists the waits of a number: %s", async (shown, names) => {
    const { waits } = await seen(`show=${shown}`);
    expect(waits.map(({ name }) => name)).toEqual(names);
  });

  test("is listed by room, in any order", async () => {
    const rooms = async (query: string) => (await seen(query)).rooms.map(({ room }) => room);
    expect(await rooms("")).toEqual(["desk", "annex"]);
    expect(await rooms("order=asc")).toEqual(["annex", "desk"]);
    expect(await rooms("sort=rate")).toEqual(["annex", "desk"]);
    expect(await rooms("sort=longest")).toEqual(["annex", "desk"]);
    // At the annex no person was admitted, so there is no average to compare.
    expect(await rooms("sort=average")).toEqual(["desk", "annex"]);
    expect(await rooms("sort=average&order=asc")).toEqual(["desk", "annex"]);
    const { rooms: byRoom, roomCount } = await seen("room=annex");
    expect(byRoom).toMatchObject([{ room: "annex", count: { began: 3, lost: 2, waiting: 1 } }]);
    expect(roomCount).toBe(1);
  });

  test("is counted by hour of the zone's clocks", async () => {
    const hours = async (tz: string) =>
      (await seen(`tz=${tz}`)).hours.map(({ hour, count }) => [hour, count.began]);
    const friday = 4 * 24;
    expect(await hours("UTC")).toEqual([
      [friday + 9, 5],
      [friday + 10, 2],
      [friday + 11, 1],
    ]);
    expect(await hours("Asia/Kolkata")).toEqual([
      [friday + 14, 3],
      [friday + 15, 4],
      [friday + 17, 1],
    ]);
    expect(await hours("Asia/Kathmandu")).toEqual([
      [friday + 14, 2],
      [friday + 15, 5],
      [friday + 17, 1],
    ]);
    const { waits } = await seen(`tz=Asia/Kolkata&show=all&week_hour=${friday + 14}`);
    expect(waits.map(({ name }) => name)).toEqual(["Cy", "Bo", "Ada"]);
  });

  test("is empty on other days, in other rooms and in other sources", async () => {
    for (const query of ["from=2026-11-01&to=2026-11-19", "room=nowhere"]) {
      expect(await seen(query)).toMatchObject({
        count: NO_WAITS,
        lostPeople: 0,
        hours: [],
        rooms: [],
        roomCount: 0,
        waits: [],
        untilAdmitted: { medianMs: null, p90Ms: null },
      });
    }
    expect((await looked("source=nobody")).count).toEqual(NO_WAITS);
  });

  test("gives a page for any parameters in the address", async () => {
    const odd = "target_ms=soon&goal=0&level=up&short=no&heat=red&week_hour=168&cursor=x&sort=y";
    expect((await seen(odd)).lens).toEqual((await seen()).lens);
  });

  test("is the same in the API and on the page", async () => {
    const path = `/api/v1/waiting?source=${account.id}&from=2026-11-20&to=2026-11-20&tz=Asia/Kolkata`;
    expect(await counter.read(path)).toMatchObject({
      time_zone: "Asia/Kolkata",
      from: "2026-11-19T18:30:00.000Z",
      target_ms: 120_000,
      metrics: {
        waits: 8,
        entered: 6,
        admitted: 2,
        left_before_admitted: 4,
        came_back: 1,
        really_lost: 3,
        short: 1,
        unknown: 0,
        still_waiting: 1,
        abandonment_rate: 4 / 6,
        average_until_admitted_ms: 150_000,
        average_until_leaving_ms: 165_000,
        longest_ms: 300_000,
        people_lost: 2,
        service_level: { met: 1, of: 4, share: 0.25 },
      },
      by_hour: [
        { weekday: 5, hour: 14, waits: 3 },
        { weekday: 5, hour: 15, waits: 4 },
        { weekday: 5, hour: 17, waits: 1 },
      ],
      by_room: [
        { room: "desk", waits: 5 },
        { room: "annex", waits: 3 },
      ],
    });
    for (const query of ["target_ms=0", "level=up", "tz=Mars/Phobos", "from=soon", "sort=x"]) {
      expect((await counter.ask(`/api/v1/waiting?${query}`)).status).toBe(400);
    }
  });

  test("lists the lost page by page, forward and back", async () => {
    const path = `/api/v1/waiting/lost?source=${account.id}&limit=1`;
    const { there, back, ends } = await thereAndBack(counter, path, column("name"));
    expect(there).toEqual(["Flo", "Cy"]);
    expect(back).toEqual(there);
    expect(ends.every((end) => end == null)).toBe(true);
    expect((await counter.ask("/api/v1/waiting/lost?cursor=x")).status).toBe(400);
  });

  test("is exported as files", async () => {
    const query = `source=${account.id}&tz=Asia/Kolkata`;
    const csv = await (await counter.ask(`/api/v1/waits.csv?${query}`)).text();
    expect(csv.trimEnd().split("\r\n")).toHaveLength(9);
    const lost = await (await counter.ask(`/api/v1/waiting/lost.csv?${query}`)).text();
    expect(lost).toContain("Flo,2026-11-20T15:35:00.000+05:30,2026-11-20T15:40:00.000+05:30,");
    expect(await counter.read(`/api/v1/waits.json?${query}&show=came_back`)).toMatchObject({
      results: [{ name: "Eve", outcome: "came_back", duration_ms: 60_000, leaves: 1 }],
    });
  });
});

describe("the days on which clocks change", () => {
  // In Berlin 29 March 2026 has no two o'clock, and 25 October has two of them.
  test.each([
    ["2026-03-29", ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"], [1, 3]],
    [
      "2026-10-25",
      ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"],
      [2, 2, 3],
    ],
  ])("%s", async (day, times, hours) => {
    const account = await counter.app.account();
    const { sql } = counter.app.database;
    await sql`insert into rooms (source_id, key) values (${account.id}, 'clock')`;
    for (const time of times) await addWait(account, "clock", Date.parse(time), MINUTE, "admitted");
    const seen = await looked(`source=${account.id}&tz=Europe/Berlin&from=${day}&to=${day}`);
    const expected = new Map<number, number>();
    for (const hour of hours) expected.set(6 * 24 + hour, (expected.get(6 * 24 + hour) ?? 0) + 1);
    expect(seen.hours.map(({ hour, count }) => [hour, count.began])).toEqual([...expected]);
    // A range of months around that day; the list of every cell has as many waits as the cell counts.
    const long = await looked(
      `source=${account.id}&tz=Europe/Berlin&from=2026-01-01&to=2026-11-20`,
    );
    expect(long.hours.map(({ hour, count }) => [hour, count.began])).toEqual([...expected]);
    for (const [hour, number] of expected) {
      const { waits, total } = await looked(
        `source=${account.id}&tz=Europe/Berlin&from=2026-01-01&show=all&week_hour=${hour}`,
      );
      expect(waits).toHaveLength(number);
      expect(total).toBe(number);
    }
  });
});

async function addWait(
  { id }: TestSource,
  room: string,
  at: Ms,
  lasted: Ms | null,
  outcome: string,
  { returned = false, person = "n:1" } = {},
): Promise<void> {
  const { sql } = counter.app.database;
  await sql`
    insert into waits (meeting_id, room_id, participant_id, person_id, started_at, ended_at, outcome,
      inferred, returned)
    select gen_random_uuid(), r.id, 'p', ${person}, ${at}, ${lasted === null ? null : at + lasted},
      ${outcome}, false, ${returned}
    from rooms r where r.source_id = ${id} and r.key = ${room}`;
}

describe("with a hundred thousand waits", () => {
  beforeAll(async () => {
    const { sql: run } = counter.app.database;
    const account = await counter.app.account();
    await run`
      insert into rooms (source_id, key)
      select ${account.id}, 'many ' || n from generate_series(1, 200) n`;
    await run`
      insert into meetings (id, room_id, source_id, status, started_at, ended_at, first_at)
      select gen_random_uuid(), r.id, r.source_id, 'ended', t, t + 3600000, t
      from rooms r, generate_series(1, 125) n,
        lateral (select ${clock("0:00")}::bigint - (n * 200 + r.id) * 3600000 as t) t
      where r.key like 'many %'`;
    // Lengths without a pattern, down to the ms, and a few of every outcome.
    await run`
      insert into waits (meeting_id, room_id, participant_id, person_id, name, started_at, ended_at,
        outcome, inferred, returned)
      select m.id, m.room_id, 'p' || n, 'n:' || n % 3, 'Somebody', m.first_at + n * 977000,
        case when kind = 'waiting' then null else m.first_at + n * 977000 + case when kind = 'short'
          then hash % 10000 else 10001 + hash % 2400000 end end,
        kind, kind = 'unknown', kind in ('left', 'short') and hash % 5 = 0
      from meetings m join rooms r on r.id = m.room_id, generate_series(1, 4) n,
        lateral (select abs(hashtext(m.id::text || n)) as hash) h,
        lateral (select (array['admitted', 'admitted', 'admitted', 'admitted', 'left', 'left',
          'short', 'came_back', 'unknown', 'waiting'])[1 + hash / 7 % 10] as kind) k
      where r.key like 'many %'`;
    await run.unsafe("vacuum analyze waits, meetings, rooms");
  });

  interface StoredWait {
    meetingId: string;
    personId: string;
    name: string | null;
    room: string;
    startedAt: Ms;
    endedAt: Ms | null;
    outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
  }

  const QUERY =
    "from=2025-11-01&to=2026-11-20&tz=Australia/Lord_Howe&target_ms=600000&level=positive&short=counted";

  test("every number equals that of plain loops over all waits", async () => {
    const { sql: run } = counter.app.database;
    const page = await looked(QUERY);
    const { from, to, timeZone } = page.period;
    const stored = await run<StoredWait[]>`
      select w.meeting_id as "meetingId", w.person_id as "personId", w.name, r.key as room,
        w.started_at as "startedAt", w.ended_at as "endedAt",
        case when w.returned then 'came_back' else w.outcome end as outcome
      from waits w join meetings m on m.id = w.meeting_id
      join rooms r on r.id = m.room_id`;
    const waits = stored.filter(({ startedAt }) => startedAt >= from && startedAt < to);
    // The waits of the clock changes have no meeting; tests above look at them.
    expect(waits.length).toBeGreaterThan(30_000);
    const byRoom = Map.groupBy(waits, ({ room }) => room);
    const first = page.rooms[0];
    expect(first?.count).toEqual(countWaits(byRoom.get(first?.room ?? "") ?? [], 600_000));
    const largest = Math.max(...[...byRoom.values()].map(({ length }) => length));
    expect(first?.count.began).toBe(largest);
    expect(page.roomCount).toBeGreaterThanOrEqual(byRoom.size);

    const source = await run<{ id: string }[]>`
      select distinct source_id as id from rooms where key like 'many %'`;
    const own = await looked(`${QUERY}&source=${source[0]?.id}`);
    const many = waits.filter(({ room }) => room.startsWith("many "));
    expect(own.count).toEqual(countWaits(many, 600_000));
    const offsetAt = offsetIn(timeZone);
    const byHour = Map.groupBy(many, ({ startedAt }) => weekHourOf(startedAt, offsetAt(startedAt)));
    expect(own.hours).toEqual(
      [...byHour]
        .toSorted(([a], [b]) => a - b)
        .map(([hour, these]) => ({ hour, count: countWaits(these, 600_000) })),
    );
    const lasted = (...outcomes: StoredWait["outcome"][]) =>
      many
        .filter(({ outcome }) => outcomes.includes(outcome))
        .map(({ startedAt, endedAt }) => (endedAt ?? 0) - startedAt)
        .toSorted((a, b) => a - b);
    const admitted = lasted("admitted");
    const left = lasted("left", "came_back", "short");
    expect(own.untilAdmitted).toEqual({
      medianMs: quantileMs(admitted, 0.5),
      p90Ms: quantileMs(admitted, 0.9),
    });
    expect(own.untilLeaving).toEqual({
      medianMs: quantileMs(left, 0.5),
      p90Ms: quantileMs(left, 0.9),
    });
    for (const [bin, { admitted: inBin }] of own.bins.entries()) {
      expect(inBin).toBe(admitted.filter((ms) => binOf(ms) === bin).length);
    }
    const gaveUp = stored.filter(
      ({ outcome, room }) => outcome === "left" && room.startsWith("many "),
    );
    const theirs = Map.groupBy(gaveUp, ({ room, personId }) => `${room} ${personId}`);
    let lost = 0;
    for (const times of theirs.values()) {
      for (const { startedAt } of times) {
        if (startedAt < from || startedAt >= to) continue;
        const again = times.some(
          (other) => other.startedAt > startedAt && other.startedAt <= startedAt + 86_400_000,
        );
        if (!again) lost += 1;
      }
    }
    expect(lost).toBeLessThan(own.count.lost);
    expect(own.lostPeople).toBe(lost);
  });

  test("the list gives its total, whichever waits it shows", async () => {
    const days = "from=2026-11-10&to=2026-11-20";
    for (const query of [days, `${days}&week_hour=81`]) {
      for (const shown of WAITING_TABS) {
        const { total } = await looked(`${query}&show=${shown}`);
        const list = `/api/v1/waits.json?${query}&tz=UTC&show=${shown}`;
        const { results } = z
          .object({ results: z.array(z.unknown()) })
          .parse(await counter.read(list));
        expect(total, `${query} ${shown}`).toBe(results.length > 10_000 ? null : results.length);
      }
    }
  });

  test("the page has nine statements, and counts from the indexes alone", async () => {
    const { reader, asked } = loggingReader(counter.app.database);
    await readWaitingPage(new URLSearchParams(), reader, NOW);
    expect(asked).toHaveLength(9);
    const plans = await Promise.all(asked.map((one) => planOf(orm(), one)));
    expect(
      plans.filter((plan) => plan.includes("Index Only Scan using waits_over_time")),
    ).toHaveLength(4);
    expect(plans.join("\n")).toContain("waits_lost_newest_first");
  });

  test.each<[string, string]>([
    ["", "waits_over_time"],
    ["room=many+7", "waits_of_room_over_time"],
    ["from=2000-01-01&room=many+7&show=left", "waits_of_room_over_time"],
    ["from=2000-01-01", "waits_lost_newest_first"],
    ...WAITING_TABS.map((shown): [string, string] => [`show=${shown}`, "waits_over_time"]),
    ["show=all&week_hour=100", "waits_over_time"],
  ])("by %s reads no table whole", async (query, index) => {
    const { reader, asked } = loggingReader(counter.app.database);
    await readWaitingPage(new URLSearchParams(query), reader, NOW);
    const plans = await orm().transaction(async (tx) => {
      // For all time a sequential scan would be right; it is disabled to see whether an index can do it.
      await tx.execute("set local enable_seqscan = off");
      return Promise.all(asked.map((one) => planOf(tx, one)));
    });
    expect(plans.join("\n")).toContain(index);
    for (const plan of plans) {
      expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
    }
  });
});

test("the migration gives existing waits their room", async () => {
  const { sql: run } = counter.app.database;
  const wrong = () => run`
    select from waits w join meetings m on m.id = w.meeting_id where w.room_id is distinct from m.room_id`;
  expect(await wrong()).toHaveLength(0);
  await run`delete from waits w where not exists (select from meetings m where m.id = w.meeting_id)`;
  await run`alter table waits alter column room_id drop not null, alter column id drop not null`;
  await run`update waits set room_id = null`;
  const files = await readdir("db/migrations");
  const file = files.find((name) => name.endsWith("_waits-over-time.sql")) ?? "";
  const migration = await readFile(`db/migrations/${file}`, "utf8");
  for (const statement of migration.split("--> statement-breakpoint")) {
    if (/UPDATE |SET NOT NULL/.test(statement)) await run.unsafe(statement);
  }
  expect(await wrong()).toHaveLength(0);
});
