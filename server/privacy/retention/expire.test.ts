import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listEntries } from "#db/access/audit.ts";
import { limitedSources } from "#db/privacy/retention/retained.ts";
import { sourceById } from "#db/sources/sources.ts";
import { joins, leaves } from "#domain/testing/history.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { setSource } from "#server/sources/settings.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  answerOf,
  openTestApp,
  post,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { ExpiryStopped, expire } from "./expire.ts";
import { expiryOf } from "./preview.ts";

let app: TestApp;
let clinic: TestSource;
let school: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  [clinic, school] = await Promise.all([app.account(), app.account()]);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await app.database.orm.execute(sql`delete from sources`);
});

const DAYS = [Date.UTC(2025, 8, 12, 12), Date.UTC(2025, 9, 3, 12), Date.UTC(2025, 10, 20, 12)];
const NOW = Date.UTC(2025, 10, 21, 12);
const DAY_MS = 86_400_000;
const portions = { deliveries: 2, meetings: 1, events: 100 };
const run = (now = NOW, isStopped = () => false) =>
  expire(app.database, { secret: SECRET, now: () => now, isStopped, portions });

/** A quarter of an hour of each of two guests in each of three months, delivered as it happens. */
async function threeMonths(source: TestSource): Promise<void> {
  for (const day of DAYS) {
    for (const name of ["Ada", "Bo"]) {
      for (const event of [joins(name)(day), leaves(name)(day + 900_000)]) {
        app.now = event.at;
        const id = `${source.id} ${name} ${event.type} ${event.at}`;
        expect(await answerOf(await post(app, source, bodyOf("daily", event, "ward", id)))).toBe(
          "recorded",
        );
      }
    }
  }
  app.now = NOW;
}

async function keep(source: TestSource, months: number | null, days: number | null) {
  const stored = await sourceById(app.database.orm, source.id);
  if (stored === null) throw new Error("no such source");
  const change = { keepDeliveriesMonths: months, keepPeopleDays: days };
  await setSource(app.database, stored, change, ADA, NOW);
}

async function months(source: TestSource): Promise<string[]> {
  const rows = await app.database.orm.execute<{ of: string }>(sql`
    select left(id::text, 6) || ': ' || count(*) as of from deliveries
    where source_id = ${source.id} group by left(id::text, 6) order by 1`);
  return rows.map(({ of }) => of);
}

async function lastOf(source: TestSource) {
  const all = await limitedSources(app.database.orm);
  return all.find(({ id }) => id === source.id)?.retained ?? null;
}

async function entriesOf(source: TestSource) {
  const asked = { action: "source.expired", who: null, about: source.id } as const;
  const rows = await listEntries(
    app.database.orm,
    { ...asked, q: null, from: null, to: null },
    null,
    9,
  );
  return rows.map(({ details }) => details);
}

test("old months of one source go, those of another stay, and a month that nobody keeps is dropped", async () => {
  await threeMonths(clinic);
  await threeMonths(school);
  const before = await readModels(app.database);
  await keep(clinic, 1, null);
  const limits = { keepDeliveriesMonths: 1, keepPeopleDays: null };
  expect(await expiryOf(app.database, clinic.id, NOW, limits)).toEqual({
    ...{ deliveries: 4, meetings: 0, people: 0 },
  });
  expect(await run()).toBe(1);
  expect(await months(clinic)).toEqual(["202510: 4", "202511: 4"]);
  expect(await months(school)).toEqual(["202509: 4", "202510: 4", "202511: 4"]);
  await keep(school, 1, null);
  await run();
  expect(await months(school)).toEqual(["202510: 4", "202511: 4"]);
  const [table] = await app.database.orm.execute(
    sql`select to_regclass('deliveries_2025_09') as of`,
  );
  expect(table).toEqual({ of: null });
  expect(await entriesOf(school)).toEqual([{ deliveries: 4, meetings: 0, people: 0 }]);
  expect(await readModels(app.database)).toEqual(before);
  await replay(app.database, null, () => undefined, { now: () => NOW });
  expect(await readModels(app.database)).toEqual(before);
});

test("a delivery that waits to be projected stays until it is", async () => {
  await threeMonths(clinic);
  const [waiting] = await app.database.orm.execute<{ id: number }>(sql`
    insert into unprojected (delivery_id, source_id, room)
    select min(id), source_id, 'ward' from deliveries where source_id = ${clinic.id}
    group by source_id returning delivery_id as id`);
  await keep(clinic, 1, null);
  await run();
  expect(await months(clinic)).toEqual(["202509: 1", "202510: 4", "202511: 4"]);
  await app.database.orm.execute(
    sql`delete from unprojected where delivery_id = ${waiting?.id ?? 0}`,
  );
  await run(NOW + DAY_MS);
  expect(await months(clinic)).toEqual(["202510: 4", "202511: 4"]);
});

test("what was cut off goes on, is counted once, and is done once a day", async () => {
  await threeMonths(clinic);
  await keep(clinic, 1, 30);
  // As if the process had ended after any of its transactions.
  let cuts = 0;
  for (let after = 0; ; after += 1) {
    let left = after % 3;
    const result = await run(NOW, () => left-- <= 0 && after < 12).catch((error: unknown) => error);
    if (!(result instanceof ExpiryStopped)) break;
    cuts += 1;
    expect(await lastOf(clinic)).toMatchObject({ doneAt: null });
  }
  expect(cuts).toBeGreaterThan(3);
  const gone = { deliveries: 4, meetings: 2, people: 4 };
  expect(await lastOf(clinic)).toEqual({ ...gone, begunAt: NOW, doneAt: NOW });
  expect(await entriesOf(clinic)).toEqual([gone]);
  expect(await run(NOW + DAY_MS - 1)).toBe(0);
  expect(await run(NOW + DAY_MS)).toBe(1);
  expect(await lastOf(clinic)).toMatchObject({ deliveries: 0, meetings: 0, doneAt: NOW + DAY_MS });
  expect(await entriesOf(clinic)).toEqual([gone]);
});

test("people are who they were in meetings that are not old, and one and the same erased person before", async () => {
  await threeMonths(clinic);
  await keep(clinic, null, 30);
  await run();
  const rows = await app.database.orm.execute<{ name: string; meetings: number }>(sql`
    select name, meetings from people where source_id = ${clinic.id} and meetings > 0 order by 2, 1`);
  expect(rows.map(({ name, meetings }) => `${name.replace(/\d+/, "N")}: ${meetings}`)).toEqual([
    ...["Ada: 1", "Bo: 1", "Erased person N: 2", "Erased person N: 2"],
  ]);
  // What is reported late of an old meeting is of the erased; of another room it is not.
  const late = bodyOf("daily", joins("Ada")(DAYS[1] ?? 0), "ward", `${clinic.id} late`);
  await post(app, clinic, late);
  const elsewhere = bodyOf("daily", joins("Ada", { session: "x" })(NOW - 60_000), "hall", "new");
  await post(app, clinic, elsewhere);
  const named = await app.database.orm.execute<{ meetings: number }>(sql`
    select meetings from people where source_id = ${clinic.id} and name = 'Ada'`);
  expect(named.map(({ meetings }) => meetings)).toEqual([2]);
});
