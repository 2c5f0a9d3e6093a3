import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COUNTED_LIMIT } from "#db/lists/total.ts";
import { withMonths } from "#db/recording/months.ts";
import {
  countDeliveries,
  type DeliveryFilter,
  listDeliveries,
} from "#db/sources/deliveries/deliveries.ts";
import { fatesOf } from "#db/sources/deliveries/made.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

const ROWS = 90_000;
const PAGE = 51;
const ALL: DeliveryFilter = {
  ...{ ids: null, source: null, room: null, person: null },
  ...{ type: null, status: null, from: null, to: null },
};
const [SEPTEMBER, DECEMBER] = [Date.UTC(2026, 8, 1), Date.UTC(2026, 11, 1)];

let app: TestApp;
/** Three months of two sources: one that sends nearly all, one that sends little and has long been silent. */
let busy: TestSource;
let quiet: TestSource;
beforeAll(async () => {
  app = await openTestApp();
  busy = await app.account();
  quiet = await app.account();
  const told = minutes(["10:00", joins("Ada")], ["10:01", joins("Bo")], ["10:30", leaves("Ada")]);
  app.now = clock("10:40");
  await deliverBodies(app, busy, "algebra", told);
  const { orm } = app.database;
  const months = [SEPTEMBER, Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)];
  await withMonths(app.database, months, async () => undefined);
  await orm.execute(sql`
    with d as (
      select n, to_timestamp((${SEPTEMBER}::bigint
        + (${DECEMBER}::bigint - ${SEPTEMBER}::bigint) / ${ROWS} * n) / 1000.0) as at
      from generate_series(1::bigint, ${ROWS}) n
    )
    insert into deliveries (id, source_id, room, received_at, status, type, reason, repeats, body)
    select (extract(year from at at time zone 'UTC') * 100 + extract(month from at at time zone 'UTC'))::bigint
        * 10000000000 + 1000000 + n,
      case when n < 20000 and n % 1000 = 1 then ${quiet.id} else ${busy.id} end::uuid, case when n % 3 = 0 then 'busy' else 'room ' || n % 700 end, at,
      case when n % 4000 = 0 then 'unreadable' when n % 50 = 0 then 'ignored' else 'recorded' end,
      case when n % 9000 in (5, 6, 50) then 'meeting.rare' else 'participant.joined' end, null,
      case when n % 3000 in (7, 9) then 1 else 0 end, '{}'
    from d`);
  await orm.execute(sql`vacuum analyze deliveries`);
  await orm.execute(sql`vacuum analyze events, unprojected, meetings, rooms, attendances, aliases`);
});
afterAll(() => app.close());

const november = Date.UTC(2026, 10, 12);

test.each<[string, () => Partial<DeliveryFilter>, RegExp]>([
  ["nothing", () => ({}), /deliveries_\d+_\d+_source_id_received_at_id_idx/],
  [
    "old days",
    () => ({ from: SEPTEMBER + 86_400_000, to: SEPTEMBER + 9 * 86_400_000 }),
    /_2026_09/,
  ],
  ["a source that is silent", () => ({ source: quiet.id }), /source_id_received_at_id_idx/],
  ["a rare type", () => ({ type: "meeting.rare" }), /source_id_type_status_received_at/],
  [
    "a rare type in a room that is told of all the time",
    () => ({ room: "busy", type: "meeting.rare" }),
    /source_id_room_type_status/,
  ],
  [
    "a type that is seldom ignored",
    () => ({ type: "meeting.rare", status: "ignored" }),
    /source_id_type_status_received_at/,
  ],
  ["what could not be read", () => ({ status: "unreadable" }), /source_id_received_at_id_idx/],
  ["what was ignored", () => ({ status: "ignored" }), /source_id_type_status_received_at/],
  ["what came again", () => ({ status: "repeated" }), /source_id_received_at_id_room_type_idx/],
  [
    "what came again in such a room",
    () => ({ room: "busy", status: "repeated" }),
    /source_id_received_at_id_room_type_idx/,
  ],
  ["a room", () => ({ room: "algebra" }), /source_id_room_type_status/],
  ["a room that is told of all the time", () => ({ room: "busy" }), /source_id_room_type_status/],
  [
    "what was ignored in such a room",
    () => ({ room: "busy", status: "ignored" }),
    /source_id_room_type_status/,
  ],
  ["a person", () => ({ person: "Ada" }), /aliases/],
])("a page narrowed by %s, and its total, are found by an index", async (_by, narrowing, index) => {
  const { orm } = app.database;
  const { reader, asked } = loggingReader(app.database);
  const filter = { ...ALL, ...narrowing() };
  const rows = await listDeliveries(reader, filter, null, PAGE);
  expect(rows.length).toBeGreaterThan(1);
  const [last] = rows.slice(-1);
  const key = { at: last?.receivedAt ?? 0, id: last?.id ?? 0 };
  await listDeliveries(reader, filter, { direction: "next", key }, PAGE);
  await listDeliveries(reader, filter, { direction: "previous", key }, PAGE);
  await countDeliveries(reader, filter);
  expect(asked).toHaveLength(4);
  for (const statement of asked) {
    const plan = await planOf(orm, statement);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan on deliveries_2026_(09|10|11)/);
  }
  for (const page of asked.slice(0, 3)) expect(await rowsRead(orm, page)).toBeLessThan(1_500);
  expect(await rowsRead(orm, asked[3] ?? sql``)).toBeLessThan(2 * COUNTED_LIMIT + 1_000);
});

test("days in the middle of months look at no other month", async () => {
  const { reader, asked } = loggingReader(app.database);
  await listDeliveries(reader, { ...ALL, from: november, to: november + 86_400_000 }, null, PAGE);
  const [page] = asked;
  if (page === undefined) throw new Error("nothing was asked");
  const plan = await planOf(app.database.orm, page);
  expect(plan).toContain("deliveries_2026_11");
  expect(plan).not.toContain("deliveries_2026_10");
});

test("what became of a page is one statement, by indexes", async () => {
  const { orm } = app.database;
  const { reader, asked } = loggingReader(app.database);
  const rows = await listDeliveries(app.database.orm, { ...ALL, room: "algebra" }, null, PAGE);
  const fates = await fatesOf(
    reader,
    rows.map(({ id }) => id),
  );
  expect([...fates.values()].map(({ events, people }) => [events, people])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(asked).toHaveLength(1);
  for (const statement of asked) {
    expect(await rowsRead(orm, statement)).toBeLessThan(60);
  }
});

test("somebody who was in hundreds of meetings is found by what they did there alone", async () => {
  const { orm } = app.database;
  // In each meeting two events are theirs, and sixty are of others.
  await orm.execute(sql`
    with met as (select gen_random_uuid() as id, n from generate_series(1, 300) n),
    attended as (
      insert into attendances select (jsonb_populate_record(told, jsonb_build_object('meeting_id', met.id))).*
      from attendances told, met where told.name = 'Ada')
    insert into events (meeting_id, seq, type, at, participant_id, person_id, data, delivery_id)
    select met.id, seq, 'participant.joined', 0, case when seq <= 2 then told.participant_ids[1] else 'p' || seq end,
      case when seq <= 2 then told.person_id else 'c:p' || seq end, '{}', 202609 * 10000000000 + 1000000 + met.n * 62 + seq
    from attendances told, met, generate_series(1, 62) seq where told.name = 'Ada'`);
  await orm.execute(sql`vacuum analyze events, attendances`);
  const { reader, asked } = loggingReader(app.database);
  const filter = { ...ALL, person: "Ada" };
  const joined = { ...filter, type: "participant.joined", status: "recorded" as const };
  expect(await listDeliveries(reader, filter, null, PAGE)).toHaveLength(PAGE);
  expect(await listDeliveries(reader, joined, null, PAGE)).toHaveLength(PAGE);
  expect(await countDeliveries(reader, filter)).toBe(602);
  const [page, narrowed, count] = await Promise.all(asked.map((one) => rowsRead(orm, one)));
  // The events, the meetings, and of the deliveries no more than the page.
  expect(page).toBeLessThan(602 + 301 + 2 * PAGE + 20);
  expect(narrowed).toBeLessThan(602 + 301 + 4 * PAGE + 20);
  expect(count).toBeLessThan(2 * 602 + 301 + 20);
});
