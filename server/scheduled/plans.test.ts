import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COUNTED_LIMIT } from "#db/lists/total.ts";
import {
  countScheduled,
  listScheduled,
  scheduledById,
  scheduledOfMeeting,
} from "#db/scheduled/reading-scheduled.ts";
import { rostersOf, seenFor } from "#db/scheduled/scheduled-people.ts";
import { loggingReader, planOf, rowsRead } from "#db/testing/plans.ts";
import { clock } from "#domain/testing/history.ts";
import { openRecorder, type TestRecorder } from "#server/ingest/testing/recorder.ts";

let recorder: TestRecorder;
const NONE = {
  source: null,
  room: null,
  q: null,
  from: null,
  to: null,
  endsAfter: null,
  endedBy: null,
};
const SOME = "0197a000-0000-7000-8000-000000000000";
const orm = () => recorder.database.orm;

/** Fills the tables with so many rows that a plan would not read them whole. */
beforeAll(async () => {
  recorder = await openRecorder();
  const source = await recorder.source();
  await orm().execute(sql`
    insert into rooms (source_id, key) select ${source}, 'room ' || n from generate_series(1, 50) n`);
  await orm().execute(sql`
    insert into meetings (id, room_id, source_id, status, first_at, ended_at)
    select gen_random_uuid(), (select min(id) from rooms) + n % 50, ${source}, 'ended',
      ${clock("00:00")}::bigint + n * 600000, ${clock("00:00")}::bigint + n * 600000 + 300000
    from generate_series(1::bigint, 10000) n`);
  await orm().execute(sql`
    insert into attendances (meeting_id, person_id, identified_by, participant_ids, status, is_host,
      attended_ms, wait_count, admitted_count, admitted_ms, visits, waits, tenures)
    select id, 'p' || n, 'connection', '{}', 'left', false, 0, 0, 0, 0, '[]', '[]', '[]'
    from meetings, generate_series(1, 5) n`);
  await orm().execute(sql`
    insert into scheduled_meetings (id, source_id, room, starts_at, ends_at, time_zone, late_after_ms,
      verdict_after_ms, by, changed_at)
    select gen_random_uuid(), ${source}, 'room ' || n % 50, ${clock("00:00")}::bigint + n * 600000,
      ${clock("00:00")}::bigint + n * 600000 + 600000, 'UTC', 0, 0, 'Mia', 0
    from generate_series(1::bigint, 12000) n`);
  await orm().execute(sql`
    insert into expected_people (scheduled_id, position, name, name_key, role)
    select id, n, 'Ada', 'ada', 'guest' from scheduled_meetings, generate_series(1, 5) n`);
  await orm().execute(sql`vacuum analyze`);
});
afterAll(() => recorder.close());

test("no query reads a large table whole", async () => {
  const { reader, asked } = loggingReader(recorder.database);
  const [row] = await listScheduled(reader, NONE, "desc", null, 1);
  const id = row?.id ?? "";
  await listScheduled(reader, { ...NONE, endsAfter: clock("10:00") }, "asc", null, 26);
  await listScheduled(
    reader,
    { ...NONE, source: row?.source.id ?? "", q: "ada" },
    "desc",
    null,
    26,
  );
  const past = { ...NONE, from: clock("00:00"), to: clock("96:00"), endedBy: clock("48:00") };
  const cursor = { direction: "next", key: { startsAt: clock("40:00"), id: SOME } } as const;
  await listScheduled(reader, past, "desc", cursor, 26);
  await scheduledById(reader, id);
  await scheduledOfMeeting(reader, SOME, clock("10:00"), 5);
  await rostersOf(reader, [id]);
  await seenFor(reader, [id]);
  expect(asked).toHaveLength(8);
  for (const statement of asked) {
    expect(await planOf(orm(), statement)).not.toMatch(
      /Seq Scan on (meetings|attendances|scheduled_meetings|expected_people)/,
    );
  }
});

test("the people seen for a meeting are read from its own time only, however long the room's past", async () => {
  const [row] = await listScheduled(orm(), { ...NONE, room: "room 7" }, "desc", null, 1);
  const { reader, asked } = loggingReader(recorder.database);
  expect((await seenFor(reader, [row?.id ?? ""])).length).toBeLessThanOrEqual(10);
  const [statement] = asked;
  const lines = await orm().execute<{ "QUERY PLAN": string }>(
    sql`explain (analyze, buffers false) ${statement}`,
  );
  const plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
  expect(plan).toContain("meetings_by_room_and_time");
  expect(plan).not.toMatch(/Rows Removed by Filter: \d\d/);
});

test.each([
  ["all there are", {}, COUNTED_LIMIT],
  ["those to come", { endsAfter: clock("10:00") }, COUNTED_LIMIT],
  ["those of some days", { from: clock("00:00"), to: clock("96:00") }, 600],
] as const)("to count %s reads no more of them than are counted", async (_, filter, most) => {
  const { reader, asked } = loggingReader(recorder.database);
  await countScheduled(reader, { ...NONE, ...filter });
  const read = await Promise.all(asked.map((one) => rowsRead(orm(), one)));
  expect(read).toHaveLength(1);
  // And the room of each row, of which there are few.
  expect(read[0]).toBeLessThan(1.1 * most);
});
