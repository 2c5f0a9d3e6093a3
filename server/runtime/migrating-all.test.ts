import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { migrate, migrations } from "#db/connection/migrate.ts";
import { databaseAt, execute } from "#db/testing/database.ts";
import {
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { indexSearchWords } from "#server/runtime/jobs/search-indexing.ts";
import { fillEmpty, putFirst } from "#server/testing/of-its-time.ts";
import { readModels } from "#server/testing/stored.ts";
import { deliverBodies, openTestApp, type TestApp } from "#server/testing/test-app.ts";

/*
 * Every migration since the first is applied to data of its time: what the first version remembered of some meetings,
 * and rows in every table that came since.
 */

const MORNING = minutes(
  ["09:00", starts("m1")],
  ["09:00", joins("Ada", { user: "u-ada", host: true })],
  ["09:01", knocks("Bo", { user: "u-bo" })],
  ["09:03", stopsWaiting("Bo", { user: "u-bo", since: "09:01" })],
  ["09:03", joins("Bo", { user: "u-bo" })],
  ["09:04", knocks("Cy Müller", { user: "u-cy" })],
  ["09:09", stopsWaiting("Cy Müller", { user: "u-cy", since: "09:04" })],
  ["09:30", leaves("Bo", { user: "u-bo", joinedAt: "09:03" })],
  ["09:40", leaves("Ada", { user: "u-ada", host: true, joinedAt: "09:00" })],
  ["09:40", ends("m1", "09:00")],
);
const NOON = minutes(
  ["12:00", joins("Ada", { user: "u-ada", host: true })],
  ["12:20", leaves("Ada", { user: "u-ada", host: true, joinedAt: "12:00" })],
);

let app: TestApp;
let today: string[];
let source: string;
const names: string[] = [];
const opened: Database[] = [];
beforeAll(async () => {
  app = await openTestApp();
  const account = await app.account();
  source = account.id;
  for (const event of [...MORNING, ...NOON]) await deliverBodies(app, account, "ward", [event]);
  today = await readModels(app.database, source);
});
afterAll(async () => {
  await app.close();
  for (const database of opened) await database.close();
  for (const name of names) {
    await execute(inject("postgresUrl"), `drop database if exists ${name} with (force)`);
  }
});

/** A database of the first version, with its data. */
async function first(): Promise<{ url: string; database: Database }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  names.push(name);
  await execute(inject("postgresUrl"), `create database ${name} template template0`);
  const url = databaseAt(inject("postgresUrl"), name);
  await migrate(url, { upTo: migrations()[0]?.when ?? 0 });
  const database = openDatabase(url, { max: 2 });
  opened.push(database);
  await putFirst(app.database, database.sql);
  return { url, database };
}

/** What is read after an upgrade, once the jobs of a start are through. */
async function upgraded(database: Database): Promise<string[]> {
  await indexSearchWords(database, { info: () => undefined, error: () => undefined });
  return readModels(database, source);
}

test("one migration after the other, with rows in every table there is by then", async () => {
  const { url, database } = await first();
  const filled = new Map<string, number>();
  for (const { when } of migrations()) {
    await migrate(url, { upTo: when });
    for (const table of await fillEmpty(database.sql, source)) filled.set(table, 1);
  }
  expect(filled.size).toBeGreaterThan(20);
  for (const table of filled.keys()) {
    const [row] = await database.sql.unsafe(`select count(*)::int as count from ${table}`);
    expect([table, row?.["count"]]).toEqual([table, 1]);
  }
  expect(await upgraded(database)).toEqual(today);
});

test("all at once, from the first version to this one", async () => {
  const { url, database } = await first();
  await migrate(url);
  expect(await upgraded(database)).toEqual(today);
  // What is read anew from the deliveries says the same.
  await replay(database, null, () => undefined, { now: () => app.now });
  expect(await readModels(database, source)).toEqual(today);
});
