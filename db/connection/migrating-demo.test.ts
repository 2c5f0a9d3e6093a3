import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { databaseAt, execute } from "#db/testing/database.ts";
import { migrateUpTo } from "#db/testing/migrating.ts";
import { type Database, openDatabase } from "./client.ts";
import { migrate } from "./migrate.ts";

const LAST_BEFORE = "0025_refusals";

/**
 * A source before the migration: its provider and name, when it was made, its rooms, and whether it must
 * count as a demonstration.
 */
interface Before {
  id: string;
  provider: string;
  name: string;
  at: string;
  rooms: string[];
  isDemo: boolean;
}

const SEEDED = "4a1b2c3d-0000-4000-8000-00000000000";
const MADE = "019a8888-0000-7000-8000-0000000000";
const BOT = "bot_aB3dE6gH9jK2mN5p";

const SOURCES: Before[] = [
  // Sources of `seed`: its names, and ids as only it gives.
  seeded("1", "Seed 1 Clinic", true),
  seeded("2", "Seed -7 School", true),
  seeded("3", "Seed 12 Company", true),
  // A user's own source with such a name, and one with such an id.
  made("10", "daily", "Seed 1 Clinic", "09:00:00", ["ward"], false),
  seeded("4", "Seedling 1 Clinic", false),
  seeded("5", "Clinic", false),
  // The two of `simulate`, made one right after the other.
  made("11", "daily", "Simulation", "10:00:00", ["clinic-0a1b2c", "interview-ffffff"], true),
  made("12", "attendee", "Simulation", "10:00:01", [BOT], true),
  // Two of `simulate`, one of which received real meetings later.
  made("13", "daily", "Simulation", "11:00:00", ["clinic-0a1b2c", "skills-lab"], false),
  made("14", "attendee", "Simulation", "11:00:01", [BOT], true),
  // A training hospital's own sources: one without a partner, and one made too late to be the partner.
  made("15", "daily", "Simulation", "12:00:00", ["clinic-0a1b2d"], false),
  made("16", "attendee", "Simulation", "13:00:00", [BOT], false),
  // Two that were made at the same moment and never received anything.
  made("17", "daily", "Simulation", "14:00:00", [], false),
  made("18", "attendee", "Simulation", "14:00:01", [], false),
];

function seeded(digit: string, name: string, isDemo: boolean): Before {
  return { id: `${SEEDED}${digit}`, provider: "daily", name, at: "08:00:00", rooms: ["r"], isDemo };
}

function made(
  digits: string,
  provider: string,
  name: string,
  at: string,
  rooms: string[],
  isDemo: boolean,
): Before {
  return { id: `${MADE}${digits}`, provider, name, at, rooms, isDemo };
}

const name = `test_${randomBytes(6).toString("hex")}`;
let database: Database;
beforeAll(async () => {
  await execute(inject("postgresUrl"), `create database ${name}`);
  const url = databaseAt(inject("postgresUrl"), name);
  await migrateUpTo(url, LAST_BEFORE);
  const rows = SOURCES.map(
    ({ id, provider, name: named, at }) =>
      `('${id}', '${provider}', '${named}', 120000, 30000, '2026-11-20T${at}Z')`,
  );
  const rooms = SOURCES.flatMap(({ id, rooms: keys }) => keys.map((key) => `('${id}', '${key}')`));
  await execute(
    url,
    `insert into sources (id, provider, name, empty_gap_ms, grace_ms, created_at)
      values ${rows.join(", ")};
     insert into rooms (source_id, key) values ${rooms.join(", ")}`,
  );
  await migrate(url);
  database = openDatabase(url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await execute(inject("postgresUrl"), `drop database if exists ${name} with (force)`);
});

test("an old demonstration is marked where that is certain, and no other source is", async () => {
  const rows = await database.sql<{ id: string; isDemo: boolean }[]>`
    select id, is_demo as "isDemo" from sources order by id`;
  expect([...rows]).toEqual(
    SOURCES.map(({ id, isDemo }) => ({ id, isDemo })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
});
