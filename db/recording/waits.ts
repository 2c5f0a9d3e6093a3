import { and, eq, gt, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { deleteAll, excluded, isOneOf, upsert } from "#db/sql/batch.ts";
import { outcomesOf } from "#db/waits/wait-outcome.ts";
import { isGivenUp } from "#domain/meeting/wait.ts";
import { waitStatesOf } from "#domain/projection/attendance.ts";
import { changesOfWaits } from "#domain/projection/changes.ts";
import type { WaitKey, WaitState } from "#domain/projection/state.ts";

/** A person who returned to a later meeting still did, unless the wait ended otherwise. */
const RETURNED = {
  returned: sql`${waits.returned} and ${excluded(waits.outcome)} in ${sql.raw(outcomesOf(isGivenUp))}`,
};

export async function keepWaits(tx: Transaction, all: readonly WaitState[]): Promise<void> {
  await upsert(tx, waits, all, RETURNED);
}

export async function dropWaits(tx: Transaction, keys: readonly WaitKey[]): Promise<void> {
  await deleteAll(tx, waits, keys);
}

/**
 * Makes the wait rows of meetings match their attendances. Returns to later meetings are not decided here.
 * Rows that would not change are not written. At most four statements.
 */
export async function mendWaits(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  const { meetingId, personId, identity, name, isNoteTaker } = attendances;
  const attending = tx
    .select({
      row: { meetingId, personId, identity, name, isNoteTaker, waits: attendances.waits },
      roomId: meetings.roomId,
    })
    .from(attendances)
    .innerJoin(meetings, eq(meetings.id, meetingId))
    .where(
      and(
        isOneOf(meetingId, meetingIds),
        isOneOf(meetings.id, meetingIds),
        gt(attendances.waitCount, 0),
      ),
    );
  const [attended, stored] = await Promise.all([
    attending,
    tx.select().from(waits).where(isOneOf(waits.meetingId, meetingIds)),
  ]);
  // A person who did not give up cannot have returned: rows that say so are written anew.
  const { contradictory = [], consistent = [] } = Object.groupBy(stored, (wait) =>
    wait.returned && !isGivenUp(wait) ? "contradictory" : "consistent",
  );
  const changes = changesOfWaits(
    consistent,
    attended.flatMap(({ row, roomId }) => waitStatesOf(row, roomId)),
  );
  await dropWaits(tx, [...contradictory, ...changes.dropped]);
  await keepWaits(tx, changes.kept);
}
