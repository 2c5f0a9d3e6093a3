import { and, asc, eq, gt, isNotNull, isNull, lte, ne, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { repetitions } from "#db/schema/class-lists.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { insertNew, isOneOf } from "#db/sql/batch.ts";
import { keptWords } from "#db/sql/searching.ts";
import type { Weekly, WeeklyOccurrence } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Schedule } from "./scheduled.ts";

/** Something that takes place every week, as far as it has to be known to make its occurrences. */
export interface Repetition extends Weekly {
  id: string;
  timeZone: string;
  /** The first day of which no occurrence was made yet. */
  nextDay: string;
}

/** Makes the occurrences of something from its next day to another, both counted. */
export type Occurring = (repetition: Repetition, toDay: string) => WeeklyOccurrence[];

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
    const known = await endBefore(tx, id, weekly.firstDay);
    if (known === null) return false;
    const repetitionId = uuid();
    const { sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs } = schedule;
    const { weekdays, fromTime, toTime, firstDay, lastDay } = weekly;
    await tx.insert(repetitions).values({
      ...{ id: repetitionId, sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs },
      ...{ weekdays: [...weekdays], fromTime, toTime, firstDay, lastDay, nextDay },
      ...{ classListId: known.classListId, by, changedAt: now },
    });
    await tx
      .update(scheduledMeetings)
      .set({ repetitionId, occurrenceDay: firstDay, changedAlone: false })
      .where(eq(scheduledMeetings.id, id));
    // What was left out, or changed for itself, stays so.
    if (known.repetitionId !== null) {
      await tx
        .update(scheduledMeetings)
        .set({ repetitionId })
        .where(isAfter(known.repetitionId, firstDay));
    }
    return true;
  });
}

/** Ends what a scheduled meeting repeats, with it as the last or without it. Answers whether it repeated. */
export async function endRepetition(database: Database, id: string, day: string): Promise<boolean> {
  const known = await database.transaction((tx) => endBefore(tx, id, day));
  return known !== null && known.repetitionId !== null;
}

/** Answers the scheduled meeting, with what it was one of; `null` where there is none. */
async function endBefore(
  tx: Transaction,
  id: string,
  day: string,
): Promise<typeof scheduledMeetings.$inferSelect | null> {
  const [known] = await tx
    .select()
    .from(scheduledMeetings)
    .where(and(eq(scheduledMeetings.id, id), isNull(scheduledMeetings.withdrawnAt)))
    .for("update");
  if (known === undefined || known.repetitionId === null) return known ?? null;
  await tx
    .update(repetitions)
    .set({ lastDay: day, nextDay: null })
    .where(eq(repetitions.id, known.repetitionId));
  await tx
    .delete(scheduledMeetings)
    .where(
      and(
        isAfter(known.repetitionId, day),
        eq(scheduledMeetings.changedAlone, false),
        isNull(scheduledMeetings.withdrawnAt),
        ne(scheduledMeetings.id, id),
      ),
    );
  return known;
}

function isAfter(repetitionId: string, day: string) {
  return and(
    eq(scheduledMeetings.repetitionId, repetitionId),
    gt(scheduledMeetings.occurrenceDay, day),
  );
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
  const isDue = and(isNotNull(repetitions.nextDay), lte(repetitions.nextDay, due));
  const some = await database.orm
    .select({ id: repetitions.id })
    .from(repetitions)
    .where(isDue)
    .limit(1);
  if (some.length === 0) return;
  await database.transaction(async (tx) => {
    const found = await tx
      .select()
      .from(repetitions)
      .where(isDue)
      .orderBy(asc(repetitions.id))
      .limit(AT_ONCE)
      .for("update");
    const made = found.flatMap(({ nextDay, ...one }) =>
      nextDay === null
        ? []
        : occurring({ ...one, nextDay }, toDay).map((occurrence) => occurrenceOf(one, occurrence)),
    );
    await insertNew(tx, scheduledMeetings, made);
    const isOver = lte(repetitions.lastDay, toDay);
    const after = sql`to_char(${toDay}::date + 1, 'YYYY-MM-DD')`;
    await tx
      .update(repetitions)
      .set({ nextDay: sql`case when ${isOver} then null else ${after} end` })
      .where(
        isOneOf(
          repetitions.id,
          found.map(({ id }) => id),
        ),
      );
  });
}

function occurrenceOf(
  one: Omit<typeof repetitions.$inferSelect, "nextDay">,
  { day, startsAt, endsAt }: WeeklyOccurrence,
): typeof scheduledMeetings.$inferInsert {
  const { sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs } = one;
  const { classListId, by, changedAt } = one;
  return {
    ...{ id: uuid(), sourceId, room, title, startsAt, endsAt, timeZone, lateAfterMs },
    ...{ verdictAfterMs, classListId, repetitionId: one.id, occurrenceDay: day, by, changedAt },
    words: keptWords(title, room),
  };
}
