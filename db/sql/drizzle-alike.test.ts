import { createRequire } from "node:module";
import type * as Drizzle from "drizzle-orm";
import {
  and,
  desc,
  eq,
  exists,
  getTableColumns,
  inArray,
  isNull,
  ne,
  or,
  SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import type * as DrizzleCore from "drizzle-orm/pg-core";
import { alias, PgDialect, QueryBuilder } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { MEETING } from "#db/meetings/meeting.ts";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import { isOneOf, unnested } from "./batch.ts";
import { CASING } from "./casing.ts";
import { dialect, oneRow, parts } from "./dialect.ts";
import { standingFor } from "./standing-for.ts";
import { writeOut } from "./writing-out.ts";

/* Statements are written out, and rows are read, by functions of our own. Both must match Drizzle to the letter. */

let database: ReturnType<typeof openDatabase>;
let pool: postgres.Sql;
let source: string;
beforeAll(async () => {
  const { url } = await testDatabase();
  database = openDatabase(url, { max: 2 });
  pool = postgres(url, { max: 1 });
  const given = { provider: "daily", name: "Clinic", sealedSecret: Buffer.alloc(0) } as const;
  source = await addSource(database.orm, given);
  await database.orm.insert(rooms).values([
    { sourceId: source, key: "ward", title: "Ward" },
    { sourceId: source, key: "hall" },
  ]);
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const later = alias(meetings, "later");
const given = unnested("n", { id: meetings.id, at: "bigint", named: "text" }, [
  { id: "0197a000-0000-7000-8000-000000000000", at: 1, named: `O'Brien "Bo"` },
]);
const another = parts
  .select({ one: sql`1`.as("one") })
  .from(later)
  .where(and(eq(later.roomId, meetings.roomId), ne(later.status, "ended").inlineParams()));
const counted = parts.$with("counted").as(
  parts
    .select({ room: meetings.roomId, count: sql<number>`count(*)::int`.as("count") })
    .from(meetings)
    .groupBy(meetings.roomId),
);
const latest = parts
  .select()
  .from(meetings)
  .where(and(eq(meetings.roomId, rooms.id), isNull(meetings.mergedInto)))
  .orderBy(desc(meetings.firstAt))
  .limit(1);
const orm = drizzle.mock({ casing: CASING });

const STATEMENTS: readonly [string, SQLWrapper][] = [
  [
    "a list",
    parts
      .select(MEETING)
      .from(meetings)
      .innerJoin(rooms, eq(rooms.id, meetings.roomId))
      .innerJoin(sources, eq(sources.id, meetings.sourceId)),
  ],
  ["another name, asked whether it is there", parts.select().from(meetings).where(exists(another))],
  ["a part before it", parts.with(counted).select({ count: counted.count }).from(counted)],
  [
    "rows in the place of a table",
    parts
      .select({ key: rooms.key, last: meetings.firstAt })
      .from(rooms)
      .crossJoinLateral(standingFor(meetings, latest)),
  ],
  [
    "one of several, of two",
    parts
      .selectDistinctOn([meetings.roomId], { id: meetings.id })
      .from(meetings)
      .where(
        or(
          inArray(meetings.status, ["live", "waiting"]),
          eq(meetings.status, "ended").inlineParams(),
        ),
      ),
  ],
  [
    "a union",
    parts
      .select({ id: rooms.id })
      .from(rooms)
      .unionAll(parts.select({ id: rooms.id }).from(rooms))
      .limit(3),
  ],
  [
    "given rows",
    parts
      .select({ at: given.of.at })
      .from(given.from)
      .where(isOneOf(rooms.key, ["a", `"`])),
  ],
  [
    "nothing but values",
    parts.select({ one: sql`${null}::text`, list: sql`${["a", "b"]}` }).from(oneRow),
  ],
  [
    "names that have to be quoted",
    sql`select ${sql.identifier('a "b"')}, ${sql.raw("1")}, ${undefined}`,
  ],
  ["a time and bytes", eq(deliveries.receivedAt, new Date(0))],
  [
    "a row that is added",
    orm.insert(rooms).values({ sourceId: "s", key: "k" }).onConflictDoNothing(),
  ],
  [
    "JSON that is written",
    orm.update(attendances).set({ visits: [] }).where(eq(attendances.personId, "p")),
  ],
  [
    "rows that are taken away",
    orm.delete(meetings).where(isNull(meetings.firstAt)).returning({ id: meetings.id }),
  ],
  ["what is prepared for a value to come", eq(rooms.key, sql.placeholder("key"))],
  [
    "texts that are written out",
    sql`${eq(rooms.key, "it's").inlineParams()} and ${eq(rooms.id, 3).inlineParams()}`,
  ],
];

test.each(STATEMENTS)("%s is written out as by Drizzle", (_, statement) => {
  const own: SQL = statement.getSQL();
  const { sql: text, params } = new PgDialect({ casing: CASING }).sqlToQuery(own);
  expect(writeOut(own)).toEqual({ sql: text, params });
  expect(dialect.sqlToQuery(own)).toEqual({ sql: text, params });
});

test("a repeated selection is written in the same words, alone and joined", () => {
  const picked = {
    ...getTableColumns(rooms),
    upper: sql<string>`upper(${rooms.key})`.as("upper"),
    nested: { source: rooms.sourceId, count: sql`(select count(*) from ${meetings})` },
  };
  const withValue = { key: rooms.key, value: sql`${"a value"}` };
  const made = (from: QueryBuilder, key: string) => [
    from.select(picked).from(rooms).where(eq(rooms.key, key)),
    from.selectDistinct(picked).from(rooms).leftJoin(meetings, eq(meetings.roomId, rooms.id)),
    from.select(withValue).from(rooms).where(eq(rooms.key, key)),
  ];
  const theirs = new QueryBuilder({ casing: CASING });
  for (const key of ["a", "b", "c", "d"]) {
    const [own, other] = [made(parts, key), made(theirs, key)].map((statements) =>
      statements.map((statement) => writeOut(statement.getSQL())),
    );
    expect(own).toEqual(other);
  }
});

test("a statement of another copy of Drizzle, as the pages have one, is written out as well", () => {
  const load = createRequire(import.meta.url);
  const copy: typeof Drizzle = load("drizzle-orm");
  const core: typeof DrizzleCore = load("drizzle-orm/pg-core");
  expect(copy.SQL).not.toBe(SQL);
  const theirs = new core.QueryBuilder({ casing: CASING });
  const counted = theirs
    .select({ key: rooms.key, count: copy.sql<number>`count(*)`.as("count") })
    .from(rooms)
    .where(copy.and(copy.eq(rooms.key, "a"), copy.inArray(rooms.title, ["b", "c"])))
    .as("counted");
  const statement = theirs.select().from(counted).where(copy.eq(counted.count, 3)).getSQL();
  const { sql: text, params } = new PgDialect({ casing: CASING }).sqlToQuery(statement);
  expect(writeOut(statement)).toEqual({ sql: text, params });
});

describe("rows are read as by Drizzle", () => {
  /** Rooms with their meeting, of which there is none. */
  function asked(reader: Pick<typeof database.orm, "select">) {
    const shape = {
      key: rooms.key,
      source: { id: sources.id, made: sources.createdAt, noteTakers: sources.noteTakers },
      meeting: { id: meetings.id, seq: meetings.seq },
      mixed: { id: meetings.id, room: rooms.id },
      values: { at: sql<number>`1`, title: rooms.title, none: sql`null` },
      number: sql`${rooms.id}`.mapWith(Number),
      named: sql<string>`lower(${rooms.key})`.as("named"),
    };
    return reader
      .select(shape)
      .from(rooms)
      .innerJoin(sources, eq(sources.id, rooms.sourceId))
      .leftJoin(meetings, eq(meetings.roomId, rooms.id))
      .orderBy(rooms.key);
  }

  test("with nested objects, which are null where nothing was joined", async () => {
    const theirs = await asked(drizzle(pool, { casing: CASING }));
    expect(theirs).toMatchObject([{ key: "hall", meeting: null, mixed: { id: null } }, {}]);
    expect(await asked(database.orm)).toEqual(theirs);
    expect(await database.transaction((tx) => asked(tx))).toEqual(theirs);
  });

  test("whole, also the rows that a write returns", async () => {
    const theirs = await drizzle(pool, { casing: CASING }).select().from(rooms).orderBy(rooms.key);
    expect(await database.orm.select().from(rooms).orderBy(rooms.key)).toEqual(theirs);
    const written = database.orm.update(rooms).set({ title: "Hall" }).where(eq(rooms.key, "hall"));
    expect(await written.returning()).toEqual([{ ...theirs[0], title: "Hall" }]);
  });
});
