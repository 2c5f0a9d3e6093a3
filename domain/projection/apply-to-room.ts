import {
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { applyIncrementally } from "#domain/meeting/apply-incrementally.ts";
import { type PersonView, projectPeople } from "#domain/meeting/person-view.ts";
import { EMPTY_TALLY } from "#domain/meeting/tally.ts";
import { lostUntil } from "#domain/meeting/wait-deadlines.ts";
import { NO_RETURNED_WAITS } from "#domain/participant/room-context.ts";
import { laterOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUnresolved } from "./around.ts";
import { attendanceOf } from "./attendance.ts";
import { type Changes, changesOfPeople, changesOfRoom, NO_CHANGES, reassigned } from "./changes.ts";
import { byTime, peopleByParticipant, type RoomInput, spanOf } from "./news.ts";
import type { Ids, RecordedEvent } from "./state.ts";

/** A participant of one meeting with new events. */
export interface Touched {
  meetingId: string;
  participantId: string;
  userId: string | null;
  nameKey: string | null;
}

/**
 * The participants that the new events touch in the room's latest meeting; none, where they cannot be
 * applied incrementally anyway.
 */
export function touchedBy({ current: meeting, arrived, stale, withdrawn }: RoomInput): Touched[] {
  if (stale.length > 0 || withdrawn.size > 0) return [];
  if (!meeting || meeting.tally.whole || meeting.tally.frame.endedAt !== null) return [];
  return arrived.flatMap(({ event }) =>
    isAboutParticipant(event)
      ? {
          meetingId: meeting.id,
          participantId: event.participantId,
          userId: event.userId,
          nameKey: foldName(event.name),
        }
      : [],
  );
}

/**
 * Applies the new events of a room to its latest meeting by projecting only the touched people, of whom
 * `existing` are all earlier events. `null` where that is not enough, and the meetings around have to be
 * rebuilt.
 */
export function applyToRoom(
  news: RoomInput,
  existing: readonly RecordedEvent[],
  now: Ms,
  ids: Ids,
): Changes | null {
  const { room, rules, arrived, current: meeting, stale, withdrawn } = news;
  if (stale.length > 0 || withdrawn.size > 0) return null;
  if (arrived.some(({ event }) => isUnresolved(room, event))) return null;
  const old = existing.map(({ event }) => event);
  const fresh = arrived.map(({ event }) => event);
  const observedFrom = meeting?.tally.frame.observedFrom ?? null;
  const setting = { closings: [], observedFrom, returned: NO_RETURNED_WAITS, rules };
  const was = projectPeople(old, setting, now);
  const is = projectPeople([...old, ...fresh], setting, now);
  if (mayAffectEarlier(news, { old, fresh }, is)) return null;
  const before = meeting?.tally ?? EMPTY_TALLY;
  const tally = applyIncrementally(before, was, is, { existing: old, arrived: fresh }, rules, now);
  if (tally === null) return null;

  const id = meeting?.id ?? ids.fresh();
  const seq = meeting?.seq ?? 0;
  const people = peopleByParticipant(is);
  const appended = arrived.toSorted(byTime).map(({ event, deliveryId }, index): RecordedEvent => {
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    return { meetingId: id, seq: seq + index + 1, personId, deliveryId, event };
  });
  const own = { id, sourceId: room.sourceId, rules };
  const stored = was.map((view) => attendanceOf(own, view, ids));
  const projected = is.map((view) => attendanceOf(own, view, ids));
  const state = {
    currentMeetingId: id,
    unresolvedUntil: room.unresolvedUntil,
    lostUntil: laterOf(room.lostUntil, lostUntil(is)),
  };
  return {
    ...NO_CHANGES,
    meetings: [{ id, roomId: room.id, sourceId: room.sourceId, seq: seq + fresh.length, tally }],
    appended,
    assigned: reassigned([], stored, projected),
    ...changesOfPeople(room, rules, stored, projected),
    ...changesOfRoom(room, state, spanOf(fresh)),
  };
}

/** Whether the new events may decide visits or waits of an earlier meeting without a reported end. */
function mayAffectEarlier(
  { room, rules }: RoomInput,
  { old, fresh }: { old: readonly MeetingEvent[]; fresh: readonly MeetingEvent[] },
  people: readonly PersonView[],
): boolean {
  // No visit or wait of the room is undecided.
  if (room.unresolvedUntil === null || rules.meetings === "one_per_room") return false;
  const all = [...old, ...fresh];
  return fresh.some((event) => isFromOutside(event, people) || isNamedLate(event, all));
}

/** An event of a connection that did not come in here: it may still be in an earlier meeting of the room. */
function isFromOutside(event: MeetingEvent, people: readonly PersonView[]): boolean {
  return (
    event.type === "updated" &&
    !people.some(({ visits }) =>
      visits.some(
        ({ participantId, joinedAt }) =>
          participantId === event.participantId && joinedAt <= event.at,
      ),
    )
  );
}

/**
 * A person who is in is named only now: the name also applied when they came in, and may decide whose wait
 * ended then, or a stay in another meeting of the room.
 */
function isNamedLate(event: MeetingEvent, all: readonly MeetingEvent[]): boolean {
  if (!isAboutParticipant(event) || (event.userId === null && event.name === null)) return false;
  const before = all
    .filter(isAboutParticipant)
    .filter(({ participantId, at }) => participantId === event.participantId && at < event.at);
  if (!before.some(({ type }) => type === "joined")) return false;
  const isNew = (label: (one: ParticipantEvent) => string | null) => {
    const value = label(event);
    return value !== null && !before.some((one) => label(one) === value);
  };
  return isNew(({ userId }) => userId) || isNew(({ name }) => foldName(name));
}
