import { readdir, readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { COUNTED_LIMIT } from "#db/lists/total.ts";
import { apartOf, readApart } from "#db/people/apart.ts";
import { countPeople, countUnnamed } from "#db/people/count-people.ts";
import {
  listPeople,
  type PeopleOrder,
  type PersonOfList,
  type PersonPlace,
} from "#db/people/people.ts";
import type { PeopleFilter } from "#db/people/people-filter.ts";
import { listAttended, personById, trendOf } from "#db/people/person.ts";
import { suggestedAmong, suggestedFor } from "#db/people/suggestions.ts";
import type { Reader } from "#db/sql/orm.ts";
import { testDatabase } from "#db/testing/database.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { foldName } from "#domain/identity/name.ts";
import { finder } from "#domain/identity/search.ts";
import { DEFAULT_GRACE_MS } from "#domain/participant/rules.ts";
import { weekdayOf } from "#domain/time/period.ts";
import { seedHistory } from "#server/demo/seed/seed.ts";
import { miscounted, unfound } from "#server/ingest/testing/everybody.ts";
import { indexSearchWords } from "#server/runtime/jobs/search-indexing.ts";
import { createLog } from "#server/runtime/log.ts";

const UNTIL = Date.UTC(2026, 5, 12);
const DAY = 86_400_000;
const NOW = UNTIL + 3 * DAY;
const LAST_DESC: PeopleOrder = { sort: "last", order: "desc" };
const ANY: PeopleFilter = {
  source: null,
  room: null,
  q: null,
  from: null,
  to: null,
  longerThan: null,
};

let database: Database;
let drop: () => Promise<void>;
let stored: StoredAttendance[];
beforeAll(async () => {
  const own = await testDatabase();
  drop = own.drop;
  database = openDatabase(own.url, { max: 4 });
  const options = { events: 30_000, seed: 1, until: UNTIL, now: Date.now, threads: 2 };
  const storage = { database, url: own.url, secret: "s".repeat(32) };
  await seedHistory(storage, options, () => undefined);
  // The database does this by itself after a while.
  await database.orm.execute(sql`analyze`);
  stored = await database.orm.execute<StoredAttendance & Record<string, unknown>>(sql`
    select a.meeting_id as meeting, m.source_id as source, s.provider, r.key as room, a.user_id as "userId",
      a.name, a.name_key as "nameKey", a.visits, a.waits, a.attended_ms as "attendedMs",
      (select count(*) filter (where w.outcome in ('left', 'came_back') or w.returned)::int
        from waits w where w.meeting_id = a.meeting_id and w.person_id = a.person_id) as "left",
      (select bool_or(w.outcome = 'left' and not w.returned)
        from waits w where w.meeting_id = a.meeting_id and w.person_id = a.person_id) as lost
    from attendances a join meetings m on m.id = a.meeting_id join rooms r on r.id = m.room_id
      join sources s on s.id = m.source_id`);
});
afterAll(async () => {
  await database.close();
  await drop();
});

interface StoredAttendance {
  meeting: string;
  source: string;
  provider: string;
  room: string;
  userId: string | null;
  name: string | null;
  nameKey: string | null;
  visits: { joinedAt: number; leftAt: number }[];
  waits: { startedAt: number; endedAt: number; outcome: string }[];
  attendedMs: number;
  left: number;
  lost: boolean | null;
}

/** The sums of each person, counted row by row from the stored attendances. */
function byHand(wanted: (row: StoredAttendance, at: number) => boolean): Map<string, Counted> {
  const people = new Map<string, Counted>();
  for (const row of stored) {
    const starts = [
      ...row.visits.map(({ joinedAt }) => joinedAt),
      ...row.waits.map(({ startedAt }) => startedAt),
    ];
    const at = Math.min(...starts);
    const isUser = row.provider === "daily" && row.userId !== null;
    if ((!isUser && row.nameKey === null) || starts.length === 0 || !wanted(row, at)) continue;
    const key = `${row.source} ${isUser ? `user ${row.userId}` : `guest ${row.nameKey}`}`;
    const one = people.get(key) ?? {
      meetings: new Set(),
      lost: new Set(),
      left: 0,
      stays: new Map(),
      waits: 0,
      admittedMs: 0,
      lastAt: 0,
    };
    one.meetings.add(row.meeting);
    if (row.lost) one.lost.add(row.meeting);
    one.left += row.left;
    one.stays.set(row.meeting, [...(one.stays.get(row.meeting) ?? []), ...row.visits]);
    one.waits += row.waits.length;
    for (const { outcome, startedAt, endedAt } of row.waits) {
      if (outcome === "admitted") one.admittedMs += endedAt - startedAt;
    }
    one.lastAt = Math.max(one.lastAt, at);
    people.set(key, one);
  }
  return people;
}

interface Counted {
  meetings: Set<string>;
  lost: Set<string>;
  left: number;
  /** By meeting, the visits of all of that name: two at once count once. */
  stays: Map<string, StoredAttendance["visits"]>;
  waits: number;
  admittedMs: number;
  lastAt: number;
}

function line(key: string, one: Counted): string {
  const { meetings, lost, left, stays, waits, admittedMs, lastAt } = one;
  const attendedMs = [...stays.values()].reduce((sum, visits) => sum + lengthOf(visits), 0);
  return `${key}: ${meetings.size} ${attendedMs} ${waits} ${admittedMs} ${left} ${lost.size} ${lastAt}`;
}

/** The length of visits with gaps up to the grace closed, visit by visit. */
function lengthOf(visits: StoredAttendance["visits"]): number {
  let [sum, until] = [0, -Infinity];
  for (const { joinedAt, leftAt } of visits.toSorted((a, b) => a.joinedAt - b.joinedAt)) {
    const to = Math.max(joinedAt, leftAt);
    const from = joinedAt - until <= DEFAULT_GRACE_MS ? until : joinedAt;
    sum += Math.max(0, to - from);
    until = Math.max(until, to);
  }
  return sum;
}

function lineOf({ knownAs, ...one }: PersonOfList): string {
  const [identity] = knownAs;
  const key =
    identity?.knownBy === "user_id" ? `user ${identity.userId}` : `guest ${foldName(one.name)}`;
  const { meetings, attendedMs, waitCount, admittedMs, leftCount, lostMeetings, lastAt } = one;
  return `${identity?.source.id} ${key}: ${meetings} ${attendedMs} ${waitCount} ${admittedMs} ${leftCount} ${lostMeetings} ${lastAt}`;
}

/** All pages of a list, there and back. */
async function all(filter: PeopleFilter, by: PeopleOrder, size = 100): Promise<PersonOfList[]> {
  const rows: PersonOfList[] = [];
  for (let cursor: ListCursor<PersonPlace> | null = null; ; ) {
    const next: PersonOfList[] = await listPeople(database.orm, filter, by, cursor, size);
    rows.push(...next);
    const last = next.at(-1);
    if (last === undefined || next.length < size) return rows;
    cursor = { direction: "next", key: last.place };
  }
}

describe("the list of people equals a count by hand", () => {
  const past = { ...ANY, from: UNTIL - 60 * DAY, to: UNTIL - 30 * DAY };
  const recent = { ...ANY, from: UNTIL - 5 * DAY, to: UNTIL + DAY };
  test.each([
    ["over all time", ANY, () => true],
    ["up to now", recent, (at: number) => at >= recent.from],
    ["in days that are past", past, (at: number) => at >= past.from && at < past.to],
  ] as const)("%s", async (_, filter, wanted) => {
    const rows = await all(filter, LAST_DESC);
    const counted = byHand((_row, at) => wanted(at));
    expect(rows.map(lineOf).toSorted()).toEqual(
      [...counted].map(([key, one]) => line(key, one)).toSorted(),
    );
    const times = rows.map(({ lastAt }) => lastAt);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test("of a room, of a source, and by text", async () => {
    const some = stored.find(({ userId, nameKey }) => userId !== null && nameKey !== null);
    if (!some) throw new Error("nobody");
    const ofRoom = await all({ ...ANY, room: some.room }, LAST_DESC);
    expect(ofRoom).toHaveLength(byHand(({ room }) => room === some.room).size);
    const ofSource = await all({ ...ANY, source: some.source }, LAST_DESC);
    expect(ofSource).toHaveLength(byHand(({ source }) => source === some.source).size);
    const text = some.nameKey ?? "";
    const called = await all({ ...ANY, q: text }, LAST_DESC);
    const isFound = finder(text);
    expect(called).toHaveLength(byHand(({ nameKey }) => isFound(nameKey)).size);
    expect(await all({ ...ANY, q: some.userId }, LAST_DESC)).not.toEqual([]);
  });

  test.each(["last", "name", "meetings", "attended"] as const)(
    "by %s, page by page, each person once and none left out",
    async (sort) => {
      const whole = await all(ANY, { sort, order: "desc" }, 5_000);
      const pages = await all(ANY, { sort, order: "desc" }, 37);
      const up = await all(ANY, { sort, order: "asc" }, 41);
      const ids = whole.map(({ id }) => id);
      expect(pages.map(({ id }) => id)).toEqual(ids);
      expect(up.map(({ id }) => id).toReversed()).toEqual(ids);
      const middle = whole[200];
      const back = middle && {
        direction: "previous" as const,
        key: middle.place,
      };
      const before = await listPeople(database.orm, ANY, { sort, order: "desc" }, back ?? null, 10);
      expect(before.map(({ id }) => id)).toEqual(ids.slice(190, 200).toReversed());
      const summed = await all(past, { sort, order: "desc" }, 29);
      const values = summed.map(({ place: cursor }) => cursor.value);
      if (sort !== "name") expect(values).toEqual(values.toSorted((a, b) => Number(b) - Number(a)));
      expect(new Set(summed.map(({ id }) => id)).size).toBe(summed.length);
    },
  );

  test("and the stored sums of each person equal their attendances", async () => {
    expect(await miscounted(database)).toEqual([]);
  });
});

test("the migration gives existing attendances the rows that recording gives new ones", async () => {
  const storedLines = async () => {
    // The migration added up the attended time of namesakes; a later rebuild corrects that.
    const lines = await database.orm.execute<{ line: string }>(sql`
      select (to_jsonb(p) - case when namesakes > 0 then array['attended_ms', 'open_count', 'open_sum']
        else '{}' end)::text as line from people p
      union all select to_jsonb(l)::text from aliases l
      union all select to_jsonb(a)::text from attendances a
      union all select to_jsonb(w)::text from waits w order by 1`);
    return lines.map(({ line }) => line);
  };
  const before = await storedLines();
  await database.sql`truncate people, aliases`;
  await database.sql`update waits set identity = null`;
  await database.sql`update attendances set identity = null, first_at = null, wait_count = 0,
    admitted_count = 0, admitted_ms = 0`;
  const folder = "db/migrations";
  const name = (await readdir(folder)).find((file) =>
    file.endsWith("people-over-all-meetings.sql"),
  );
  const migration = await readFile(`${folder}/${name}`, "utf8");
  for (const statement of migration.split("--> statement-breakpoint")) {
    if (/^\s*(--.*\s)?(UPDATE|INSERT) /.test(statement)) await database.sql.unsafe(statement);
  }
  // The words for the search are indexed after the start, a few names and rooms at a time.
  await database.sql`update rooms set words = null`;
  const log = createLog("silent");
  expect(await indexSearchWords(database, log, () => true, 100)).toBe(0);
  expect(await indexSearchWords(database, log, () => false, 100)).toBeGreaterThan(200);
  expect(await indexSearchWords(database, log)).toBe(0);
  expect(await unfound(database)).toEqual([]);
  expect(await storedLines()).toEqual(before);
});

describe("each query reads the rows it shows, and few others", () => {
  /** The plans of all statements. Sequential scans are disabled, because small tables would rightly be read whole. */
  async function plansOf(ask: (reader: Reader) => Promise<unknown>) {
    const { reader, asked } = loggingReader(database);
    await ask(reader);
    const plans = await database.orm.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return Promise.all(asked.map((one) => planOf(tx, one)));
    });
    for (const plan of plans) {
      expect(plan).not.toMatch(/Seq Scan on (meetings|attendances|waits|events|deliveries|people)/);
    }
    return { statements: plans.length, plan: plans.join("\n") };
  }

  test.each([
    ["last", "people_last_met"],
    ["name", "people_by_name"],
    ["meetings", "people_most_meetings"],
    ["attended", "people_longest"],
  ] as const)("everybody by %s", async (sort, index) => {
    const { plan, statements } = await plansOf((reader) =>
      listPeople(reader, ANY, { sort, order: "desc" }, null, 25),
    );
    expect(plan).toContain(index);
    expect(statements).toBe(1);
  });

  test("people of four weeks, of a room, by text, and those without a name", async () => {
    const weeks = { ...ANY, from: UNTIL - 28 * DAY, to: UNTIL + DAY };
    const latest = await plansOf((reader) => listPeople(reader, weeks, LAST_DESC, null, 25));
    expect(latest.plan).toContain("people_last_met");
    expect(latest.plan).toContain("attendances_of_identity");
    const most = await plansOf((reader) =>
      listPeople(reader, weeks, { sort: "meetings", order: "desc" }, null, 25),
    );
    expect(most.plan).toContain("attendances_in_period");
    await plansOf((reader) => listPeople(reader, { ...weeks, room: "room" }, LAST_DESC, null, 25));
    const called = await plansOf((reader) =>
      listPeople(reader, { ...weeks, q: "anna" }, LAST_DESC, null, 25),
    );
    expect(called.statements).toBe(3);
    expect(called.plan).toContain("aliases_of_words");
    const unnamed = await plansOf((reader) => countUnnamed(reader, weeks));
    expect(unnamed.plan).toContain("attendances_of_nobody");
  });

  test.each<[of: string, filter: Partial<PeopleFilter>]>([
    ["everybody", {}],
    ["the latest weeks", { from: UNTIL - 28 * DAY, to: UNTIL + DAY }],
    ["weeks before", { from: UNTIL - 14 * DAY, to: UNTIL - 7 * DAY }],
    ["a text", { q: "a", to: UNTIL - 7 * DAY }],
    ["longer meetings", { longerThan: { ms: 1_800_000, now: NOW } }],
  ])("of %s the total of the list is counted, in any order", async (_, part) => {
    const filter = { ...ANY, ...part };
    const total = await countPeople(database.orm, filter);
    expect(total).toBeGreaterThan(10);
    for (const sort of ["last", "name", "meetings"] as const) {
      const all = await listPeople(database.orm, filter, { sort, order: "desc" }, null, 10_000);
      expect(total).toBe(all.length);
    }
  });

  test("weeks of one person begin on the day asked for, and lose nothing", async () => {
    const [some] = await listPeople(
      database.orm,
      ANY,
      { sort: "meetings", order: "desc" },
      null,
      1,
    );
    const person = await personById(database.orm, some?.id ?? "");
    if (person === null) throw new Error("nobody");
    const range = { from: UNTIL - 28 * DAY, to: UNTIL, room: null, longerThan: null };
    const weeks = async (firstDay: number) => {
      const how = { by: "week", firstDay } as const;
      return trendOf(database.orm, person.rowId, range, how, "Europe/Berlin", NOW);
    };
    const attended = (steps: Awaited<ReturnType<typeof weeks>>) =>
      steps.reduce((sum, { meetings }) => sum + meetings, 0);
    const all = attended(await weeks(1));
    expect(all).toBeGreaterThan(3);
    for (const firstDay of [1, 6, 7]) {
      const steps = await weeks(firstDay);
      expect(new Set(steps.map(({ day }) => weekdayOf(day)))).toEqual(new Set([firstDay]));
      expect(attended(steps)).toBe(all);
    }
  });

  test("one person", async () => {
    const [some] = await listPeople(
      database.orm,
      ANY,
      { sort: "meetings", order: "desc" },
      null,
      1,
    );
    const person = await personById(database.orm, some?.id ?? "");
    if (person === null) throw new Error("nobody");
    const range = { from: UNTIL - 28 * DAY, to: UNTIL, room: null, longerThan: null };
    const { plan } = await plansOf(async (reader) => {
      await personById(reader, person.id);
      await listAttended(reader, person, range, null, 25);
      await trendOf(reader, person.rowId, range, { by: "week", firstDay: 1 }, "Europe/Berlin", NOW);
      await suggestedFor(reader, person.rowId, 10);
      await suggestedAmong(reader, ANY, 10);
      await suggestedAmong(reader, { ...ANY, ...range, q: "anna" }, 10);
      await apartOf(reader, [person.rowId], 10);
      await readApart(reader, 10);
    });
    expect(plan).toContain("attendances_of_identity");
    for (const index of ["aliases_by_name", "aliases_of_words", "people_apart_newest_first"]) {
      expect(plan).toContain(index);
    }
  });

  test("a capped count reads few rows beyond the cap", async () => {
    const begin = Date.UTC(2020, 0, 1);
    const [source] = await database.sql`select id from sources limit 1`;
    await database.sql`
      insert into people (id, source_id, known_by, sort_key, first_at, last_at, meetings, namesakes, attended_ms,
        open_count, open_sum, wait_count, admitted_count, admitted_ms)
      select md5('one ' || n)::uuid, ${source?.["id"]}, 'name', n, ${begin}, ${begin}, 2, 0, 0, 0, 0, 0, 0, 0
      from generate_series(1, 20000) n`;
    await database.sql`
      insert into attendances (meeting_id, person_id, identified_by, identity, participant_ids, status, is_host,
        first_at, attended_ms, wait_count, admitted_count, admitted_ms, visits, waits, tenures)
      select md5('meeting ' || n)::uuid, 'p', 'name', md5('one ' || (n * 7 % 20000 + 1))::uuid, '{}', 'left', false,
        ${begin}::bigint + n * 1000, 0, 0, 0, 0, '[]', '[]', '[]'
      from generate_series(1::bigint, 60000) n`;
    await database.sql`
      insert into aliases (identity, name_key, name, first_at, last_at, meetings, words)
      select md5('one ' || n)::uuid, 'many', 'Many', ${begin}, ${begin}, 2, 'many'
      from generate_series(1, 20000) n`;
    await database.sql.unsafe("vacuum analyze people, attendances, aliases");
    const readFor = async (part: Partial<PeopleFilter>) => {
      const { reader, asked } = loggingReader(database);
      expect(await countPeople(reader, { ...ANY, ...part })).toBeNull();
      const read = await Promise.all(asked.map((one) => rowsRead(database.orm, one)));
      return read.reduce((sum, rows) => sum + rows, 0);
    };
    expect(await readFor({})).toBeLessThan(1.1 * COUNTED_LIMIT);
    // Reads each person with the name once, not every person with all their names.
    expect(await readFor({ q: "many" })).toBeLessThan(6 * 20_000);
    // Reads the latest attendances and their people, not all sixty thousand.
    expect(await readFor({ from: begin, to: begin + DAY })).toBeLessThan(30_001 + 3 * 20_000);
  });
});
