import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { databaseAt, execute, type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { migrate } from "./migrate.ts";

/** The row count that PostgreSQL has for a table that was never analysed. */
const NEVER_ANALYZED = -1;

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "rollcall-migrations-"));
  cpSync(fileURLToPath(new URL("../migrations", import.meta.url)), folder, { recursive: true });
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Adds one migration, as a newer version would. */
function release(statement: string): void {
  const path = join(folder, "meta", "_journal.json");
  const journal: { entries: { when: number }[] } = JSON.parse(readFileSync(path, "utf8"));
  const tag = `${String(journal.entries.length).padStart(4, "0")}_of-tomorrow`;
  const when = Math.max(...journal.entries.map((entry) => entry.when)) + 1;
  const entry = { idx: journal.entries.length, version: "7", when, tag, breakpoints: true };
  writeFileSync(path, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }));
  writeFileSync(join(folder, `${tag}.sql`), statement);
}

/** How many rooms the planner counts, and whether it has statistics of the index of the new migration. */
async function statisticsOf(url: string): Promise<{ rooms: number; byLength: boolean }> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql<{ rooms: number; byLength: boolean }[]>`
      select reltuples::int as rooms,
        exists (select from pg_stats where tablename = 'rooms_by_length') as "byLength"
      from pg_class where relname = 'rooms'`;
    return row ?? { rooms: 0, byLength: false };
  } finally {
    await sql.end();
  }
}

const ROOMS = `
  insert into sources (id, provider, name, empty_gap_ms, grace_ms)
  values ('6f8ae0f5-0f43-4a7c-a1ee-9f3a3c1e1b11', 'daily', 'Clinic', 0, 0);
  insert into rooms (source_id, key)
  select '6f8ae0f5-0f43-4a7c-a1ee-9f3a3c1e1b11', 'room ' || n from generate_series(1, 40) n`;

test("after an upgrade the planner has statistics, also of what is new", async () => {
  await execute(database.url, ROOMS);
  release("create index rooms_by_length on rooms (length(key))");
  await migrate(database.url, { migrationsFolder: folder });
  expect(await statisticsOf(database.url)).toEqual({ rooms: 40, byLength: true });
});

test("a table that an upgrade wrote anew is read by its indexes alone, as it was before", async () => {
  await execute(database.url, ROOMS);
  await execute(database.url, "vacuum rooms");
  const visible = async () => {
    const sql = postgres(database.url, { max: 1 });
    const rows =
      await sql`select relallvisible = relpages as is from pg_class where relname = 'rooms'`;
    await sql.end();
    return rows[0]?.["is"];
  };
  expect(await visible()).toBe(true);
  release("alter table rooms add column length int generated always as (length(key)) stored");
  await migrate(database.url, { migrationsFolder: folder });
  expect(await visible()).toBe(true);
});

test("a start without a new migration analyses nothing", async () => {
  await execute(database.url, ROOMS);
  await migrate(database.url, { migrationsFolder: folder });
  expect(await statisticsOf(database.url)).toEqual({ rooms: NEVER_ANALYZED, byLength: false });
});

test("the very first start has nothing to analyse", async () => {
  const name = `${new URL(database.url).pathname.slice(1)}_first`;
  await execute(database.url, `create database ${name} template template0`);
  try {
    const url = databaseAt(database.url, name);
    await migrate(url, { migrationsFolder: folder });
    expect((await statisticsOf(url)).rooms).toBe(NEVER_ANALYZED);
  } finally {
    await execute(database.url, `drop database ${name}`);
  }
});
