import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, databaseIn, openDatabase } from "#db/connection/client.ts";
import { rooms } from "#db/schema/projected.ts";
import { addSource } from "#db/sources/sources.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { isOneOf } from "./batch.ts";
import { oneRow } from "./dialect.ts";
import { madeOnce, value } from "./made-once.ts";

let made: TestDatabase;
let database: Database;
const KEYS = ["a", "b", "c", "d", "$1", "it's"];
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
  const given = { provider: "daily", name: "Clinic", sealedSecret: Buffer.alloc(0) } as const;
  const sourceId = await addSource(database.orm, given);
  await database.orm.insert(rooms).values(KEYS.map((key) => ({ sourceId, key })));
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

function keysList() {
  let times = 0;
  const listed = madeOnce(
    (
      reader,
      { wanted, other }: { wanted: SQL | undefined; other: SQL | undefined },
      { limit }: { limit: number },
    ) => {
      times += 1;
      return reader
        .select({ key: rooms.key, other: sql<string | null>`${other ?? sql`null`}::text` })
        .from(rooms)
        .where(and(wanted, wanted))
        .orderBy(rooms.id)
        .limit(limit);
    },
  );
  return { listed, times: () => times };
}

test("whatever the values, a statement is made once for each text and form, and answers as if it were made anew", async () => {
  const { listed, times } = keysList();
  const key = fc.constantFrom(...KEYS, "nowhere");
  const asked = fc.record({
    wanted: fc.option(
      fc.oneof(
        key.map((one) => eq(rooms.key, one)),
        fc.array(key).map((some) => isOneOf(rooms.key, some)),
        key.map((one) => eq(rooms.key, one).inlineParams()),
      ),
      { nil: undefined },
    ),
    other: fc.option(key.map(value), { nil: undefined }),
    limit: fc.constantFrom(1, 9),
    planning: fc.constantFrom("once", "anew"),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ wanted, other, limit, planning }) => {
      const [all, first] = await Promise.all([
        database.orm.select({ key: rooms.key }).from(rooms).where(wanted).orderBy(rooms.id),
        listed(database.orm, planning === "once" ? "once" : "anew", { wanted, other }, { limit }),
      ]);
      expect(first.map((row) => row.key)).toEqual(all.map((row) => row.key).slice(0, limit));
      const [row] = first;
      if (row && other === undefined) expect(row.other).toBeNull();
      if (row && other !== undefined) expect([...KEYS, "nowhere"]).toContain(row.other);
    }),
    { numRuns: 150 },
  );
  // Nothing or a value or a list or one of seven that are written out, with and without the other, twice and twice.
  expect(times()).toBeLessThanOrEqual(10 * 2 * 2 * 2);
});

test("of different values each gets its own answer", async () => {
  const { listed, times } = keysList();
  const of = (key: string, other: string) =>
    listed(database.orm, "once", { wanted: eq(rooms.key, key), other: value(other) }, { limit: 5 });
  const answers = await Promise.all(KEYS.map((key) => of(key, `${key}!`)));
  expect(answers).toEqual(KEYS.map((key) => [{ key, other: `${key}!` }]));
  expect(times()).toBe(1);
});

test.each([
  ["once", "force_generic_plan"],
  ["anew", "force_custom_plan"],
] as const)("what is planned %s is, whatever PostgreSQL expects", async (planning, mode) => {
  const asked = madeOnce((reader) =>
    reader.select({ mode: sql<string>`current_setting('plan_cache_mode')` }).from(oneRow),
  );
  expect(await asked(database.orm, planning, {})).toEqual([{ mode }]);
});

test("each of those who see a part gets what they see", async () => {
  const { listed } = keysList();
  const sight = (source: string) => ({ ...WHOLE_SIGHT, sources: [source] });
  const nobody = databaseIn(sight("01900000-0000-7000-8000-000000000000"), database);
  const ask = ({ orm }: Database) =>
    listed(orm, "once", { wanted: gt(rooms.id, 0), other: undefined }, { limit: 9 });
  expect(await ask(database)).toHaveLength(KEYS.length);
  expect(await ask(nobody)).toEqual([]);
  expect(await ask(database)).toHaveLength(KEYS.length);
});
