import { advance } from "#domain/advance.ts";
import { isAboutParticipant, type Ms } from "#domain/event.ts";
import { foldName } from "#domain/name.ts";
import { tellPeople } from "#domain/story.ts";
import { EMPTY_TALLY, latest } from "#domain/tally.ts";
import { lostUntil, NOBODY } from "#domain/wait.ts";
import { attendanceOf } from "./attendance.ts";
import { type Changes, changesOfPeople, changesOfRoom, NO_CHANGES, reassigned } from "./changes.ts";
import type { FiledEvent, Ids } from "./kept.ts";
import { byTime, peopleByParticipant, type RoomNews, spanOf } from "./news.ts";

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
export function advanceRoom(
  { room, rules, arrived, current: meeting, stale, withdrawn }: RoomNews,
  known: readonly FiledEvent[],
  now: Ms,
  ids: Ids,
): Changes | null {
  if (stale.length > 0 || withdrawn.size > 0) return null;
  const unresolved = room.unresolvedUntil ?? 0;
  if (arrived.some(({ event }) => event.at <= unresolved)) return null;
  const old = known.map(({ event }) => event);
  const fresh = arrived.map(({ event }) => event);
  const observedFrom = meeting?.tally.frame.observedFrom ?? null;
  const setting = { closings: [], observedFrom, returned: NOBODY, rules };
  const was = tellPeople(old, setting, now);
  const is = tellPeople([...old, ...fresh], setting, now);
  const before = meeting?.tally ?? EMPTY_TALLY;
  const tally = advance(before, was, is, { known: old, arrived: fresh }, rules, now);
  if (tally === null) return null;

  const id = meeting?.id ?? ids.fresh();
  const seq = meeting?.seq ?? 0;
  const people = peopleByParticipant(is);
  const appended = arrived.toSorted(byTime).map(({ event, deliveryId }, index): FiledEvent => {
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    return { meetingId: id, seq: seq + index + 1, personId, deliveryId, event };
  });
  const own = { id, sourceId: room.sourceId, rules };
  const kept = was.map((story) => attendanceOf(own, story, ids));
  const told = is.map((story) => attendanceOf(own, story, ids));
  const state = {
    currentMeetingId: id,
    unresolvedUntil: room.unresolvedUntil,
    lostUntil: latest(room.lostUntil, lostUntil(is)),
  };
  return {
    ...NO_CHANGES,
    meetings: [{ id, roomId: room.id, sourceId: room.sourceId, seq: seq + fresh.length, tally }],
    appended,
    assigned: reassigned([], kept, told),
    ...changesOfPeople(room, rules, kept, told),
    ...changesOfRoom(room, state, spanOf(fresh)),
  };
}
