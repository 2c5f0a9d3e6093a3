import type { Transaction } from "#db/connection/session.ts";
import { touchedBy } from "#domain/projection/apply-to-room.ts";
import { extentAround, type RoomExtent, selectorsOf } from "#domain/projection/around.ts";
import type { RoomInput } from "#domain/projection/news.ts";
import type { RoomBefore } from "#domain/projection/rebuild-room.ts";
import type { MeetingState, RecordedEvent, Room } from "#domain/projection/state.ts";
import { attendancesOf } from "./attendances.ts";
import { eventsOfMeetings, eventsOfTouched } from "./events.ts";
import { meetingsAround, meetingsById, meetingsNamed } from "./meetings.ts";

/*
 * Loads the state of locked rooms before their new events are projected: a constant number of statements,
 * however many rooms.
 */

/** The latest meeting of each room, by the room's id. One statement. */
export async function loadCurrent(
  tx: Transaction,
  rooms: readonly Room[],
): Promise<Map<number, MeetingState>> {
  const ids = rooms.flatMap(({ currentMeetingId }) => currentMeetingId ?? []);
  const meetings = ids.length > 0 ? await meetingsById(tx, ids) : [];
  return new Map(meetings.map((meeting) => [meeting.roomId, meeting]));
}

/** All events of the people whom the new events touch. One statement. */
export async function loadTouched(
  tx: Transaction,
  news: readonly RoomInput[],
): Promise<(own: RoomInput) => RecordedEvent[]> {
  const touched = news.flatMap(touchedBy);
  const events = touched.length > 0 ? await eventsOfTouched(tx, touched) : [];
  const byMeeting = Map.groupBy(events, ({ meetingId }) => meetingId);
  return ({ current }) => byMeeting.get(current?.id ?? "") ?? [];
}

/**
 * Everything stored of the meetings that the new events may touch, in time or because they name them. Four
 * statements.
 */
export async function loadAround(
  tx: Transaction,
  news: readonly RoomInput[],
): Promise<(own: RoomInput) => RoomBefore> {
  const named = news.flatMap(selectorsOf);
  const namedMeetings = named.length > 0 ? await meetingsNamed(tx, named) : [];
  const beforeOf = await loadIntervals(
    tx,
    news.flatMap((own) => extentAround(own, namedMeetings) ?? []),
  );
  return ({ room }) => beforeOf(room);
}

/** Everything stored of all meetings of rooms. Three statements. */
export async function loadWhole(
  tx: Transaction,
  rooms: readonly Room[],
): Promise<(room: Room) => RoomBefore> {
  return loadIntervals(
    tx,
    rooms.map(({ id }) => ({ roomId: id, from: 0, to: null })),
  );
}

async function loadIntervals(
  tx: Transaction,
  intervals: readonly RoomExtent[],
): Promise<(room: Room) => RoomBefore> {
  const meetings = intervals.length > 0 ? await meetingsAround(tx, intervals) : [];
  const ids = meetings.map(({ id }) => id);
  const [events, people] =
    ids.length > 0
      ? await Promise.all([eventsOfMeetings(tx, ids), attendancesOf(tx, ids)])
      : [[], []];
  const roomOf = new Map(meetings.map(({ id, roomId }) => [id, roomId]));
  const byRoom = <Row extends { meetingId: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ meetingId }) => roomOf.get(meetingId));
  const meetingsIn = Map.groupBy(meetings, ({ roomId }) => roomId);
  const [eventsIn, peopleIn] = [byRoom(events), byRoom(people)];
  return ({ id }) => ({
    meetings: meetingsIn.get(id) ?? [],
    events: eventsIn.get(id) ?? [],
    people: peopleIn.get(id) ?? [],
  });
}
