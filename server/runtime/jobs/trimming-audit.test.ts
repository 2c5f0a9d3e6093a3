import { afterAll, beforeAll, expect, test } from "vitest";
import { insertEntry, listEntries } from "#db/access/audit.ts";
import { keepDays } from "#db/installation/installation.ts";
import { ADA } from "#server/testing/actor.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";
import { trimAudit } from "./trimming-audit.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20);
const said: { about: object; message: string }[] = [];
const log = {
  info: (about: object, message: string) => said.push({ about, message }),
  error: (about: object, message: string) => said.push({ about, message }),
};

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  for (let age = 0; age < 20; age += 1) {
    const entry = { action: "key.revoked", about: null, details: {} } as const;
    await insertEntry(app.database.orm, ADA, entry, NOW - age * DAY - 1);
  }
});
afterAll(() => app.close());

const ALL = { action: null, who: null, about: null, q: null, from: null, to: null };
const entries = () => listEntries(app.database.orm, ALL, null, 100);

test("the log is kept for good, until it is set for how long", async () => {
  expect(await trimAudit(app.database, NOW, log)).toBe(0);
  expect([await entries(), said]).toMatchObject([{ length: 20 }, []]);
});

test("what is older goes in small batches, and the log of the process and the log itself say so", async () => {
  await keepDays(app.database.orm, 15);
  expect(await trimAudit(app.database, NOW, log, () => false, 2)).toBe(5);
  const details = { entries: 5, before: "2026-11-05T00:00:00.000Z" };
  expect(said).toEqual([{ about: details, message: expect.stringContaining("deleted") }]);
  const [newest, ...others] = await entries();
  expect(newest).toMatchObject({ action: "audit.trimmed", who: { label: "Rollcall" }, details });
  expect(others).toHaveLength(15);
});

test("where nothing is older, nothing is said", async () => {
  expect(await trimAudit(app.database, NOW, log)).toBe(0);
  expect([said.length, (await entries()).length]).toEqual([1, 16]);
});

test("what was deleted before it was stopped is noted too", async () => {
  await keepDays(app.database.orm, 10);
  let looks = 0;
  const isStopped = () => {
    looks += 1;
    return looks > 2;
  };
  expect(await trimAudit(app.database, NOW, log, isStopped, 1)).toBe(2);
  expect((await entries())[0]?.details).toMatchObject({ entries: 2 });
});
