import { setTimeout as wait } from "node:timers/promises";
import { Void } from "./report.ts";
import type { BenchStage } from "./stage.ts";

/**
 * How many transactions have written anything until now, by the number of the next one. PostgreSQL's statistics
 * would be late: each connection reports them when it is idle, also those of the run before.
 */
export async function countCommits({ database }: BenchStage): Promise<number> {
  const [row] = await database.sql<{ next: number }[]>`
    select pg_snapshot_xmax(pg_current_snapshot())::text::float8 as next`;
  return row?.next ?? 0;
}

/** An empty table like `deliveries`, with its indexes, and with the keys that recognise repeats. */
export async function makePlainTable({ database }: BenchStage, name: string): Promise<string> {
  const table = database.sql(name);
  await database.sql`create table ${table} (
    like deliveries including all, key uuid not null, occurrence uuid not null,
    unique (source_id, key), unique (source_id, occurrence))`;
  await database.sql`alter table ${table} alter column id add generated always as identity`;
  return name;
}

export async function countRows({ database }: BenchStage, table: string): Promise<number> {
  const rows = await database.sql<{ count: number }[]>`
    select count(*)::int as count from ${database.sql(table)}`;
  return rows[0]?.count ?? 0;
}

/** Resolves when all stored deliveries are projected. By the index: rows that were taken out are not read again. */
export async function projected({ database }: BenchStage): Promise<void> {
  for (;;) {
    const [row] = await database.sql<{ delivery_id: number }[]>`
      select delivery_id from unprojected order by delivery_id limit 1`;
    if (row === undefined) return;
    await wait(20);
  }
}

/**
 * How many deliveries of a source are stored. Throws `Void` unless each has its event in a meeting, each meeting's
 * `seq` is without holes, and every person in the events is in the attendance.
 */
export async function countRecorded({ database }: BenchStage, source: string): Promise<number> {
  const rows = await database.sql<
    { deliveries: number; events: number; seqs: number; people: number; attendances: number }[]
  >`
    with own as (select id, seq from meetings where source_id = ${source} and merged_into is null),
    recorded as (select e.* from events e join own on own.id = e.meeting_id)
    select
      (select count(*)::int from deliveries where source_id = ${source}) as deliveries,
      (select count(*)::int from recorded) as events,
      (select coalesce(sum(seq), 0)::int from own) as seqs,
      (select count(distinct (meeting_id, person_id))::int from recorded) as people,
      (select count(*)::int from attendances a join own on own.id = a.meeting_id) as attendances`;
  const [found] = rows;
  if (!found) throw new Void("ingest", "nothing could be counted");
  const { deliveries, events, seqs, people, attendances } = found;
  if (events !== deliveries || seqs !== events || people !== attendances) {
    throw new Void("ingest", `kept does not agree: ${JSON.stringify(found)}`);
  }
  return deliveries;
}
