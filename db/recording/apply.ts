import { notifyChanged } from "#db/connection/bus.ts";
import type { Transaction } from "#db/connection/session.ts";
import type { Changes, RoomPeriod } from "#domain/projection/changes.ts";
import { dropAttendances, keepAttendances } from "./attendances.ts";
import { appendEvents, assignPeople, refileEvents, withdrawEvents } from "./events.ts";
import { countLeft } from "./left.ts";
import { keepMeetings, redirectMeetings } from "./meetings.ts";
import { movePeople, recountJoined } from "./people.ts";
import { storeReturns } from "./returns.ts";
import { keepRooms } from "./rooms.ts";
import { dropWaits, keepWaits } from "./waits.ts";

/**
 * Writes changes and notifies the bus of them: a constant number of statements, sent together; none for what
 * is empty. Which people came back to another meeting of the day of `timeZone` can only be read from the
 * written rows, so that takes one more, and so does counting those who did not.
 */
export async function apply(tx: Transaction, changes: Changes, timeZone: string): Promise<void> {
  const { returning, waits } = changes;
  const waited = [...waits.kept, ...waits.dropped].map(({ meetingId }) => meetingId);
  await Promise.all([
    keepMeetings(tx, changes.meetings),
    withdrawEvents(tx, changes.withdrawn),
    refileEvents(tx, changes.refiled),
    appendEvents(tx, changes.appended),
    assignPeople(tx, changes.assigned),
    dropAttendances(tx, changes.attendances.dropped),
    keepAttendances(tx, changes.attendances.kept),
    dropWaits(tx, waits.dropped),
    keepWaits(tx, waits.kept),
    keepRooms(tx, changes.rooms),
    redirectMeetings(tx, changes.merged),
    notifyChanged(tx, changes),
    returning.length === 0 ? countLeft(tx, distinct(waited)) : null,
    // Last, because from here on other transactions with new events of the same people wait.
    movePeople(tx, changes.people).then((ids) => recountJoined(tx, ids)),
  ]);
  if (returning.length === 0) return;
  const elsewhere = await applyReturns(tx, returning, timeZone);
  await countLeft(tx, distinct([...waited, ...elsewhere]));
}

/** Answers the meetings whose waits changed. */
async function applyReturns(
  tx: Transaction,
  around: readonly RoomPeriod[],
  timeZone: string,
): Promise<string[]> {
  const changed = await storeReturns(tx, around, timeZone);
  if (changed.length > 0) {
    await notifyChanged(tx, { meetings: changed, appended: [], refiled: [], merged: [] });
  }
  return changed.map(({ id }) => id);
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
