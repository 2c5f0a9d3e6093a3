import { getTableName, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Database, databaseIn, openDatabase } from "#db/connection/client.ts";
import { instanceCheck } from "#db/sql/instance-check.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import type { Sight } from "#domain/access/sight.ts";
import { NotLimited, narrowed } from "./narrowed.ts";
import { VISIBLE } from "./visible.ts";

const SIGHTS: readonly Sight[] = [
  { sources: ["00000000-0000-4000-8000-000000000000"], rooms: null, masked: false },
  { sources: null, rooms: ["Alg*", "it's \\ 50 % _"], masked: false },
  { sources: ["00000000-0000-4000-8000-000000000000"], rooms: ["*"], masked: true },
  { sources: null, rooms: null, masked: true },
];

const isTable = instanceCheck(PgTable);
const TABLES = Object.values(import.meta.glob("/db/schema/*.ts", { eager: true }))
  .flatMap((all) => (typeof all === "object" && all !== null ? [all] : []))
  .flatMap((all) => Object.values<unknown>(all))
  .flatMap((one) => (typeof one === "object" && one !== null && isTable(one) ? [one] : []));

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

test("of every table it is said what is seen of it", () => {
  const named = TABLES.map((table) => getTableName(table)).toSorted();
  expect(VISIBLE.map(({ table }) => getTableName(table)).toSorted()).toEqual(named);
  expect(named.length).toBeGreaterThan(25);
});

test("a table is said by tables further up alone", () => {
  for (const [place, { by }] of VISIBLE.entries()) {
    const before = VISIBLE.slice(0, place).map(({ table }) => table);
    for (const other of by) expect(before).toContain(other);
  }
});

test.each(SIGHTS)(
  "every table can be read, with all its columns, in $sources $rooms $masked",
  async (sight) => {
    const { orm } = databaseIn(sight, database);
    for (const table of TABLES) {
      const rows = await orm.select().from(table);
      expect([getTableName(table), Array.isArray(rows)]).toEqual([getTableName(table), true]);
      expect(getTableConfig(table).name).toBe(getTableName(table));
    }
  },
);

describe("a statement", () => {
  const [sight] = SIGHTS;
  if (sight === undefined) throw new Error("there are sights");

  it("is the same for those who see everything", () => {
    const query = { sql: 'select * from "rooms"', params: [] };
    expect(narrowed(query, { sources: null, rooms: null, masked: false })).toBe(query);
  });

  it.each([
    'insert into "rooms" (key) values (1)',
    'update "rooms" set key = 1',
    'with x as (select 1) update "rooms" set key = 1',
    'select 1 from "rooms" for update',
    "select * from rooms",
    "select * from public.rooms",
  ])("that cannot be limited is not sent: %s", (text) => {
    expect(() => narrowed({ sql: text, params: [] }, sight)).toThrow(NotLimited);
  });

  it("sums up what people did only where it uses the sums, and looks for a name only where it uses that", () => {
    const made = (text: string) => narrowed({ sql: text, params: [] }, sight).sql;
    expect(made('select "people"."id" from "people"')).not.toMatch(/sum\(|called/);
    expect(made('select "other"."name" from "people" "other"')).toMatch(/called/);
    expect(made('select "other"."name" from "people" "other"')).not.toMatch(/sum\(/);
    expect(made('select "people"."id" from "people" order by "people"."last_at"')).toMatch(/sum\(/);
    expect(made('select "aliases"."identity" from "aliases"')).not.toMatch(/array_agg/);
    expect(made('select "named"."meetings" from "aliases" "named"')).toMatch(/array_agg/);
  });

  it("writes nothing for those who see a part", async () => {
    const { orm } = databaseIn(sight, database);
    await expect(async () => orm.execute(sql`delete from "rooms"`)).rejects.toThrow(NotLimited);
    expect(() => orm.transaction(async () => undefined)).toThrow(NotLimited);
  });
});
