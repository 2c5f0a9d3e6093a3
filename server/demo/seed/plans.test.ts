import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { numbersBySource } from "#db/live/by-source.ts";
import { listMeetings } from "#db/meetings/lists.ts";
import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import type { Reader } from "#db/sql/orm.ts";
import { testDatabase } from "#db/testing/database.ts";
import { loggingReader, planOf } from "#db/testing/plans.ts";
import { listWaits } from "#db/waits/list-waits.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import { seedHistory } from "./seed.ts";

/** A history of some length, so that the planner has a choice. */
const EVENTS = 30_000;
const UNTIL = Date.UTC(2026, 5, 12);
const FOUR_WEEKS = { from: UNTIL - 28 * 86_400_000, to: UNTIL };

let database: Database;
let drop: () => Promise<void>;
let someone: { name: string; user: string; room: string; source: string };
beforeAll(async () => {
  const own = await testDatabase();
  drop = own.drop;
  database = openDatabase(own.url, { max: 2 });
  const options = { events: EVENTS, seed: 1, until: UNTIL, now: Date.now, threads: 2 };
  const storage = { database, url: own.url, secret: "s".repeat(32) };
  await seedHistory(storage, options, () => undefined);
  const [row] = await database.orm.execute<typeof someone>(sql`
    select a.name, a.user_id as user, r.key as room, m.source_id::text as source
    from attendances a join meetings m on m.id = a.meeting_id join rooms r on r.id = m.room_id
    where a.user_id is not null and a.name <> '' order by md5(a.person_id) limit 1`);
  if (row) someone = row;
});
afterAll(async () => {
  await database.close();
  await drop();
});

/**
 * The plans of all queries, with sequential scans disabled. The tables are small, and reading them whole would
 * be right: so it is forbidden where there is another way.
 */
async function plansOf(ask: (reader: Reader) => Promise<unknown[]>) {
  const { reader, asked } = loggingReader(database);
  const rows = await ask(reader);
  const plans = await database.orm.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return Promise.all(asked.map((one) => planOf(tx, one)));
  });
  for (const plan of plans) {
    expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries)/);
  }
  return { rows: rows.length, statements: plans.length, plan: plans.join("\n") };
}

const MEETINGS: MeetingFilter = {
  status: null,
  source: null,
  room: null,
  person: null,
  q: null,
  from: null,
  to: null,
  longerThan: null,
};

describe("the list of meetings reads what it shows, and little more", () => {
  const listed = (filter: Partial<MeetingFilter>) =>
    plansOf((reader) => listMeetings(reader, { ...MEETINGS, ...filter }, null, 25));

  test("newest first", async () => {
    expect((await listed({})).plan).toContain("meetings_newest_first");
    expect((await listed(FOUR_WEEKS)).plan).toContain("meetings_newest_first");
  });

  test("back from a cursor", async () => {
    const key = { firstAt: FOUR_WEEKS.from, id: "00000000-0000-4000-8000-000000000000" };
    const { plan, rows } = await plansOf((reader) =>
      listMeetings(reader, MEETINGS, { direction: "previous", key }, 25),
    );
    expect(rows).toBe(25);
    expect(plan).toContain("Index Scan Backward using meetings_newest_first");
    expect(plan).not.toContain("Seq Scan on rooms");
  });

  test("of a source or a room", async () => {
    expect(await listed({ source: someone.source })).toMatchObject({ rows: 25 });
    expect((await listed({ room: someone.room })).plan).toContain("meetings_by_room_and_time");
  });

  test("of a person, by anything that names them", async () => {
    expect((await listed({ person: someone.user })).plan).toContain("attendances_of_user");
    expect((await listed({ person: `u:${someone.user}` })).rows).toBeGreaterThan(0);
    expect((await listed({ person: someone.name })).plan).toContain("attendances_of_name");
    expect((await listed({ person: "c:nobody" })).plan).toContain("attendances_of_connection");
  });

  test("with a text that few have, or none", async () => {
    const found = await listed({ q: someone.name });
    expect(found).toMatchObject({ statements: 2 });
    expect(found.rows).toBeGreaterThan(0);
    for (const index of ["aliases_of_words", "rooms_of_words", "attendances_of_identity"]) {
      expect(found.plan).toContain(index);
    }
    expect(await listed({ q: "nobody is called so" })).toMatchObject({ rows: 0, statements: 2 });
  });

  test("with a text that many have", async () => {
    expect(await listed({ q: "clinic" })).toMatchObject({ rows: 25, statements: 2 });
    expect(await listed({ q: "a" })).toMatchObject({ rows: 25, statements: 2 });
  });
});

describe("the list of waits reads what it shows, and little more", () => {
  const ANY: WaitSelection = {
    source: null,
    room: null,
    from: null,
    to: null,
    shown: "all",
    outcome: null,
    followUp: null,
    targetMs: 0,
    weekHour: null,
  };
  const listed = (filter: Partial<WaitSelection>) =>
    plansOf((reader) => listWaits(reader, { ...ANY, ...filter }, null, 25));

  test("newest first, and by how they ended", async () => {
    expect((await listed({})).plan).toContain("waits_newest_first");
    expect((await listed({ outcome: "left", ...FOUR_WEEKS })).plan).toContain(
      "waits_lost_newest_first",
    );
  });

  test("of a room, where there are many", async () => {
    // With few rooms, reading all their waits is as good.
    await database.orm.execute(sql`
      insert into waits (meeting_id, participant_id, started_at, room_id, person_id, outcome, inferred)
      select meeting_id, participant_id || ' ' || n, started_at, room_id + n * 1000000, person_id, outcome,
        inferred
      from waits, generate_series(1, 30) n`);
    await database.orm.execute(sql`vacuum (analyze) waits`);
    expect((await listed({ room: someone.room })).plan).toContain("waits_of_room_over_time");
  });
});

test("the numbers by source read what goes on and what left today, and no past", async () => {
  const { plan, statements } = await plansOf((reader) => numbersBySource(reader, UNTIL));
  expect(statements).toBe(1);
  expect(plan).toContain("meetings_going_on");
  expect(plan).toContain("waits_going_on");
  expect(plan).toMatch(/waits_(over_time|newest_first|lost_newest_first)/);
});
