import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { callFunction } from "#db/connection/call.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eventRow } from "#db/recording/rows.ts";
import { keptReturns } from "#db/schema/erased.ts";
import { events } from "#db/schema/facts.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { insertNew, isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import type { AttendanceState, RecordedEvent } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PersonErased } from "./erased-people.ts";

/** A meeting that somebody who is being erased is named in. */
export interface NamedInMeeting {
  id: string;
  roomId: number;
}

/** Meetings in which a person is named under what they are known by, up to their erasure; in the order of rooms. */
export async function meetingsNaming(
  tx: Pick<Transaction, "select">,
  person: PersonErased,
  limit: number,
): Promise<NamedInMeeting[]> {
  const { id, roomId, mergedInto, sourceId } = meetings;
  const isBefore = sql`coalesce(${attendances.firstAt}, 0) <= ${person.at}::bigint`;
  const from = (where: SQL | undefined) =>
    tx
      .select({ id, roomId })
      .from(attendances)
      .innerJoin(meetings, eq(id, attendances.meetingId))
      .where(and(where, eq(sourceId, person.sourceId), isNull(mergedInto), isBefore));
  const { subject } = person;
  const named =
    subject.knownBy === "user_id"
      ? eq(attendances.userId, subject.of)
      : and(
          eq(attendances.nameKey, subject.of),
          isNull(attendances.identity),
          sql`not ${attendances.isNoteTaker}`,
          isGuest(subject.userIdsLast),
        );
  return union(from(eq(attendances.identity, subject.personId)), from(named))
    .orderBy(
      // Of a union only its own columns are known, by their places.
      sql`2`,
      sql`1`,
    )
    .limit(limit);
}

/** Of whom the name is what they are known by. */
function isGuest(userIdsLast: boolean): SQL | undefined {
  if (!userIdsLast) return undefined;
  return sql`(${attendances.userId} is null or ${attendances.userIdShared})`;
}

/** Whether an attendance is of the person: as whom they are known, or as nobody under their name or user id. */
export function isOf({ subject, at }: PersonErased, row: AttendanceState): boolean {
  if ((row.firstAt ?? 0) > at) return false;
  if (row.identity !== null) return row.identity === subject.personId;
  if (row.isNoteTaker) return false;
  if (subject.knownBy === "user_id") return row.userId === subject.of && !row.userIdShared;
  const isGuest = !subject.userIdsLast || row.userId === null || row.userIdShared;
  return isGuest && row.nameKey === subject.of;
}

/**
 * Writes other names and ids into recorded events: the only change of an event that there is, and only an erasure
 * makes it. When it happened and which delivery reported it stay.
 */
export async function rewriteEvents(
  tx: Transaction,
  rewritten: readonly RecordedEvent[],
): Promise<void> {
  if (rewritten.length === 0) return;
  await callFunction(tx, sql`set_config('rollcall.erasing_person', 'on', true)`);
  await updateAll(
    tx,
    events,
    rewritten.map(eventRow).map(({ meetingId, seq, participantId, personId, data }) => ({
      ...{ meetingId, seq, participantId: participantId ?? null, personId: personId ?? null, data },
    })),
  );
}

/** A wait in a room. */
export interface RoomWait {
  roomId: number;
  meetingId: string;
  participantId: string;
  startedAt: Ms;
}

/** The waits of rooms in some time whose people came back that day. */
export async function returnedWaits(
  tx: Pick<Transaction, "select">,
  roomIds: readonly number[],
  { from, to }: { from: Ms; to: Ms },
): Promise<RoomWait[]> {
  const { roomId, meetingId, participantId, startedAt, returned } = waits;
  return tx
    .select({ roomId, meetingId, participantId, startedAt })
    .from(waits)
    .where(
      and(
        isOneOf(roomId, roomIds),
        sql`${startedAt} between ${from}::bigint and ${to}::bigint`,
        eq(returned, true),
      ),
    );
}

/** Keeps waits as those of people who came back, whatever their names are now. */
export async function keepReturned(tx: Transaction, all: readonly RoomWait[]): Promise<void> {
  await insertNew(
    tx,
    keptReturns,
    all.map(({ roomId, participantId, startedAt }) => ({ roomId, participantId, startedAt })),
  );
  await updateAll(
    tx,
    waits,
    all.map(({ meetingId, participantId, startedAt }) => ({
      ...{ meetingId, participantId, startedAt, returned: true },
    })),
  );
}

/** Gives waits that are kept so the new names of their connections. */
export async function renameReturned(
  tx: Transaction,
  connections: readonly { roomId: number; before: string; participantId: string }[],
): Promise<void> {
  const { roomId, participantId } = keptReturns;
  const given = unnested("n", { roomId, before: participantId, participantId }, connections);
  await tx
    .update(keptReturns)
    .set({ participantId: given.of.participantId })
    .from(given.from)
    .where(
      and(eq(keptReturns.roomId, given.of.roomId), eq(keptReturns.participantId, given.of.before)),
    );
}
