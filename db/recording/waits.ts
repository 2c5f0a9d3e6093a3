import { and, eq, gt, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { deleteAll, excluded, isOneOf, upsert } from "#db/sql/batch.ts";
import { outcomesOf } from "#db/waits/wait-outcome.ts";
import { isGivenUp } from "#domain/meeting/wait.ts";
import { waitStatesOf } from "#domain/projection/attendance.ts";
import { changesOfWaits } from "#domain/projection/changes.ts";
import type { WaitKey, WaitState } from "#domain/projection/state.ts";

/** Who returned to a later meeting did so still, unless the wait ended otherwise. */
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
 * Makes the waits of meetings those that their attendances have, whatever became of them. Who returned to a
 * later meeting is not said here. What is so already is not written. At most four statements.
 */
export async function mendWaits(tx: Transaction, meetingIds: readonly string[]): Promise<void> {
  const { meetingId, personId, identity, name, isNoteTaker } = attendances;
  const waited = tx
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
  const [projected, kept] = await Promise.all([
    waited,
    tx.select().from(waits).where(isOneOf(waits.meetingId, meetingIds)),
  ]);
  // Whoever did not give up cannot have returned: what says so is written anew.
  const { wrong = [], right = [] } = Object.groupBy(kept, (wait) =>
    wait.returned && !isGivenUp(wait) ? "wrong" : "right",
  );
  const mended = changesOfWaits(
    right,
    projected.flatMap(({ row, roomId }) => waitStatesOf(row, roomId)),
  );
  await dropWaits(tx, [...wrong, ...mended.dropped]);
  await keepWaits(tx, mended.kept);
}
