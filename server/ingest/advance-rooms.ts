import { v7 as uuid } from "uuid";
import { eventsOfTouched, type FiledEvent, type Touched } from "#db/recording/events.ts";
import { type KeptMeeting, meetingsById } from "#db/recording/meetings.ts";
import { attendanceOf } from "#db/recording/people.ts";
import type { Room } from "#db/recording/rooms.ts";
import type { Transaction } from "#db/session.ts";
import { advance } from "#domain/advance.ts";
import { earliest, isAboutParticipant, type MeetingEvent, type Ms } from "#domain/event.ts";
import { foldName } from "#domain/name.ts";
import type { Rules } from "#domain/rules.ts";
import { type PersonStory, tellPeople } from "#domain/story.ts";
import { EMPTY_TALLY, latest } from "#domain/tally.ts";
import { lostUntil, NOBODY } from "#domain/wait.ts";
import { type Change, changePeople, changeRoom } from "./change.ts";

/** What a batch brings to one room. The room is locked. */
export interface RoomNews {
  room: Room;
  rules: Rules;
  /** Without a delivery: what an operator said. */
  arrived: { event: MeetingEvent; deliveryId: number | null }[];
  /** The room's latest meeting, read under the lock. */
  current: KeptMeeting | null;
}

/** Reads the latest meeting of each locked room: one statement. */
export async function currentMeetings(
  tx: Transaction,
  rooms: readonly Room[],
): Promise<Map<number, KeptMeeting>> {
  const ids = rooms.flatMap(({ currentMeetingId }) => currentMeetingId ?? []);
  const meetings = ids.length > 0 ? await meetingsById(tx, ids) : [];
  return new Map(meetings.map((meeting) => [meeting.roomId, meeting]));
}

/**
 * Takes the news of each room to its latest meeting by telling only the touched people again, and answers
 * the rooms for which that is not enough. One statement, however many rooms.
 */
export async function advanceRooms(
  tx: Transaction,
  news: readonly RoomNews[],
  change: Change,
  now: Ms,
): Promise<RoomNews[]> {
  const touched = news.flatMap(touchedBy);
  const filed = touched.length > 0 ? await eventsOfTouched(tx, touched) : [];
  const known = Map.groupBy(filed, ({ meetingId }) => meetingId);
  return news.filter(
    (own) => !advanceRoom(own, known.get(own.current?.id ?? "") ?? [], change, now),
  );
}

/** Nobody, where the meeting cannot be advanced anyway. */
function touchedBy({ current: meeting, arrived }: RoomNews): Touched[] {
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

function advanceRoom(
  { room, rules, arrived, current: meeting }: RoomNews,
  known: readonly FiledEvent[],
  change: Change,
  now: Ms,
): boolean {
  const unresolved = room.unresolvedUntil ?? 0;
  if (arrived.some(({ event }) => event.at <= unresolved)) return false;
  const old = known.map(({ event }) => event);
  const fresh = arrived.map(({ event }) => event);
  const observedFrom = meeting?.tally.frame.observedFrom ?? null;
  const setting = { closings: [], observedFrom, returned: NOBODY, rules };
  const was = tellPeople(old, setting, now);
  const is = tellPeople([...old, ...fresh], setting, now);
  const tally = advance(
    meeting?.tally ?? EMPTY_TALLY,
    was,
    is,
    { known: old, arrived: fresh },
    rules,
    now,
  );
  if (tally === null) return false;

  const id = meeting?.id ?? uuid();
  const seq = meeting?.seq ?? 0;
  const people = peopleByParticipant(is);
  change.meetings.push({
    id,
    roomId: room.id,
    sourceId: room.sourceId,
    seq: seq + fresh.length,
    tally,
  });
  for (const [index, { event, deliveryId }] of arrived.toSorted(byTime).entries()) {
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    change.appended.push({ meetingId: id, seq: seq + index + 1, personId, deliveryId, event });
  }
  const own = { id, sourceId: room.sourceId, rules };
  changePeople(
    change,
    own,
    was.map((story) => attendanceOf(own, story)),
    is.map((story) => attendanceOf(own, story)),
  );
  const state = {
    currentMeetingId: id,
    unresolvedUntil: room.unresolvedUntil,
    lostUntil: latest(room.lostUntil, lostUntil(is)),
  };
  changeRoom(change, room, state, spanOf(fresh));
  return true;
}

/** From the earliest moment events speak of to the latest. */
export function spanOf(events: readonly MeetingEvent[]): { from: Ms; to: Ms } {
  return events.reduce(
    ({ from, to }, event) => ({
      from: Math.min(from, earliest(event)),
      to: Math.max(to, event.at),
    }),
    { from: Infinity, to: -Infinity },
  );
}

/** In the order things happened; what happened at one moment in an order that is always the same. */
export function byTime(a: { event: MeetingEvent }, b: { event: MeetingEvent }): number {
  return a.event.at - b.event.at || (rank(a.event) < rank(b.event) ? -1 : 1);
}

function rank(event: MeetingEvent): string {
  return isAboutParticipant(event) ? `${event.type} ${event.participantId}` : event.type;
}

export function peopleByParticipant(people: readonly PersonStory[]): Map<string, string> {
  return new Map(
    people.flatMap(({ id, participantIds }) =>
      participantIds.map((participant) => [participant, id]),
    ),
  );
}
