import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Ms } from "#domain/event.ts";
import type { Occurrence, Weekly } from "#domain/history/expected/repeating.ts";
import { column, list } from "./array.ts";
import type { Database } from "./client.ts";
import type { Schedule } from "./scheduled.ts";
import { keptWords } from "./searching.ts";
import type { Transaction } from "./session.ts";

/** Something that takes place every week, as far as it has to be known to make its occurrences. */
export interface Repetition extends Weekly {
  id: string;
  timeZone: string;
  /** The first day of which no occurrence was made yet. */
  nextDay: string;
}

/** Makes the occurrences of something from its next day to another, both counted. */
export type Occurring = (repetition: Repetition, toDay: string) => Occurrence[];

/** Repetitions at once: the rest is made when somebody looks again. */
const AT_ONCE = 200;

/**
 * Lets a scheduled meeting take place every week from its own day on; occurrences that it had after that day,
 * and that nobody changed for themselves, are let go. Answers whether there is such a meeting.
 */
export async function repeatWeekly(
  database: Database,
  id: string,
  weekly: Weekly,
  { schedule, nextDay, by, now }: { schedule: Schedule; nextDay: string; by: string; now: Ms },
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [known] = await tx.execute<{ repetition: string | null }>(sql`
      select repetition_id as repetition from scheduled_meetings where id = ${id}`);
    if ((await endBefore(tx, id, weekly.firstDay)) === null) return false;
    const repetition = uuid();
    const { sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs } = schedule;
    await tx.execute(sql`
      insert into repetitions (id, source_id, room, title, weekdays, from_time, to_time, time_zone,
        first_day, last_day, late_after_ms, verdict_after_ms, class_list_id, by, changed_at, next_day)
      values (${repetition}, ${sourceId}, ${room}, ${title}, ${list("integer", weekly.weekdays)},
        ${weekly.fromTime}, ${weekly.toTime}, ${timeZone}, ${weekly.firstDay}, ${weekly.lastDay},
        ${lateAfterMs}, ${verdictAfterMs},
        (select class_list_id from scheduled_meetings where id = ${id}), ${by}, ${now}, ${nextDay})`);
    await tx.execute(sql`
      update scheduled_meetings set repetition_id = ${repetition}, occurrence_day = ${weekly.firstDay},
        changed_alone = false where id = ${id}`);
    // What was left out, or changed for itself, stays so.
    await tx.execute(sql`
      update scheduled_meetings set repetition_id = ${repetition}
      where repetition_id = ${known?.repetition ?? null} and occurrence_day > ${weekly.firstDay}`);
    return true;
  });
}

/** Ends what a scheduled meeting repeats, with it as the last or without it. Answers whether it repeated. */
export async function endRepetition(database: Database, id: string, day: string): Promise<boolean> {
  return database.transaction(async (tx) => (await endBefore(tx, id, day)) === true);
}

/** `null` for no such meeting; else whether it was one of several. */
async function endBefore(tx: Transaction, id: string, day: string): Promise<boolean | null> {
  const [known] = await tx.execute<{ repetition: string | null }>(sql`
    select repetition_id as repetition from scheduled_meetings
    where id = ${id} and withdrawn_at is null for update`);
  if (known === undefined) return null;
  const { repetition } = known;
  if (repetition === null) return false;
  await tx.execute(sql`
    update repetitions set last_day = ${day}, next_day = null where id = ${repetition}`);
  await tx.execute(sql`
    delete from scheduled_meetings where repetition_id = ${repetition} and occurrence_day > ${day}
      and not changed_alone and withdrawn_at is null and id <> ${id}`);
  return true;
}

/**
 * Makes the occurrences up to a day of whatever has some to make by another, nearer one. Several processes may
 * do so at once: the rows are taken in order and looked at again, and a day has one occurrence by its index.
 */
export async function makeOccurrences(
  database: Database,
  due: string,
  toDay: string,
  occurring: Occurring,
): Promise<void> {
  const isDue = sql`next_day is not null and next_day <= ${due}`;
  const some = await database.orm.execute(sql`select 1 from repetitions where ${isDue} limit 1`);
  if (some.length === 0) return;
  await database.transaction(async (tx) => {
    const found = await tx.execute<
      Repetition & Record<string, unknown> & { title: string | null; room: string }
    >(sql`
      select id, title, room, weekdays, from_time as "fromTime", to_time as "toTime", time_zone as "timeZone",
        first_day as "firstDay", last_day as "lastDay", next_day as "nextDay"
      from repetitions where ${isDue} order by id limit ${AT_ONCE} for update`);
    const made = found.flatMap((one) =>
      occurring(one, toDay).map((occurrence) => ({
        ...occurrence,
        repetition: one.id,
        words: keptWords(one.title, one.room),
        id: uuid(),
      })),
    );
    await tx.execute(sql`
      insert into scheduled_meetings (id, source_id, room, title, starts_at, ends_at, time_zone,
        late_after_ms, verdict_after_ms, class_list_id, repetition_id, occurrence_day, by, changed_at,
        words)
      select n.id, p.source_id, p.room, p.title, n.starts_at, n.ends_at, p.time_zone, p.late_after_ms,
        p.verdict_after_ms, p.class_list_id, p.id, n.day, p.by, p.changed_at,
        n.words::tsvector
      from unnest(
        ${column("uuid", made, ({ id }) => id)},
        ${column("uuid", made, ({ repetition }) => repetition)},
        ${column("text", made, ({ day }) => day)},
        ${column("bigint", made, ({ startsAt }) => startsAt)},
        ${column("bigint", made, ({ endsAt }) => endsAt)},
        ${column("text", made, ({ words }) => words)}
      ) as n (id, repetition, day, starts_at, ends_at, words)
      join repetitions p on p.id = n.repetition
      on conflict (repetition_id, occurrence_day) do nothing`);
    await tx.execute(sql`
      update repetitions p set next_day =
        case when p.last_day is not null and p.last_day <= ${toDay} then null
          else to_char(${toDay}::date + 1, 'YYYY-MM-DD') end
      where p.id = any(${list(
        "uuid",
        found.map(({ id }) => id),
      )})`);
  });
}
