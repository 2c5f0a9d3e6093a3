import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { everythingStored, loseProjections, readModels } from "#server/testing/stored.ts";
import { sourcesOfSeed } from "./history.ts";
import { planHistory, type SeedPlan } from "./plan.ts";
import { AlreadySeeded, type Seeded, seedHistory } from "./seed.ts";
import { writeShare } from "./share.ts";

const UNTIL = Date.UTC(2026, 5, 12);
const quiet = () => undefined;

let database: Database;
let url: string;
let drop: () => Promise<void>;
beforeEach(async () => {
  ({ url, drop } = await testDatabase());
  database = openDatabase(url, { max: 2 });
});
afterEach(async () => {
  await database.close();
  await drop();
});

function seed(events: number, number = 1): Promise<Seeded> {
  const options = { events, seed: number, until: UNTIL, now: Date.now, threads: 2 };
  return seedHistory({ database, url, secret: "s".repeat(32) }, options, quiet);
}

describe("a seeded history", () => {
  test("is what a replay of its deliveries projects: nothing changes", async () => {
    const seeded = await seed(2_000);
    const before = await everythingStored(database);
    const replayed = await replay(database, null, quiet);
    expect(replayed).toMatchObject({ deliveries: seeded.events, changed: 0, read: 0 });
    expect(await everythingStored(database)).toEqual(before);
  });

  test("is what a replay projects from the deliveries alone", async () => {
    const { events } = await seed(2_000);
    const before = await readModels(database);
    await loseProjections(database);
    expect(await replay(database, null, quiet)).toMatchObject({ read: events });
    expect(await readModels(database)).toEqual(before);
  });

  test("has the wanted length, and ends when it should", async () => {
    const { events, meetings, days } = await seed(5_000);
    expect(events).toBeGreaterThanOrEqual(5_000);
    expect(events).toBeLessThan(5_500);
    expect(days.last).toBe(UNTIL);
    const [counts] = await database.orm.execute(sql`
      select count(*)::int as meetings, sum(seq)::int as events,
        count(*) filter (where status <> 'ended' or stale_at is not null)::int as open,
        min(first_at) >= ${days.first - 86_400_000}::bigint as "from",
        max(ended_at) < ${UNTIL + 2 * 86_400_000}::bigint as "to"
      from meetings`);
    expect(counts).toEqual({ meetings, events, open: 0, from: true, to: true });
  });

  test("is realistic: it has every kind of event", async () => {
    await seed(20_000);
    const rows = await database.orm.execute(sql`
      select 'wait ' || outcome || case when returned then ', returned' else '' end as what
      from waits group by 1
      union select 'by ' || identified_by from attendances
      union select 'reconnected' from attendances where jsonb_array_length(visits) > 1
      union select 'host by turns' from attendances where is_host group by meeting_id having count(*) > 1
      union select 'ended ' || ended_by from meetings
      union select 'from when the bot came' from attendances, jsonb_array_elements(visits) visit
        where visit->>'start' = 'first_seen'
      union select status from deliveries
      union select 'came again' from deliveries where repeats > 0
      union select 'regular' from attendances a join meetings m on m.id = a.meeting_id
        where user_id is not null group by user_id having count(distinct m.id) > 5
      union select provider from sources s where exists (select from meetings where source_id = s.id)
      order by 1`);
    expect(rows.map(({ what }) => what)).toEqual([
      "attendee",
      "by connection",
      "by name",
      "by user_id",
      "came again",
      "daily",
      "ended inferred",
      "ended provider",
      "from when the bot came",
      "host by turns",
      "ignored",
      "reconnected",
      "recorded",
      "regular",
      "wait admitted",
      "wait came_back",
      "wait left",
      "wait left, returned",
      "wait short",
      "wait short, returned",
      "wait unknown",
    ]);
  });

  test("is the same with any number of threads", async () => {
    await seed(3_000);
    const before = await readModels(database);
    for (const of of [1, 3]) {
      await loseProjections(database);
      await database.orm.execute(sql`truncate deliveries, delivery_keys`);
      await write(planHistory(1, 3_000, UNTIL), of);
      expect(await readModels(database)).toEqual(before);
    }
  });
});

/** Writes the history of the first seed in `of` shares. */
async function write(plan: SeedPlan, of: number): Promise<void> {
  const sources = sourcesOfSeed(1).map(({ id }) => id);
  const rules = await rulesBySource(database, sources);
  for (let index = 0; index < of; index += 1) {
    const job = { url, seed: 1, ...plan, sources, share: { index, of }, now: Date.now() };
    await writeShare(database, job, rules, quiet);
  }
}

describe("a history that is stored already", () => {
  test("is refused, also where only a part of it is, and nothing changes", async () => {
    await seed(500);
    const before = await everythingStored(database);
    await expect(seed(900)).rejects.toThrow(AlreadySeeded);
    expect(await everythingStored(database)).toEqual(before);
  });

  test("of another seed, or of real meetings, stays as it was", async () => {
    const own = { provider: "daily", name: "Clinic", sealedSecret: Buffer.alloc(0) };
    const real = await addSource(database.orm, own);
    await seed(500);
    const first = await everythingStored(database);
    await seed(500, 2);
    const both = new Set(await everythingStored(database));
    expect(first.filter((row) => !both.has(row))).toEqual([]);
    expect(both.size).toBeGreaterThan(first.length * 1.5);
    expect(await readModels(database, real)).toEqual([]);
  });
});
