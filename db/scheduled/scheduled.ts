import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { repetitions, rosterAliases } from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { rooms } from "#db/schema/projected.ts";
import { insertAll } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import type { Ms } from "#domain/time/ms.ts";
import { forgetOthers, type Roster, rosterRows } from "./roster-rows.ts";

/** What an operator enters of a meeting that is to take place. */
export interface Schedule {
  sourceId: string;
  room: string;
  title: string | null;
  startsAt: Ms;
  endsAt: Ms;
  timeZone: string;
  lateAfterMs: Ms;
  verdictAfterMs: Ms;
  /** The class list of those expected; then it has no roster of its own. */
  classListId?: string | null;
}

/** The people of the room were erased, so that a roster for it would match nobody. */
export class RoomErased extends Error {
  override name = "RoomErased";
}

/** Schedules a meeting; answers its id. Throws `RoomErased`. */
export async function addScheduled(
  database: RecordingClient,
  schedule: Schedule,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  const id = uuid();
  return database.transaction(async (tx) => {
    await refuseErased(tx, schedule);
    await tx.insert(scheduledMeetings).values({ id, ...rowOf(schedule), by, changedAt: now });
    await insertRoster(tx, id, roster);
    return id;
  });
}

/**
 * Changes a scheduled meeting; a part that is `null` stays as it is. Answers how it is called, `null` where there is none.
 * Throws `RoomErased`.
 */
export async function changeScheduled(
  database: RecordingClient,
  id: string,
  { schedule, roster }: { schedule: Schedule | null; roster: Roster | null },
  by: string,
  now: Ms,
): Promise<string | null> {
  return database.transaction(async (tx) => {
    const [current] = await tx
      .select()
      .from(scheduledMeetings)
      .where(and(eq(scheduledMeetings.id, id), isNull(scheduledMeetings.withdrawnAt)))
      .for("update");
    if (current === undefined) return null;
    if (current.erasedAt !== null) throw new RoomErased(current.room);
    await refuseErased(tx, schedule ?? current);
    await tx
      .update(scheduledMeetings)
      .set({
        ...{ by, changedAt: now, changedAlone: current.repetitionId !== null },
        ...(schedule !== null && rowOf(schedule)),
        // A roster of its own replaces a class list, which stays as it is for others.
        ...(roster !== null && { classListId: null }),
      })
      .where(eq(scheduledMeetings.id, id));
    if (roster !== null || (schedule?.classListId ?? null) !== null) {
      await tx.delete(expectedPeople).where(eq(expectedPeople.scheduledId, id));
    }
    if (roster !== null) {
      await insertRoster(tx, id, roster);
      await forgetOthers(tx, id, roster);
    }
    return calledAs(schedule ?? current);
  });
}

/** Withdraws a scheduled meeting, and deletes its roster and aliases. Answers its room; `null` where there is none. */
export async function withdrawScheduled(
  database: RecordingClient,
  id: string,
  by: string,
  now: Ms,
): Promise<string | null> {
  return database.transaction(async (tx) => {
    const withdrawn = await tx
      .update(scheduledMeetings)
      .set({
        ...{ withdrawnAt: now, title: null, words: null, classListId: null },
        ...{ by, changedAt: now },
      })
      .where(and(eq(scheduledMeetings.id, id), isNull(scheduledMeetings.withdrawnAt)))
      .returning({ room: scheduledMeetings.room });
    await tx.delete(expectedPeople).where(eq(expectedPeople.scheduledId, id));
    await tx.delete(rosterAliases).where(eq(rosterAliases.rosterId, id));
    return withdrawn[0]?.room ?? null;
  });
}

/**
 * Restores a withdrawn occurrence of a repetition, as the other occurrences are. Answers how it is called; `null`
 * where there is none. Its own changes are not restored, and one withdrawn before the repetition was last changed cannot be.
 * Throws `RoomErased`.
 */
export async function bringBack(
  database: RecordingClient,
  id: string,
  by: string,
  now: Ms,
): Promise<string | null> {
  return database.transaction(async (tx) => {
    const [current] = await tx
      .select({
        ...{ sourceId: scheduledMeetings.sourceId, room: scheduledMeetings.room },
        ...{ title: repetitions.title, classListId: repetitions.classListId },
      })
      .from(scheduledMeetings)
      .innerJoin(repetitions, eq(repetitions.id, scheduledMeetings.repetitionId))
      .where(
        and(
          eq(scheduledMeetings.id, id),
          gt(scheduledMeetings.withdrawnAt, repetitions.changedAt),
          eq(scheduledMeetings.changedAlone, false),
          or(
            isNull(repetitions.lastDay),
            lte(scheduledMeetings.occurrenceDay, repetitions.lastDay),
          ),
        ),
      )
      .for("update", { of: scheduledMeetings });
    if (current === undefined) return null;
    await refuseErased(tx, current);
    const { room, title, classListId } = current;
    await tx
      .update(scheduledMeetings)
      .set({
        ...{ withdrawnAt: null, title, classListId, words: wordsValue(title, room) },
        ...{ by, changedAt: now },
      })
      .where(eq(scheduledMeetings.id, id));
    return calledAs(current);
  });
}

function calledAs({ title, room }: Pick<Schedule, "title" | "room">): string {
  return title ?? room;
}

/** Locks the room, so that an erasure of it comes before or after. */
async function refuseErased(
  tx: Transaction,
  { sourceId, room }: Pick<Schedule, "sourceId" | "room">,
): Promise<void> {
  const [current] = await tx
    .select({ erasedAt: rooms.erasedAt })
    .from(rooms)
    .where(and(eq(rooms.sourceId, sourceId), eq(rooms.key, room)))
    .for("share");
  if (current !== undefined && current.erasedAt !== null) throw new RoomErased(room);
}

function rowOf(schedule: Schedule) {
  const { sourceId, room, title, startsAt, endsAt, timeZone } = schedule;
  const { lateAfterMs, verdictAfterMs, classListId } = schedule;
  return {
    ...{ sourceId, room, title, startsAt, endsAt, timeZone, lateAfterMs, verdictAfterMs },
    ...{ classListId, words: wordsValue(title, room) },
  };
}

async function insertRoster(tx: Transaction, id: string, roster: Roster): Promise<void> {
  const rows = rosterRows(roster).map((row) => ({ scheduledId: id, ...row }));
  await insertAll(tx, expectedPeople, rows);
}
