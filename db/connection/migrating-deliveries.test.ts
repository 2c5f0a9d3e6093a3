import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { storeDeliveries } from "#db/recording/deliveries.ts";
import { withMonths } from "#db/recording/months.ts";
import { databaseAt, execute } from "#db/testing/database.ts";
import { migrateUpTo } from "#db/testing/migrating.ts";
import { type Database, openDatabase } from "./client.ts";
import { migrate } from "./migrate.ts";

const LAST_BEFORE = "0012_people-over-all-meetings";

const name = `test_${randomBytes(6).toString("hex")}`;
let database: Database;
beforeAll(async () => {
  await execute(inject("postgresUrl"), `create database ${name}`);
  const url = databaseAt(inject("postgresUrl"), name);
  await migrateUpTo(url, LAST_BEFORE);
  await execute(url, BEFORE);
  await migrate(url);
  database = openDatabase(url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await execute(inject("postgresUrl"), `drop database if exists ${name} with (force)`);
});

const SOURCE = "00000000-0000-4000-8000-000000000001";
const MEETING = "00000000-0000-4000-8000-000000000002";

/** Deliveries of three months, in the order of a clock that was put back once, and the events read from them. */
const BEFORE = `
  insert into deliveries (source_id, key, occurrence, room, received_at, status, type, reason, repeats, body)
  select '${SOURCE}', md5('key ' || n)::uuid, md5('occurrence ' || n)::uuid, 'ward', at::timestamptz, status,
    'joined', case when status = 'unreadable' then 'why' end, n, convert_to('body ' || n, 'UTF8')
  from (values
    (1, '2026-01-31 23:59:59.999+00', 'recorded'),
    (2, '2026-02-01 00:30:00+01', 'recorded'),
    (3, '2026-02-01 00:00:00+00', 'unreadable'),
    (4, '2026-03-05 12:00:00+00', 'recorded'),
    (5, '2026-02-27 12:00:00+00', 'ignored'),
    (6, '2026-03-06 12:00:00+00', 'recorded')
  ) as n (n, at, status);
  insert into events (meeting_id, seq, type, at, participant_id, data, delivery_id)
  values
    ('${MEETING}', 1, 'joined', 1769903999999, 'Ada', '{}', 1),
    ('${MEETING}', 2, 'joined', 1769904000000, 'Bo', '{}', 2),
    ('${MEETING}', 3, 'joined', 1772712000000, 'Cy', '{}', 4),
    ('${MEETING}', 4, 'ruled', 1772712000000, null, '{}', null),
    ('${MEETING}', 5, 'joined', 1772798400000, 'Dee', '{}', 6);
  delete from deliveries where id = 6`;

test("every delivery is in its month, under a number that ends as the old one, with all it had", async () => {
  const rows = await database.sql`
    select tableoid::regclass::text as table, id, status, reason, repeats, room, type,
      convert_from(body, 'UTF8') as body from deliveries order by id`;
  const shown = rows.map((row) => [row["table"], row["id"], row["status"], row["body"]]);
  expect(shown).toEqual([
    ["deliveries_2026_01", 2026010000000001, "recorded", "body 1"],
    ["deliveries_2026_01", 2026010000000002, "recorded", "body 2"],
    ["deliveries_2026_02", 2026020000000003, "unreadable", "body 3"],
    ["deliveries_2026_02", 2026020000000005, "ignored", "body 5"],
    ["deliveries_2026_03", 2026030000000004, "recorded", "body 4"],
  ]);
  expect(rows[2]).toMatchObject({ reason: "why", repeats: 3, room: "ward", type: "joined" });
});

test("events name their deliveries by the new numbers, also a delivery that is no longer stored", async () => {
  const rows = await database.sql`select delivery_id as id from events order by seq`;
  expect(rows.map((row) => row["id"])).toEqual([
    2026010000000001,
    2026010000000002,
    2026030000000004,
    null,
    2026030000000006,
  ]);
  await expect(database.sql`update events set delivery_id = 1`).rejects.toThrow(/append-only/);
  await expect(database.sql`truncate events`).rejects.toThrow(/append-only/);
});

test("a repeat of an old delivery is recognised, and the next delivery has the next number", async () => {
  const [keysOfSecond] = await database.sql<{ key: string; occurrence: string }[]>`
    select key, occurrence from delivery_keys where delivery_id = 2026010000000002`;
  const receivedAt = Date.UTC(2026, 2, 7);
  const next = {
    ...{ sourceId: SOURCE, room: "ward", receivedAt, type: "joined", reason: null },
    ...{ status: "recorded" as const, body: Buffer.from("body 7") },
  };
  const fresh = "00000000-0000-4000-8000-000000000007";
  const stored = await withMonths(database, [receivedAt], () =>
    database.transaction((tx) =>
      storeDeliveries(tx, [
        { ...next, key: keysOfSecond?.key ?? "", occurrence: fresh },
        { ...next, key: fresh, occurrence: keysOfSecond?.occurrence ?? "" },
        { ...next, key: fresh, occurrence: fresh },
      ]),
    ),
  );
  expect(stored).toEqual([null, null, { id: 2026030000000009, isErased: false }]);
});

test("the migrated database has the indexes of a new one", async () => {
  const indexes = (sql: Database["sql"]) => sql<{ indexname: string }[]>`
    select indexname from pg_indexes where schemaname = 'public'
      and tablename in ('deliveries', 'delivery_keys', 'events', 'deliveries_2026_04') order by 1`;
  expect((await indexes(database.sql)).map(({ indexname }) => indexname)).toEqual([
    "deliveries_2026_04_pkey",
    "deliveries_2026_04_source_id_received_at_id_idx",
    "deliveries_2026_04_source_id_received_at_id_idx1",
    "deliveries_2026_04_source_id_received_at_id_room_type_idx",
    "deliveries_2026_04_source_id_room_received_at_id_idx",
    "deliveries_2026_04_source_id_room_type_status_received_at_i_idx",
    "deliveries_2026_04_source_id_type_status_received_at_id_idx",
    "deliveries_newest_first",
    "deliveries_of_kind",
    "deliveries_of_room",
    "deliveries_pkey",
    "deliveries_repeated",
    "deliveries_silent_by_room",
    "deliveries_unreadable",
    "delivery_keys_by_id",
    "delivery_keys_by_key",
    "delivery_keys_by_occurrence",
    "events_by_delivery",
    "events_by_participant",
    "events_by_seq",
  ]);
});
