import { and, asc, eq, gt, isNotNull, isNull, lte, ne, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Database, RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { repetitions } from "#db/schema/class-lists.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { insertNew, isOneOf } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import type { Weekly, WeeklyOccurrence } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Schedule } from "./scheduled.ts";

/** A weekly repetition, with what is needed to make its occurrences. */
export interface Repetition extends Weekly {
  id: string;
  timeZone: string;
  /** The first day without an occurrence yet. */
  nextDay: string;
}

/** Makes the occurrences of a repetition from its next day to another, both included. */
export type Occurring = (repetition: Repetition, toDay: string) => WeeklyOccurrence[];

/** Repetitions handled in one call: the rest is made at the next one. */
const AT_ONCE = 200;

/**
 * Makes a scheduled meeting take place every week from its own day on; its occurrences after that day that
 * were not changed by themselves are deleted. Answers whether there is such a meeting.
 */
export async function repeatWeekly(
  database: RecordingClient,
  id: string,
  weekly: Weekly,
  { schedule, nextDay, by, now }: { schedule: Schedule; nextDay: string; by: string; now: Ms },
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const scheduled = await endBefore(tx, id, weekly.firstDay);
    if (scheduled === null) return false;
    const repetitionId = uuid();
    const { sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs } = schedule;
    const { weekdays, fromTime, toTime, firstDay, lastDay } = weekly;
    await tx.insert(repetitions).values({
      ...{ id: repetitionId, sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs },
      ...{ weekdays: [...weekdays], fromTime, toTime, firstDay, lastDay, nextDay },
      ...{ classListId: scheduled.classListId, by, changedAt: now },
    });
    await tx
      .update(scheduledMeetings)
      .set({ repetitionId, occurrenceDay: firstDay, changedAlone: false })
      .where(eq(scheduledMeetings.id, id));
    // Occurrences that were withdrawn, or changed by themselves, stay so.
    if (scheduled.repetitionId !== null) {
      await tx
        .update(scheduledMeetings)
        .set({ repetitionId })
        .where(isAfter(scheduled.repetitionId, firstDay));
    }
    return true;
  });
}

/** Ends the repetition of a scheduled meeting after a day, which may be its own. Answers whether it repeated. */
export async function endRepetition(
  database: RecordingClient,
  id: string,
  day: string,
): Promise<boolean> {
  const scheduled = await database.transaction((tx) => endBefore(tx, id, day));
  return scheduled !== null && scheduled.repetitionId !== null;
}

/** Answers the scheduled meeting as it was before; `null` where there is none. */
async function endBefore(
  tx: Transaction,
  id: string,
  day: string,
): Promise<typeof scheduledMeetings.$inferSelect | null> {
  const [scheduled] = await tx
    .select()
    .from(scheduledMeetings)
    .where(and(eq(scheduledMeetings.id, id), isNull(scheduledMeetings.withdrawnAt)))
    .for("update");
  if (scheduled === undefined || scheduled.repetitionId === null) return scheduled ?? null;
  await tx
    .update(repetitions)
    .set({ lastDay: day, nextDay: null })
    .where(eq(repetitions.id, scheduled.repetitionId));
  await tx
    .delete(scheduledMeetings)
    .where(
      and(
        isAfter(scheduled.repetitionId, day),
        eq(scheduledMeetings.changedAlone, false),
        isNull(scheduledMeetings.withdrawnAt),
        ne(scheduledMeetings.id, id),
      ),
    );
  return scheduled;
}

function isAfter(repetitionId: string, day: string) {
  return and(
    eq(scheduledMeetings.repetitionId, repetitionId),
    gt(scheduledMeetings.occurrenceDay, day),
  );
}

/**
 * Makes the occurrences up to `toDay` of repetitions whose next day is `due` or earlier. Several processes
 * may do so at once: the rows are locked in order and read again, and a unique index allows one occurrence a
 * day.
 */
export async function makeOccurrences(
  database: Database,
  due: string,
  toDay: string,
  occurring: Occurring,
): Promise<void> {
  const isDue = and(isNotNull(repetitions.nextDay), lte(repetitions.nextDay, due));
  const dueRepetitions = await database.orm
    .select({ id: repetitions.id })
    .from(repetitions)
    .where(isDue)
    .limit(1);
  if (dueRepetitions.length === 0) return;
  await database.transaction(async (tx) => {
    const found = await tx
      .select()
      .from(repetitions)
      .where(isDue)
      .orderBy(asc(repetitions.id))
      .limit(AT_ONCE)
      .for("update");
    const occurrences = found.flatMap(({ nextDay, ...one }) =>
      nextDay === null
        ? []
        : occurring({ ...one, nextDay }, toDay).map((occurrence) => occurrenceOf(one, occurrence)),
    );
    await insertNew(tx, scheduledMeetings, occurrences);
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
  repetition: Omit<typeof repetitions.$inferSelect, "nextDay">,
  { day, startsAt, endsAt }: WeeklyOccurrence,
): typeof scheduledMeetings.$inferInsert {
  const { sourceId, room, title, timeZone, lateAfterMs, verdictAfterMs } = repetition;
  const { classListId, by, changedAt } = repetition;
  return {
    ...{ id: uuid(), sourceId, room, title, startsAt, endsAt, timeZone, lateAfterMs },
    ...{
      verdictAfterMs,
      classListId,
      repetitionId: repetition.id,
      occurrenceDay: day,
      by,
      changedAt,
    },
    words: wordsValue(title, room),
  };
}
