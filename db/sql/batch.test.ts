import { eq, type SQL, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { copyInto } from "#db/connection/copy.ts";
import { bytes } from "#db/schema/columns.ts";
import { testDatabase } from "#db/testing/database.ts";
import {
  deleteAll,
  deletedLike,
  deleteLike,
  excluded,
  insertAll,
  insertNew,
  isOneOf,
  unnested,
  updateAll,
  upsert,
  upserted,
} from "./batch.ts";

const things = pgTable(
  "things",
  {
    ownerId: uuid().notNull(),
    number: integer().notNull(),
    name: text(),
    count: bigint({ mode: "number" }),
    isOpen: boolean(),
    labels: text().array().notNull(),
    about: jsonb().$type<unknown>(),
    body: bytes(),
    madeAt: timestamp({ withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.number] })],
);
type Thing = typeof things.$inferSelect;

const OWNER = "00000000-0000-4000-8000-000000000001";
let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = openDatabase((await testDatabase()).url, { max: 2 });
  await database.sql`
    create table things (owner_id uuid, number integer, name text, count bigint, is_open boolean,
      labels text[] not null, about jsonb, body bytea, made_at timestamptz, primary key (owner_id, number))`;
});
afterAll(async () => database.close());
beforeEach(async () => {
  await database.sql`delete from things`;
});

const storedRows = () => database.orm.select().from(things).orderBy(things.number);
const writeIn = (work: Parameters<typeof database.transaction<void>>[0]) =>
  database.transaction(work);

// PostgreSQL stores no NUL, and no half of a surrogate pair.
const word = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'\\"{},\t\n\r'), fc.string({ unit: "binary", maxLength: 1 })),
  })
  .map((some) => some.replaceAll("\0", "").toWellFormed());
const thing: fc.Arbitrary<Omit<Thing, "number">> = fc.record({
  ownerId: fc.constant(OWNER),
  name: fc.option(word),
  count: fc.option(fc.maxSafeInteger()),
  isOpen: fc.option(fc.boolean()),
  labels: fc.array(word, { maxLength: 3 }),
  about: fc.option(fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(word, fc.integer()))),
  body: fc.option(fc.uint8Array({ maxLength: 9 }).map((some) => Buffer.from(some))),
  madeAt: fc.option(
    fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }),
  ),
});
const numbered = fc
  .array(thing, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, number): Thing => ({ ...one, number })));

test("rows come back as they were written, whatever they contain", async () => {
  await fc.assert(
    fc.asyncProperty(numbered, numbered, async (first, second) => {
      await database.sql`delete from things`;
      await writeIn((tx) => insertAll(tx, things, first));
      expect(await storedRows()).toEqual(first);
      await writeIn((tx) => upsert(tx, things, second));
      expect(await storedRows()).toEqual([...second, ...first.slice(second.length)]);
    }),
    { numRuns: 60 },
  );
});

test("and so do rows that are written by COPY", async () => {
  await fc.assert(
    fc.asyncProperty(numbered, async (rows) => {
      await database.sql`delete from things`;
      await writeIn((tx) => copyInto(tx, things, rows));
      expect(await storedRows()).toEqual(rows);
    }),
    { numRuns: 40 },
  );
});

const thingOf = (number: number, name: string | null): Thing => ({
  ...{ ownerId: OWNER, number, name, count: number * 10, isOpen: null, labels: [] },
  ...{ about: null, body: null, madeAt: null },
});

test("an upsert sets a column as `set` says where the row exists", async () => {
  await writeIn((tx) => insertAll(tx, things, [thingOf(1, "old")]));
  const set = { count: sql`${things.count} + excluded.count` };
  await writeIn((tx) => upsert(tx, things, [thingOf(1, "new"), thingOf(2, "two")], set));
  expect((await storedRows()).map(({ name, count }) => [name, count])).toEqual([
    ["new", 20],
    ["two", 20],
  ]);
});

test("calls that differ only in a value each use their own", async () => {
  await writeIn((tx) => insertAll(tx, things, [thingOf(1, "one")]));
  for (const more of [1, 2]) {
    const set = { count: sql`${things.count} + ${more}` };
    await writeIn((tx) => upsert(tx, things, [thingOf(1, "one")], set));
    const only = ({ number }: { number: SQL }) => sql`${number} = ${more + 1}`;
    await writeIn((tx) => insertNew(tx, things, [thingOf(2, "two"), thingOf(3, "three")], only));
    expect((await storedRows()).map(({ count }) => count)).toEqual(
      more === 1 ? [11, 20] : [13, 20, 30],
    );
  }
});

test("an upsert answers the rows as they are afterwards, existing and new ones", async () => {
  const madeAt = new Date("2026-07-01T10:00:00Z");
  await writeIn((tx) => insertAll(tx, things, [{ ...thingOf(1, "old"), madeAt }]));
  const set = {
    count: sql`${things.count} + ${excluded(things.count)}`,
    madeAt: sql`${things.madeAt}`,
  };
  const { number, count, labels, madeAt: made } = things;
  const rows = [{ ...thingOf(1, "new"), labels: ["{}"] }, thingOf(2, "two")];
  const answered = await database.transaction((tx) =>
    upserted(tx, things, rows, set, { number, count, labels, made }),
  );
  expect(answered).toEqual([
    { number: 1, count: 20, labels: ["{}"], made: madeAt },
    { number: 2, count: 20, labels: [], made: null },
  ]);
});

test("existing rows stay as they are where only new rows are inserted", async () => {
  await writeIn((tx) => insertAll(tx, things, [thingOf(1, "old")]));
  await writeIn((tx) => insertNew(tx, things, [thingOf(1, "new"), thingOf(2, "two")]));
  const rows = [thingOf(3, "three"), thingOf(4, "four")];
  await writeIn((tx) => insertNew(tx, things, rows, ({ count }) => sql`${count} > 30`));
  expect((await storedRows()).map(({ name }) => name)).toEqual(["old", "two", "four"]);
});

test("rows are changed and deleted by their primary keys, and only the named columns change", async () => {
  await writeIn((tx) =>
    insertAll(tx, things, [thingOf(1, "one"), thingOf(2, "two"), thingOf(3, "three")]),
  );
  const part = { ownerId: OWNER, number: 2, name: null };
  await writeIn((tx) => updateAll(tx, things, [part, { ...part, number: 9 }]));
  await writeIn((tx) => deleteAll(tx, things, [{ ownerId: OWNER, number: 1 }]));
  expect(await storedRows()).toEqual([{ ...thingOf(2, "two"), name: null }, thingOf(3, "three")]);
});

test("rows are deleted that match any of those given, in all columns that these name", async () => {
  await writeIn((tx) =>
    insertAll(tx, things, [
      thingOf(1, "one"),
      thingOf(2, "two"),
      thingOf(3, "two"),
      thingOf(4, null),
    ]),
  );
  const like = [
    { name: "two", count: 20 },
    { name: "one", count: 20 },
    { name: null, count: 40 },
  ];
  await writeIn((tx) => deleteLike(tx, things, like));
  expect((await storedRows()).map(({ number }) => number)).toEqual([1, 3, 4]);
  const gone = await database.transaction((tx) =>
    deletedLike(tx, things, [{ count: 40 }, { count: 50 }], {
      number: things.number,
      labels: things.labels,
    }),
  );
  expect(gone).toEqual([{ number: 4, labels: [] }]);
  expect((await storedRows()).map(({ number }) => number)).toEqual([1, 3]);
});

test("given rows are a relation to read from, and values a column may be one of", async () => {
  await writeIn((tx) => insertAll(tx, things, [thingOf(1, "one"), thingOf(2, "two")]));
  const given = unnested("g", { number: things.number, labels: things.labels }, [
    { number: 2, labels: ['"', "\\", "{}"] },
  ]);
  const rows = await database.orm
    .select({ name: things.name, labels: given.of.labels })
    .from(things)
    .innerJoin(given.from, eq(things.number, given.of.number));
  expect(rows).toEqual([{ name: "two", labels: ['"', "\\", "{}"] }]);
  const named = await database.orm
    .select({ number: things.number })
    .from(things)
    .where(isOneOf(things.name, ["one", "nobody"]));
  expect(named).toEqual([{ number: 1 }]);
});

test("no statement is sent for no rows", async () => {
  const asked: string[] = [];
  const loggedDatabase = openDatabase((await testDatabase()).url, {
    max: 1,
    logger: { logQuery: (text) => void asked.push(text) },
  });
  await loggedDatabase.transaction(async (tx) => {
    for (const write of [
      insertAll,
      insertNew,
      upsert,
      updateAll,
      deleteAll,
      deleteLike,
      copyInto,
    ]) {
      await write(tx, things, []);
    }
    const answered = { number: things.number };
    expect(await upserted(tx, things, [], {}, answered)).toEqual([]);
    expect(await deletedLike(tx, things, [], answered)).toEqual([]);
  });
  expect(asked).toEqual([]);
  await loggedDatabase.close();
});
