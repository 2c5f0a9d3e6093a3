import type { Transaction } from "#db/connection/session.ts";
import { attendances } from "#db/schema/projected.ts";
import { deleteAll, isOneOf, upsert } from "#db/sql/batch.ts";
import type { AttendanceState, PersonKey } from "#domain/projection/state.ts";

/** The people of meetings. */
export async function attendancesOf(
  tx: Transaction,
  meetingIds: readonly string[],
): Promise<AttendanceState[]> {
  return tx.select().from(attendances).where(isOneOf(attendances.meetingId, meetingIds));
}

export async function keepAttendances(
  tx: Transaction,
  all: readonly AttendanceState[],
): Promise<void> {
  await upsert(tx, attendances, all);
}

export async function dropAttendances(tx: Transaction, keys: readonly PersonKey[]): Promise<void> {
  await deleteAll(tx, attendances, keys);
}
