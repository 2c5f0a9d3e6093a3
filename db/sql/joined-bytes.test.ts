import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { escapedBytes } from "./joined-bytes.ts";

let own: TestDatabase;
let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url);
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const awkward = [
  "",
  "\\",
  "\\\\x41",
  "\\x41",
  "\\101",
  '{"a":"\\u00e9"}',
  "Zoë\0\n\t'\"",
  "\u{1f600}",
];

test("any bytes come back as they were", async () => {
  const bodies = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.json().map((text) => Buffer.from(text)),
      fc.constantFrom(...awkward).map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (all) => {
      const [row] = await database.orm.execute<{ bytes: Buffer }>(
        sql`select decode(${escapedBytes(all)}, 'escape') as bytes`,
      );
      expect(row?.bytes).toEqual(Buffer.concat(all));
    }),
    { numRuns: 300, seed: 20_261_130 },
  );
});

test("JSON in ASCII stays as it is but for its backslashes", () => {
  expect(escapedBytes([Buffer.from('{"a":"b"}'), Buffer.from('"\\n"')])).toBe('{"a":"b"}"\\134n"');
});
