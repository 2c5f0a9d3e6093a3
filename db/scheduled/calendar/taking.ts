import { and, eq } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { forgetOthers, type Roster, rosterRows } from "#db/scheduled/roster-rows.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { insertAll, isOneOf } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import type { Marks } from "#domain/scheduled/calendar/following.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A scheduled meeting that was taken from a calendar, with its roster. */
export type TakenMeeting = Pick<
  typeof scheduledMeetings.$inferSelect,
  | "id"
  | "calendarKey"
  | "calendarTaken"
  | "title"
  | "room"
  | "startsAt"
  | "endsAt"
  | "classListId"
  | "cancelledAt"
  | "withdrawnAt"
  | "erasedAt"
> & { roster: Roster };

/** What was taken from the calendars of a source of these meetings, locked until the transaction ends. */
export async function takenFrom(
  tx: Transaction,
  sourceId: string,
  meetings: readonly string[],
): Promise<Map<string, TakenMeeting>> {
  const { id, calendarKey, calendarTaken, title, room, startsAt, endsAt } = scheduledMeetings;
  const { classListId, cancelledAt, withdrawnAt, erasedAt } = scheduledMeetings;
  if (meetings.length === 0) return new Map();
  const rows = await tx
    .select({
      ...{ id, calendarKey, calendarTaken, title, room, startsAt, endsAt, classListId },
      ...{ cancelledAt, withdrawnAt, erasedAt },
    })
    .from(scheduledMeetings)
    .where(and(eq(scheduledMeetings.sourceId, sourceId), isOneOf(calendarKey, meetings)))
    .orderBy(id)
    .for("update");
  const { scheduledId, position, name, userId, email, role } = expectedPeople;
  const lines = await tx
    .select({ scheduledId, name, userId, email, role })
    .from(expectedPeople)
    .where(
      isOneOf(
        scheduledId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(scheduledId, position);
  const byId = Map.groupBy(lines, (line) => line.scheduledId);
  return new Map(
    rows.map((row) => {
      const roster = (byId.get(row.id) ?? []).map(({ scheduledId: _, ...person }) => person);
      return [row.calendarKey ?? "", { ...row, roster }];
    }),
  );
}

/** What becomes of a scheduled meeting as its calendar has it; what is left out stays. */
export interface FromCalendar {
  title?: string | null;
  room?: string;
  startsAt?: Ms;
  endsAt?: Ms;
  cancelledAt?: Ms | null;
  withdrawnAt?: null;
  roster?: Roster;
  taken: Marks;
}

/** Changes a locked scheduled meeting as its calendar has it. */
export async function changeTaken(
  tx: Transaction,
  current: Pick<TakenMeeting, "id" | "title" | "room">,
  { roster, taken, ...changes }: FromCalendar,
  by: string,
  now: Ms,
): Promise<void> {
  const { title = current.title, room = current.room } = changes;
  await tx
    .update(scheduledMeetings)
    .set({
      ...{ ...changes, calendarTaken: taken, words: wordsValue(title, room), by, changedAt: now },
      ...(roster !== undefined && { classListId: null }),
    })
    .where(eq(scheduledMeetings.id, current.id));
  if (roster === undefined) return;
  await tx.delete(expectedPeople).where(eq(expectedPeople.scheduledId, current.id));
  await insertRoster(tx, current.id, roster);
  await forgetOthers(tx, current.id, roster);
}

/** Notes what was taken of a scheduled meeting in which nothing changes. */
export async function noteTaken(tx: Transaction, id: string, taken: Marks): Promise<void> {
  await tx
    .update(scheduledMeetings)
    .set({ calendarTaken: taken })
    .where(eq(scheduledMeetings.id, id));
}

/** Schedules a meeting as a calendar has it; nothing where another did so meanwhile. Answers whether it was made. */
export async function insertTaken(
  tx: Transaction,
  row: Omit<typeof scheduledMeetings.$inferInsert, "words">,
  roster: Roster,
): Promise<boolean> {
  const made = await tx
    .insert(scheduledMeetings)
    .values({ ...row, words: wordsValue(row.title ?? null, row.room) })
    .onConflictDoNothing()
    .returning({ id: scheduledMeetings.id });
  if (made.length === 0) return false;
  await insertRoster(tx, row.id, roster);
  return true;
}

async function insertRoster(tx: Transaction, id: string, roster: Roster): Promise<void> {
  await insertAll(
    tx,
    expectedPeople,
    rosterRows(roster).map((row) => ({ scheduledId: id, ...row })),
  );
}
