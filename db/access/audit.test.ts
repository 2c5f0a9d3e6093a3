import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { postgresFailure } from "#db/connection/failure.ts";
import type { Transaction } from "#db/connection/session.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import {
  type AuditFilter,
  countEntries,
  eraseFromEntries,
  insertEntry,
  listEntries,
  trimEntries,
} from "./audit.ts";

let testDb: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDb = await testDatabase();
  database = openDatabase(testDb.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await testDb.drop();
});

const EMMY: AuditActor = {
  ...{ kind: "key", id: "k1", label: "Emmy Noether" },
  ...{ address: "192.0.2.7", userAgent: "Test" },
};
const ALL: AuditFilter = { action: null, who: null, about: null, q: null, from: null, to: null };

const took = (about: Audited | null): AuditEntry => ({
  action: "file.taken",
  about,
  details: { file: "record.csv", rows: 12, narrowed: [] },
});
const ada = { kind: "person", id: "p1", label: "Ada Lovelace" } as const;
const algebra = { kind: "meeting", id: "m1", label: "Algebra" } as const;

beforeEach(async () => {
  await trimmed(Number.MAX_SAFE_INTEGER, 1_000);
  await insertEntry(database.orm, EMMY, took(null), 1_000);
  await insertEntry(database.orm, EMMY, took(ada), 2_000);
  await insertEntry(database.orm, EMMY, took(algebra), 3_000);
});

function trimmed(before: number, limit: number): Promise<number> {
  return database.transaction((tx) => trimEntries(tx, before, limit));
}

const abouts = async () =>
  (await listEntries(database.orm, ALL, null, 10)).map(({ about }) => about);

async function refusalOf(work: (tx: Transaction) => Promise<unknown>): Promise<string> {
  const failed = await database.transaction(work).then(
    () => null,
    (error: unknown) => postgresFailure(error),
  );
  return failed?.message ?? "nothing was refused";
}

const setting = (name: string) => sql`select set_config(${name}, 'on', true)`;

test("an entry can be neither changed nor deleted", async () => {
  for (const statement of [
    sql`update audit_entries set who_label = 'Nobody'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
  ]) {
    expect(await refusalOf((tx) => tx.execute(statement))).toContain("append-only");
  }
  expect(await countEntries(database.orm, ALL)).toBe(3);
});

test("neither way out is another one, and none empties the whole log", async () => {
  const tries = [
    ["rollcall.trimming_audit", sql`update audit_entries set about_label = null`],
    ["rollcall.trimming_audit", sql`truncate audit_entries`],
    ["rollcall.erasing_audit", sql`delete from audit_entries`],
    ["rollcall.erasing_audit", sql`update audit_entries set who_label = 'Nobody'`],
    ["rollcall.erasing_audit", sql`update audit_entries set action = 'key.revoked'`],
    ["rollcall.erasing_audit", sql`update audit_entries set at = 0`],
    ["rollcall.erasing_audit", sql`update audit_entries set address = null`],
  ] as const;
  for (const [name, statement] of tries) {
    const refused = await refusalOf(async (tx) => {
      await tx.execute(setting(name));
      await tx.execute(statement);
    });
    expect(refused).toContain("append-only");
  }
});

test("what is older than a moment is deleted, oldest first, and nothing else", async () => {
  expect(await trimmed(3_000, 1)).toBe(1);
  expect(await abouts()).toEqual([algebra, ada]);
  expect(await trimmed(3_000, 10)).toBe(1);
  expect(await trimmed(3_000, 10)).toBe(0);
  expect(await abouts()).toEqual([algebra]);
  expect(await refusalOf((tx) => tx.execute(sql`delete from audit_entries`))).toContain("append");
});

test("an erased person is in no entry about them, and the entries stay", async () => {
  await database.transaction((tx) =>
    eraseFromEntries(tx, [
      { kind: "person", ids: ["p1", "m1"] },
      { kind: "room", ids: [] },
    ]),
  );
  expect(await abouts()).toEqual([algebra, { kind: "person", id: null, label: null }, null]);
  const [row] = await database.sql`select * from audit_entries where about_kind = 'person'`;
  expect(JSON.stringify(row)).not.toMatch(/ada|lovelace|p1|record/i);
  expect(await countEntries(database.orm, { ...ALL, q: "ada" })).toBe(0);
  expect(await countEntries(database.orm, { ...ALL, q: "emmy noether" })).toBe(3);
});

test("the log is narrowed by each of its filters", async () => {
  const count = (filter: Partial<AuditFilter>) => countEntries(database.orm, { ...ALL, ...filter });
  expect(await count({ action: "file.taken" })).toBe(3);
  expect(await count({ action: "key.created" })).toBe(0);
  expect(await count({ who: { kind: "key" } })).toBe(3);
  expect(await count({ who: { kind: "member" } })).toBe(0);
  expect(await count({ who: { id: "k1" } })).toBe(3);
  expect(await count({ who: { id: "k2" } })).toBe(0);
  expect(await count({ about: "m1" })).toBe(1);
  expect(await count({ q: "love" })).toBe(1);
  expect(await count({ from: 2_000, to: 3_000 })).toBe(1);
});
