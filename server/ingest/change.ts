import type { Transaction } from "#db/client.ts";
import {
  appendEvents,
  assignPeople,
  type FiledEvent,
  refileEvents,
  withdrawEvents,
} from "#db/recording/events.ts";
import { type KeptMeeting, keepMeetings, redirectMeetings } from "#db/recording/meetings.ts";
import {
  type Attendance,
  dropAttendances,
  dropWaits,
  type KeptWait,
  keepAttendances,
  keepWaits,
  type PersonKey,
  waitsOf,
} from "#db/recording/people.ts";
import { keepRooms, type RoomState } from "#db/recording/rooms.ts";

/** Everything one batch does to the read models, gathered so that it is written in a few statements. */
export interface Change {
  meetings: KeptMeeting[];
  appended: FiledEvent[];
  /** Taken back: what their deliveries say is told anew. Only a replay does that. */
  withdrawn: FiledEvent[];
  refiled: { from: FiledEvent; meetingId: string; seq: number }[];
  assigned: { meetingId: string; participantId: string; personId: string }[];
  attendances: { kept: Attendance[]; dropped: PersonKey[] };
  waits: { kept: KeptWait[]; dropped: KeptWait[] };
  rooms: RoomState[];
  merged: { from: string; into: string }[];
}

export function noChange(): Change {
  return {
    meetings: [],
    appended: [],
    withdrawn: [],
    refiled: [],
    assigned: [],
    attendances: { kept: [], dropped: [] },
    waits: { kept: [], dropped: [] },
    rooms: [],
    merged: [],
  };
}

/** Adds what turns the people as they are kept into the people as they are told. */
export function changePeople(
  change: Change,
  kept: readonly Attendance[],
  told: readonly Attendance[],
): void {
  const moved = new Set(change.refiled.map(({ meetingId }) => meetingId));
  const before = new Map(kept.map((row) => [key(row), row]));
  const waitsBefore = new Map(kept.flatMap(waitsOf).map((wait) => [waitKey(wait), wait]));
  for (const row of told) {
    const known = before.get(key(row));
    before.delete(key(row));
    const changed = known === undefined || !same(known, row);
    if (changed) change.attendances.kept.push(row);
    for (const wait of waitsOf(row)) {
      const knownWait = waitsBefore.get(waitKey(wait));
      waitsBefore.delete(waitKey(wait));
      if (knownWait === undefined || !same(knownWait, wait)) change.waits.kept.push(wait);
    }
    // Events that were filed here from elsewhere carry the person they were there.
    const whoWas = new Set(moved.has(row.meetingId) ? [] : known?.participantIds);
    for (const participantId of row.participantIds) {
      if (!whoWas.has(participantId)) {
        change.assigned.push({ meetingId: row.meetingId, participantId, personId: row.personId });
      }
    }
  }
  change.attendances.dropped.push(...before.values());
  change.waits.dropped.push(...waitsBefore.values());
}

function key({ meetingId, personId }: PersonKey): string {
  return `${meetingId} ${personId}`;
}

function waitKey({ meetingId, participantId, startedAt }: KeptWait): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

/** Rows are plain data; the database may give the keys of JSON back in another order. */
function same(a: object, b: object): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  );
}

/** Writes a change: a constant number of statements, none for what is empty. */
export async function writeChange(tx: Transaction, change: Change): Promise<void> {
  const each = async <T>(
    rows: readonly T[],
    write: (tx: Transaction, rows: readonly T[]) => Promise<void>,
  ) => {
    if (rows.length > 0) await write(tx, rows);
  };
  await each(change.meetings, keepMeetings);
  await each(change.withdrawn, withdrawEvents);
  await each(change.refiled, refileEvents);
  await each(change.appended, appendEvents);
  await each(reassigned(change), assignPeople);
  await each(change.attendances.dropped, dropAttendances);
  await each(change.attendances.kept, keepAttendances);
  await each(change.waits.dropped, dropWaits);
  await each(change.waits.kept, keepWaits);
  await each(change.rooms, keepRooms);
  await each(change.merged, redirectMeetings);
}

/** Events appended in this change carry their person already; only those filed before need telling. */
function reassigned({ assigned, appended, refiled, meetings }: Change): Change["assigned"] {
  const fresh = new Map<string, number>();
  for (const { meetingId } of appended) fresh.set(meetingId, (fresh.get(meetingId) ?? 0) + 1);
  const moved = new Set(refiled.map(({ meetingId }) => meetingId));
  const allNew = new Set(
    meetings.filter(({ id, seq }) => fresh.get(id) === seq && !moved.has(id)).map(({ id }) => id),
  );
  return assigned.filter(({ meetingId }) => !allNew.has(meetingId));
}
