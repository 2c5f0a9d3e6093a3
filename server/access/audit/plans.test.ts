import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditFilter, countEntries, listEntries } from "#db/access/audit.ts";
import { COUNTED_LIMIT } from "#db/lists/total.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";

const ROWS = 60_000;
const PAGE = 51;
const ALL: AuditFilter = { action: null, who: null, about: null, q: null, from: null, to: null };

let app: TestApp;
/** A long history: files most of all, a key now and then, a source once in a while. */
beforeAll(async () => {
  app = await openTestApp();
  await app.database.orm.execute(sql`
    insert into audit_entries (at, action, who_kind, who_id, who_label, about_kind, about_id, about_label, details,
      outcome, words)
    select n * 60000,
      case when n % 500 = 0 then 'source.rotated' when n % 20 = 0 then 'key.created' else 'file.taken' end,
      case when n % 300 = 0 then 'command' else 'key' end,
      case when n % 300 = 0 then null else 'key ' || n % 400 end,
      'Key ' || n % 400, 'meeting', 'meeting ' || n % 3000, 'Room ' || n % 3000, '{}', 'done',
      ('''key'' ''' || n % 400 || ''' ''room'' ''meeting' || n % 3000 || '''')::tsvector
    from generate_series(1::bigint, ${ROWS}) n`);
  await app.database.orm.execute(sql`vacuum analyze audit_entries`);
});
afterAll(() => app.close());

test.each<[string, Partial<AuditFilter>, string]>([
  ["nothing", {}, "audit_entries_(newest_first|pkey)"],
  ["days", { from: 600_000, to: 6_000_000 }, "audit_entries_newest_first"],
  ["an action", { action: "source.rotated" }, "audit_entries_of_action"],
  ["how they came", { who: { kind: "command" } }, "audit_entries_of_kind"],
  ["who", { who: { id: "key 7" } }, "audit_entries_of_who"],
  ["what it is about", { about: "meeting 7" }, "audit_entries_about"],
  ["rare words", { q: "meeting2999" }, "audit_entries_(by_words|newest_first|pkey)"],
  // That they are common is soon seen from any rows.
  ["common words", { q: "key" }, "audit_entries"],
])("a page narrowed by %s, and its total, are found by an index", async (_by, filter, index) => {
  const { orm } = app.database;
  const { reader, asked } = loggingReader(app.database);
  const asking = { ...ALL, ...filter };
  const rows = await listEntries(reader, asking, null, PAGE);
  expect(rows.length).toBeGreaterThan(5);
  const [last] = rows.slice(-1);
  const from = { at: last?.at ?? 0, id: last?.id ?? 0 };
  await listEntries(reader, asking, { direction: "next", key: from }, PAGE);
  await listEntries(reader, asking, { direction: "previous", key: from }, PAGE);
  await countEntries(reader, asking);
  const isSearched = asking.q !== null;
  expect(asked).toHaveLength(isSearched ? 8 : 4);
  for (const statement of asked) {
    const plan = await planOf(orm, statement);
    expect(plan).toMatch(new RegExp(index));
    if (asking.q !== "key") expect(plan).not.toContain("Seq Scan");
    expect(await rowsRead(orm, statement)).toBeLessThanOrEqual(COUNTED_LIMIT);
  }
  const pages = asked.filter(({ text }) => text.includes("user_agent"));
  expect(pages).toHaveLength(3);
  for (const page of pages) expect(await rowsRead(orm, page)).toBeLessThan(500);
});
