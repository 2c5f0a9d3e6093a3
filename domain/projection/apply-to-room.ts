import {
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { applyIncrementally } from "#domain/meeting/apply-incrementally.ts";
import { type PersonView, projectPeople } from "#domain/meeting/person-view.ts";
import { EMPTY_TALLY, laterOf } from "#domain/meeting/tally.ts";
import { lostUntil } from "#domain/meeting/wait.ts";
import { NOBODY } from "#domain/participant/room-context.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUnresolved } from "./around.ts";
import { attendanceOf } from "./attendance.ts";
import { type Changes, changesOfPeople, changesOfRoom, NO_CHANGES, reassigned } from "./changes.ts";
import { byTime, peopleByParticipant, type RoomNews, spanOf } from "./news.ts";
import type { Ids, RecordedEvent } from "./state.ts";

/** Who, in one meeting, there is news of. */
export interface Touched {
  meetingId: string;
  participantId: string;
  userId: string | null;
  nameKey: string | null;
}

/** Whom the news of a room touches in its latest meeting; nobody, where that cannot be advanced anyway. */
export function touchedBy({ current: meeting, arrived, stale, withdrawn }: RoomNews): Touched[] {
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
 * Takes the news of a room to its latest meeting by telling only the touched people again, of whom `known` are
 * all events. `null` where that is not enough, and what is around has to be told whole.
 */
export function applyToRoom(
  news: RoomNews,
  known: readonly RecordedEvent[],
  now: Ms,
  ids: Ids,
): Changes | null {
  const { room, rules, arrived, current: meeting, stale, withdrawn } = news;
  if (stale.length > 0 || withdrawn.size > 0) return null;
  if (arrived.some(({ event }) => isUnresolved(room, event))) return null;
  const old = known.map(({ event }) => event);
  const fresh = arrived.map(({ event }) => event);
  const observedFrom = meeting?.tally.frame.observedFrom ?? null;
  const setting = { closings: [], observedFrom, returned: NOBODY, rules };
  const was = projectPeople(old, setting, now);
  const is = projectPeople([...old, ...fresh], setting, now);
  if (maySpeakOfEarlier(news, { old, fresh }, is)) return null;
  const before = meeting?.tally ?? EMPTY_TALLY;
  const tally = applyIncrementally(before, was, is, { known: old, arrived: fresh }, rules, now);
  if (tally === null) return null;

  const id = meeting?.id ?? ids.fresh();
  const seq = meeting?.seq ?? 0;
  const people = peopleByParticipant(is);
  const appended = arrived.toSorted(byTime).map(({ event, deliveryId }, index): RecordedEvent => {
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    return { meetingId: id, seq: seq + index + 1, personId, deliveryId, event };
  });
  const own = { id, sourceId: room.sourceId, rules };
  const kept = was.map((view) => attendanceOf(own, view, ids));
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
    assigned: reassigned([], kept, projected),
    ...changesOfPeople(room, rules, kept, projected),
    ...changesOfRoom(room, state, spanOf(fresh)),
  };
}

/** Whether what arrived may tell something of people whose stay or wait in an earlier meeting has no reported end. */
function maySpeakOfEarlier(
  { room, rules }: RoomNews,
  { old, fresh }: { old: readonly MeetingEvent[]; fresh: readonly MeetingEvent[] },
  people: readonly PersonView[],
): boolean {
  // Nobody ever was left in this room of whom that is not known.
  if (room.unresolvedUntil === null || rules.meetings === "one_per_room") return false;
  const all = [...old, ...fresh];
  return fresh.some((event) => isHeardOfOutside(event, people) || isNamedLate(event, all));
}

/** Something of a connection that did not come in here: it may never have left an earlier meeting of the room. */
function isHeardOfOutside(event: MeetingEvent, people: readonly PersonView[]): boolean {
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
 * Of somebody who is in it turns out what they are called: they were called so as they came in, and whose a wait
 * was that ended then, or a stay elsewhere in the room, may hang on it.
 */
function isNamedLate(event: MeetingEvent, all: readonly MeetingEvent[]): boolean {
  if (!isAboutParticipant(event) || (event.userId === null && event.name === null)) return false;
  const before = all
    .filter(isAboutParticipant)
    .filter(({ participantId, at }) => participantId === event.participantId && at < event.at);
  if (!before.some(({ type }) => type === "joined")) return false;
  const isNew = (label: (one: ParticipantEvent) => string | null) => {
    const said = label(event);
    return said !== null && !before.some((one) => label(one) === said);
  };
  return isNew(({ userId }) => userId) || isNew(({ name }) => foldName(name));
}
