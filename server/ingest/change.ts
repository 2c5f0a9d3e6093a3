import { notifyChanged } from "#db/bus.ts";
import {
  appendEvents,
  assignPeople,
  type FiledEvent,
  refileEvents,
  withdrawEvents,
} from "#db/recording/events.ts";
import { movePeople, tellJoined } from "#db/recording/everybody.ts";
import { countLeft } from "#db/recording/left.ts";
import { type KeptMeeting, keepMeetings, redirectMeetings } from "#db/recording/meetings.ts";
import { type Move, movesOf } from "#db/recording/moves.ts";
import {
  type Attendance,
  dropAttendances,
  dropWaits,
  type KeptWait,
  keepAttendances,
  keepWaits,
  type MeetingOfSource,
  type PersonKey,
  waitsOf,
} from "#db/recording/people.ts";
import { type Around, keepReturns } from "#db/recording/returns.ts";
import { keepRooms, type Room, type RoomState } from "#db/recording/rooms.ts";
import type { Transaction } from "#db/session.ts";
import { homeZone } from "#server/zone.ts";

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
  /** Of everybody over all meetings. */
  people: Move[];
  rooms: RoomState[];
  /** Where somebody may have come back after giving up, which no single meeting tells. */
  returning: Around[];
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
    people: [],
    rooms: [],
    returning: [],
    merged: [],
  };
}

/** Adds what turns the people as they are kept into the people as they are told. */
export function changePeople(
  change: Change,
  source: Omit<MeetingOfSource, "id">,
  kept: readonly Attendance[],
  told: readonly Attendance[],
): void {
  const before = new Map(kept.map((row) => [key(row), row]));
  const waitsBefore = new Map(kept.flatMap(waitsOf).map((wait) => [waitKey(wait), wait]));
  for (const row of told) {
    const known = before.get(key(row));
    before.delete(key(row));
    if (known === undefined || !same(known, row)) change.attendances.kept.push(row);
    for (const wait of waitsOf(row)) {
      const knownWait = waitsBefore.get(waitKey(wait));
      waitsBefore.delete(waitKey(wait));
      if (knownWait === undefined || !same(knownWait, wait)) change.waits.kept.push(wait);
    }
  }
  change.attendances.dropped.push(...before.values());
  change.waits.dropped.push(...waitsBefore.values());
  change.assigned.push(...reassigned(change, kept, told));
  const [was, is] = [Map.groupBy(kept, meetingOf), Map.groupBy(told, meetingOf)];
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    change.people.push(...movesOf({ id, ...source }, was.get(id) ?? [], is.get(id) ?? []));
  }
}

/**
 * Whose events say somebody else than who they turned out to be: events filed before name the person they
 * were of then, and events filed here from elsewhere the person they were there.
 */
function reassigned(
  { refiled }: Change,
  kept: readonly Attendance[],
  told: readonly Attendance[],
): Change["assigned"] {
  const moved = new Set(refiled.map(({ meetingId }) => meetingId));
  const was = new Map(
    kept.flatMap(({ meetingId, personId, participantIds }) =>
      participantIds.map((participant) => [`${meetingId} ${participant}`, personId]),
    ),
  );
  return told.flatMap(({ meetingId, personId, participantIds }) =>
    participantIds.flatMap((participantId) => {
      const known = was.get(`${meetingId} ${participantId}`);
      const changed = moved.has(meetingId) || (known !== undefined && known !== personId);
      return changed ? [{ meetingId, participantId, personId }] : [];
    }),
  );
}

/** Leaves out the meetings of which nothing at all changed: they are neither written nor rung for. */
export function keepChanged(change: Change, known: readonly KeptMeeting[]): void {
  const before = new Map(known.map((meeting) => [meeting.id, meeting]));
  const { appended, withdrawn, refiled, assigned, attendances, waits, merged } = change;
  const touched = new Set([
    ...[appended, withdrawn, refiled, assigned].flat().map(meetingOf),
    ...refiled.map(({ from }) => from.meetingId),
    ...[attendances.kept, attendances.dropped].flat().map(meetingOf),
    ...[waits.kept, waits.dropped].flat().map(meetingOf),
    ...merged.map(({ into }) => into),
  ]);
  change.meetings = change.meetings.filter((told) => {
    const was = before.get(told.id);
    return touched.has(told.id) || was === undefined || !same(settled(was), settled(told));
  });
}

/** Adds what follows for a room from its meetings, of which something was told anew from one moment to another. */
export function changeRoom(
  change: Change,
  room: Room,
  state: Omit<RoomState, "id">,
  { from, to }: Omit<Around, "roomId">,
): void {
  if (!same(room, state)) change.rooms.push({ id: room.id, ...state });
  if ((state.lostUntil ?? 0) >= from) change.returning.push({ roomId: room.id, from, to });
}

function meetingOf({ meetingId }: { meetingId: string }): string {
  return meetingId;
}

function key({ meetingId, personId }: PersonKey): string {
  return `${meetingId} ${personId}`;
}

function waitKey({ meetingId, participantId, startedAt }: KeptWait): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

/** How many were there of late is kept as far back as it came to be known: that alone is no change. */
function settled({ tally, ...meeting }: KeptMeeting): object {
  return { ...meeting, tally: { ...tally, recent: null } };
}

/** Rows are plain data; the database may give the keys of JSON back in another order. */
function same(a: object, b: object): boolean {
  const other = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([name, value]) => {
    const was = other.get(name);
    if (was === value) return true;
    return typeof value === "object" && value !== null && canonical(was) === canonical(value);
  });
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  );
}

/**
 * Writes a change: a constant number of statements, sent together; none for what is empty. Who came back
 * to another meeting of the day can only be told from what is written, so that is one more, and so is how
 * many did not.
 */
export async function writeChange(tx: Transaction, change: Change): Promise<void> {
  const each = <T>(
    rows: readonly T[],
    write: (tx: Transaction, rows: readonly T[]) => Promise<void>,
  ) => (rows.length > 0 ? write(tx, rows) : Promise.resolve());
  await Promise.all([
    each(change.meetings, keepMeetings),
    each(change.withdrawn, withdrawEvents),
    each(change.refiled, refileEvents),
    each(change.appended, appendEvents),
    each(change.assigned, assignPeople),
    each(change.attendances.dropped, dropAttendances),
    each(change.attendances.kept, keepAttendances),
    each(change.waits.dropped, dropWaits),
    each(change.waits.kept, keepWaits),
    each(change.rooms, keepRooms),
    each(change.merged, redirectMeetings),
    notifyChanged(tx, change),
    change.returning.length === 0 ? each(meetingsOf(change.waits), countLeft) : null,
    // Last, because others who have news of the same people wait from then on.
    change.people.length > 0
      ? movePeople(tx, change.people).then((ids) => tellJoined(tx, ids))
      : null,
  ]);
  if (change.returning.length > 0) {
    const elsewhere = await tellReturns(tx, change.returning);
    await each([...new Set([...meetingsOf(change.waits), ...elsewhere])], countLeft);
  }
}

/** Answers the meetings of which something else is said than before. */
async function tellReturns(tx: Transaction, around: readonly Around[]): Promise<string[]> {
  const meetings = await keepReturns(tx, around, homeZone());
  if (meetings.length > 0) {
    await notifyChanged(tx, { meetings, appended: [], refiled: [], merged: [] });
  }
  return meetings.map(({ id }) => id);
}

function meetingsOf({ kept, dropped }: Change["waits"]): string[] {
  return [...new Set([...kept, ...dropped].map(({ meetingId }) => meetingId))];
}
