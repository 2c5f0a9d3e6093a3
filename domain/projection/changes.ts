import type { Ms } from "#domain/time/ms.ts";
import { waitStatesOf } from "./attendance.ts";
import { type Move, movesOf } from "./moves.ts";
import type {
  AttendanceState,
  MeetingOfSource,
  MeetingState,
  PersonKey,
  RecordedEvent,
  Room,
  RoomState,
  WaitKey,
  WaitState,
} from "./state.ts";

/** A room and the time in it that was projected again, to `to`. */
export interface RoomPeriod {
  roomId: number;
  from: Ms;
  to: Ms;
}

/** The changes to the stored rows, of one room or of many. */
export interface Changes {
  meetings: readonly MeetingState[];
  appended: readonly RecordedEvent[];
  /** Withdrawn events: their deliveries are read again. */
  withdrawn: readonly RecordedEvent[];
  /** Moved to another meeting, where meetings merged or parted. */
  refiled: readonly { from: RecordedEvent; meetingId: string; seq: number }[];
  /** The person that a participant's events turned out to be about. */
  assigned: readonly { meetingId: string; participantId: string; personId: string }[];
  attendances: { kept: readonly AttendanceState[]; dropped: readonly PersonKey[] };
  waits: { kept: readonly WaitState[]; dropped: readonly WaitKey[] };
  /** Changes to all people over all meetings. */
  people: readonly Move[];
  rooms: readonly RoomState[];
  /** Periods in which a person may have come back after giving up, which no single meeting shows. */
  returning: readonly RoomPeriod[];
  /** Meetings that were merged, and where their addresses lead. */
  merged: readonly { from: string; into: string }[];
}

export const NO_CHANGES: Changes = {
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

/** The changes of several rooms. */
export function together(all: readonly Changes[]): Changes {
  const [only = NO_CHANGES, ...others] = all;
  if (others.length === 0) return only;
  return {
    meetings: all.flatMap(({ meetings }) => meetings),
    appended: all.flatMap(({ appended }) => appended),
    withdrawn: all.flatMap(({ withdrawn }) => withdrawn),
    refiled: all.flatMap(({ refiled }) => refiled),
    assigned: all.flatMap(({ assigned }) => assigned),
    attendances: {
      kept: all.flatMap(({ attendances }) => attendances.kept),
      dropped: all.flatMap(({ attendances }) => attendances.dropped),
    },
    waits: {
      kept: all.flatMap(({ waits }) => waits.kept),
      dropped: all.flatMap(({ waits }) => waits.dropped),
    },
    people: all.flatMap(({ people }) => people),
    rooms: all.flatMap(({ rooms }) => rooms),
    returning: all.flatMap(({ returning }) => returning),
    merged: all.flatMap(({ merged }) => merged),
  };
}

/** The changes from a room's stored people to its projected people. */
export function changesOfPeople(
  room: Pick<Room, "id" | "sourceId">,
  rules: MeetingOfSource["rules"],
  stored: readonly AttendanceState[],
  projected: readonly AttendanceState[],
): Pick<Changes, "attendances" | "waits" | "people"> {
  const [was, is] = [Map.groupBy(stored, meetingOf), Map.groupBy(projected, meetingOf)];
  const meetings = [...new Set([...was.keys(), ...is.keys()])];
  const waits = (rows: readonly AttendanceState[]) =>
    rows.flatMap((row) => waitStatesOf(row, room.id));
  return {
    attendances: changed(stored, projected, key),
    waits: changesOfWaits(waits(stored), waits(projected)),
    people: meetings.flatMap((id) => {
      const meeting = { id, sourceId: room.sourceId, rules };
      return movesOf(meeting, was.get(id) ?? [], is.get(id) ?? []);
    }),
  };
}

/** The changes from stored waits to projected waits. Whether a person returned is not compared. */
export function changesOfWaits(
  stored: readonly WaitState[],
  projected: readonly WaitState[],
): Changes["waits"] {
  return changed(stored, projected, waitKey);
}

function changed<Row extends object>(
  stored: readonly Row[],
  projected: readonly Row[],
  nameOf: (row: Row) => string,
): { kept: Row[]; dropped: Row[] } {
  const before = new Map(stored.map((row) => [nameOf(row), row]));
  const fresh = projected.filter((row) => {
    const existing = before.get(nameOf(row));
    before.delete(nameOf(row));
    return existing === undefined || !same(existing, row);
  });
  return { kept: fresh, dropped: [...before.values()] };
}

/**
 * Participants whose events name another person than they turned out to be about. Events stored before name
 * their earlier person, and events moved here from another meeting the person there.
 */
export function reassigned(
  refiled: Changes["refiled"],
  stored: readonly AttendanceState[],
  projected: readonly AttendanceState[],
): Changes["assigned"] {
  const moved = new Set(refiled.map(meetingOf));
  const was = new Map(
    stored.flatMap(({ meetingId, personId, participantIds }) =>
      participantIds.map((participant) => [`${meetingId} ${participant}`, personId]),
    ),
  );
  return projected.flatMap(({ meetingId, personId, participantIds }) =>
    participantIds.flatMap((participantId) => {
      const earlier = was.get(`${meetingId} ${participantId}`);
      const isOther = moved.has(meetingId) || (earlier !== undefined && earlier !== personId);
      return isOther ? [{ meetingId, participantId, personId }] : [];
    }),
  );
}

/** Leaves out the meetings without any change: they are neither written nor notified. */
export function withoutUnchanged(changes: Changes, stored: readonly MeetingState[]): Changes {
  const before = new Map(stored.map((meeting) => [meeting.id, meeting]));
  const { appended, withdrawn, refiled, assigned, attendances, waits, merged } = changes;
  const touched = new Set([
    ...[appended, withdrawn, refiled, assigned].flat().map(meetingOf),
    ...refiled.map(({ from }) => from.meetingId),
    ...[attendances.kept, attendances.dropped].flat().map(meetingOf),
    ...[waits.kept, waits.dropped].flat().map(meetingOf),
    ...merged.map(({ into }) => into),
  ]);
  const meetings = changes.meetings.filter((projected) => {
    const was = before.get(projected.id);
    return (
      touched.has(projected.id) || was === undefined || !same(settled(was), settled(projected))
    );
  });
  return { ...changes, meetings };
}

/** The changes of a room after some of its meetings were projected again, from one moment to another. */
export function changesOfRoom(
  room: Room,
  state: Omit<RoomState, "id">,
  { from, to }: Omit<RoomPeriod, "roomId">,
): Pick<Changes, "rooms" | "returning"> {
  const isSame =
    room.currentMeetingId === state.currentMeetingId &&
    room.unresolvedUntil === state.unresolvedUntil &&
    room.lostUntil === state.lostUntil;
  return {
    rooms: isSame ? [] : [{ id: room.id, ...state }],
    returning: (state.lostUntil ?? 0) >= from ? [{ roomId: room.id, from, to }] : [],
  };
}

function meetingOf({ meetingId }: { meetingId: string }): string {
  return meetingId;
}

function key({ meetingId, personId }: PersonKey): string {
  return `${meetingId} ${personId}`;
}

function waitKey({ meetingId, participantId, startedAt }: WaitKey): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

/** How far back the recent headcount reaches depends on the order of arrival: that alone is no change. */
function settled({ tally, ...meeting }: MeetingState): object {
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
