import { earliest, isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { isInUse, overtakings, partMeetings } from "#domain/meeting/room.ts";
import { EMPTY_TALLY, meetingTallyOf } from "#domain/meeting/tally.ts";
import { earlierOf as firstOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { attendanceOf } from "./attendance.ts";
import {
  type Changes,
  changesOfPeople,
  changesOfRoom,
  NO_CHANGES,
  reassigned,
  withoutUnchanged,
} from "./changes.ts";
import { byTime, peopleByParticipant, type RoomInput, spanOf } from "./news.ts";
import { roomAfter } from "./room-after.ts";
import type { AttendanceState, Ids, MeetingState, RecordedEvent } from "./state.ts";

/** An event to assign to a meeting: stored before, or new. */
interface RoomEvent {
  event: MeetingEvent;
  deliveryId: number | null;
  filed: RecordedEvent | null;
}

/** The rows of the meetings that the new events of a room may affect. */
export interface RoomBefore {
  meetings: readonly MeetingState[];
  events: readonly RecordedEvent[];
  people: readonly AttendanceState[];
}

export const NOTHING_BEFORE: RoomBefore = { meetings: [], events: [], people: [] };

/**
 * Rebuilds the meetings around the new events of a room from all their events: parts them anew, merges what
 * turned out to be one meeting and parts what turned out to be several.
 */
export function rebuildRoom(own: RoomInput, before: RoomBefore, now: Ms, ids: Ids): Changes {
  const withdrawn = before.events.filter(({ deliveryId }) => own.withdrawn.has(deliveryId ?? 0));
  const gone = new Set(withdrawn);
  const roomEvents: RoomEvent[] = [
    ...before.events
      .filter((filed) => !gone.has(filed))
      .map((filed) => ({ event: filed.event, deliveryId: filed.deliveryId, filed })),
    ...own.arrived.map((arrival) => ({ ...arrival, filed: null })),
  ];
  const holed = new Set(withdrawn.map(({ meetingId }) => meetingId));
  const { people, ...projected } = assignEvents(own, roomEvents, before.meetings, holed, now, ids);
  const changes: Changes = {
    ...NO_CHANGES,
    withdrawn,
    ...projected,
    assigned: reassigned(projected.refiled, before.people, people),
    ...changesOfPeople(own.room, own.rules, before.people, people),
  };
  return withoutUnchanged(changes, before.meetings);
}

/** What assigning events makes of the meetings of a room, and the people of all of them. */
type Assignment = Pick<
  Changes,
  "meetings" | "appended" | "refiled" | "merged" | "rooms" | "returning"
> & { people: AttendanceState[] };

/** Assigns every event to its meeting and projects the meetings. */
function assignEvents(
  own: RoomInput,
  roomEvents: readonly RoomEvent[],
  meetings: readonly MeetingState[],
  holed: ReadonlySet<string>,
  now: Ms,
  ids: Ids,
): Assignment {
  const { room, rules } = own;
  const { id: roomId, sourceId } = room;
  const byEvent = new Map(roomEvents.map((one) => [one.event, one]));
  const parted = partMeetings([...byEvent.keys()], rules, now);
  const overtaken = overtakings(parted);
  const parts = parted.map((events) => events.flatMap((event) => byEvent.get(event) ?? []));
  const addresses = addressesOf(
    parts,
    meetings.filter(({ id }) => !holed.has(id)),
    ids,
  );
  const views = parts.map((part, index) => {
    const id = addresses[index] ?? ids.fresh();
    const overtakenAt = overtaken[index] ?? overtakenBefore(part, meetings);
    const events = part.map(({ event }) => event);
    const { view, tally } = meetingTallyOf(events, rules, now, overtakenAt);
    const everybody = [...view.people, ...view.noteTakers];
    const existing = meetings.find((meeting) => meeting.id === id);
    const files = file(part, id, existing?.seq ?? 0, peopleByParticipant(everybody));
    const people = everybody.map((person) => attendanceOf({ id, sourceId, rules }, person, ids));
    const meeting = { id, roomId, sourceId, seq: files.seq, tally };
    return { ...files, people, meeting, views: everybody, overtakenAt };
  });
  // Where all events are withdrawn and none replaces them, the meeting stays as an empty one.
  const emptied = parts.length > 0 ? [] : meetings.map(emptiedOf);
  const people = views.flatMap((one) => one.people);
  const mayBeInUse = () => isInUse([...byEvent.keys()], rules, now);
  const after = roomEvents.length > 0 ? roomAfter(own, views, meetings, mayBeInUse) : null;
  return {
    meetings: [...views.map(({ meeting }) => meeting), ...emptied],
    appended: views.flatMap(({ appended }) => appended),
    refiled: views.flatMap(({ refiled }) => refiled),
    merged: leadElsewhere(parts, addresses, meetings),
    rooms: [],
    returning: [],
    ...(after && changesOfRoom(room, after, spanOf(roomEvents.map(({ event }) => event)))),
    people,
  };
}

function emptiedOf({ tally: { firstAt, tipAt }, ...meeting }: MeetingState): MeetingState {
  return { ...meeting, seq: 0, tally: { ...EMPTY_TALLY, firstAt, tipAt } };
}

/** When another meeting, which was not loaded, began after those that a part is made of. */
function overtakenBefore(part: readonly RoomEvent[], meetings: readonly MeetingState[]): Ms | null {
  const last = Math.max(...part.map(({ event }) => event.at));
  const here = new Set(part.map(({ filed }) => filed?.meetingId));
  return meetings.reduce<Ms | null>((first, { id, tally }) => {
    const isLater = here.has(id) && (tally.overtakenAt ?? 0) > last;
    return isLater ? firstOf(first, tally.overtakenAt) : first;
  }, null);
}

/**
 * The id of each part: that of the earliest meeting which lies in it whole, else a new one. A meeting whose
 * events lie in several parts gives its id to none, so `seq` never gets a hole.
 */
function addressesOf(
  parts: readonly (readonly RoomEvent[])[],
  meetings: readonly MeetingState[],
  ids: Ids,
): string[] {
  const homes = homesOf(parts);
  return parts.map((_, index) => {
    const own = meetings.find(({ id }) => {
      const home = homes.get(id);
      return home?.size === 1 && home.has(index);
    });
    return own?.id ?? ids.fresh();
  });
}

/** In which parts the events of each stored meeting lie. */
function homesOf(parts: readonly (readonly RoomEvent[])[]): Map<string, Set<number>> {
  const homes = new Map<string, Set<number>>();
  for (const [index, part] of parts.entries()) {
    for (const { filed } of part) {
      if (filed === null) continue;
      const home = homes.get(filed.meetingId) ?? new Set();
      homes.set(filed.meetingId, home.add(index));
    }
  }
  return homes;
}

/** Appends a part's events after the `seq` that its meeting has. */
function file(
  part: readonly RoomEvent[],
  meetingId: string,
  lastSeq: number,
  people: ReadonlyMap<string, string>,
): { seq: number; appended: RecordedEvent[]; refiled: Changes["refiled"][number][] } {
  let seq = lastSeq;
  const appended: RecordedEvent[] = [];
  const refiled: Changes["refiled"][number][] = [];
  for (const { event, deliveryId, filed } of part.toSorted(byTime)) {
    if (filed?.meetingId === meetingId) continue;
    seq += 1;
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    if (filed !== null) refiled.push({ from: filed, meetingId, seq });
    else appended.push({ meetingId, seq, personId, deliveryId, event });
  }
  return { seq, appended, refiled };
}

/** Where the addresses of meetings that are no more lead: to the part with their latest event. */
function leadElsewhere(
  parts: readonly (readonly RoomEvent[])[],
  ids: readonly string[],
  meetings: readonly MeetingState[],
): { from: string; into: string }[] {
  const homes = homesOf(parts);
  return meetings.flatMap(({ id, tally }) => {
    if (ids.includes(id)) return [];
    // A meeting whose events were all withdrawn leads to the meeting nearest in time.
    const home = homes.get(id) ?? [partNear(parts, tally.firstAt ?? 0)];
    const into = ids[Math.max(...home)];
    return into === undefined ? [] : [{ from: id, into }];
  });
}

function partNear(parts: readonly (readonly RoomEvent[])[], at: Ms): number {
  const starts = parts.map((part) => Math.min(...part.map(({ event }) => earliest(event))));
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= at),
  );
}
