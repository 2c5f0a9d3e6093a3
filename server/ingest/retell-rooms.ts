import { v7 as uuid } from "uuid";
import { eventsOfMeetings, type FiledEvent } from "#db/recording/events.ts";
import {
  type KeptMeeting,
  meetingsAround,
  meetingsNamed,
  type Naming,
  type Neighbourhood,
} from "#db/recording/meetings.ts";
import { type Attendance, attendanceOf, attendancesOf } from "#db/recording/people.ts";
import type { Room } from "#db/recording/rooms.ts";
import type { Transaction } from "#db/session.ts";
import { earliest, isAboutParticipant, type MeetingEvent, type Ms } from "#domain/event.ts";
import { overtakings, partMeetings } from "#domain/room.ts";
import { WAIT_EXPIRES_MS } from "#domain/rules.ts";
import { EMPTY_TALLY, earliest as firstOf, latest, tallyOf } from "#domain/tally.ts";
import { lostUntil, unresolvedUntil } from "#domain/wait.ts";
import { byTime, peopleByParticipant, type RoomNews, spanOf } from "./advance-rooms.ts";
import { type Change, changePeople, changeRoom, keepChanged } from "./change.ts";

/** An event on its way to its place: filed before, or new. */
interface Placed {
  event: MeetingEvent;
  deliveryId: number | null;
  filed: FiledEvent | null;
}

/** What has to be told whole: the room's news, and meetings that are to be told again in any case. */
export interface Retelling extends RoomNews {
  stale: readonly KeptMeeting[];
  /** Deliveries whose events are taken back, because `arrived` tells them anew. */
  withdrawn?: ReadonlySet<number>;
}

/**
 * Tells the meetings around the news whole again, from all their events: parts them anew, merges what
 * turned out to be one and parts what turned out to be several. Five statements, however many rooms.
 */
export async function retellRooms(
  tx: Transaction,
  news: readonly Retelling[],
  change: Change,
  now: Ms,
): Promise<void> {
  const around = await neighbours(tx, news);
  const ids = around.map(({ id }) => id);
  const [filed, people] =
    ids.length > 0 ? [await eventsOfMeetings(tx, ids), await attendancesOf(tx, ids)] : [[], []];
  tellRooms(news, { around, filed, people }, change, now);
}

/**
 * Tells news that touch nothing which was told before, neither in time nor because they name it. Asks
 * nothing of the database, because there is nothing to be found.
 */
export function tellApart(news: readonly RoomNews[], change: Change, now: Ms): void {
  const told = news.map((own) => ({ ...own, stale: [] }));
  tellRooms(told, { around: [], filed: [], people: [] }, change, now);
}

/** What was told before of the meetings that the news may touch. */
interface Before {
  around: readonly KeptMeeting[];
  filed: readonly FiledEvent[];
  people: readonly Attendance[];
}

function tellRooms(
  news: readonly Retelling[],
  { around, filed, people }: Before,
  change: Change,
  now: Ms,
): void {
  const roomOf = new Map(around.map(({ id, roomId }) => [id, roomId]));
  const eventsByRoom = Map.groupBy(filed, ({ meetingId }) => roomOf.get(meetingId));
  const peopleByRoom = Map.groupBy(people, ({ meetingId }) => roomOf.get(meetingId));
  const meetingsByRoom = Map.groupBy(around, ({ roomId }) => roomId);
  for (const own of news) {
    const known = eventsByRoom.get(own.room.id) ?? [];
    const withdrawn = known.filter(
      ({ deliveryId }) => own.withdrawn?.has(deliveryId ?? 0) ?? false,
    );
    change.withdrawn.push(...withdrawn);
    const gone = new Set(withdrawn);
    const placed: Placed[] = [
      ...known
        .filter((event) => !gone.has(event))
        .map((event) => ({
          event: event.event,
          deliveryId: event.deliveryId,
          filed: event,
        })),
      ...own.arrived.map((arrival) => ({ ...arrival, filed: null })),
    ];
    const meetings = meetingsByRoom.get(own.room.id) ?? [];
    const holed = new Set(withdrawn.map(({ meetingId }) => meetingId));
    const told = placeMeetings(own, placed, meetings, holed, change, now);
    changePeople(
      change,
      { sourceId: own.room.sourceId, rules: own.rules },
      peopleByRoom.get(own.room.id) ?? [],
      told,
    );
  }
  keepChanged(change, around);
}

/** The meetings that the news may touch: in time, or because an event names them. */
async function neighbours(tx: Transaction, news: readonly Retelling[]): Promise<KeptMeeting[]> {
  const named = news.flatMap(({ room, arrived }) =>
    arrived.flatMap(({ event }) => namedBy(room, event)),
  );
  const holding = named.length > 0 ? await meetingsNamed(tx, named) : [];
  const stale = news.flatMap((own) => own.stale);
  const goingOn = news.flatMap(({ current }) =>
    current !== null && isSessionOpen(current.tally) ? current : [],
  );
  const around = news.map((own) => stretchOf(own, [...holding, ...stale, ...goingOn]));
  return meetingsAround(
    tx,
    around.filter((stretch) => stretch !== null),
  );
}

/** The provider began a meeting and did not say that it ended: whatever comes next may be of it. */
function isSessionOpen({ frame: { startedAt, endedAt } }: KeptMeeting["tally"]): boolean {
  return startedAt !== null && endedAt === null;
}

function namedBy(room: Room, event: MeetingEvent): Naming[] {
  const nothing = { participantId: null, providerId: null, waitedSince: null, unheardAt: null };
  const named: Naming[] = [];
  const startIsElsewhere =
    (event.type === "left" && event.joinedAt === null) ||
    (event.type === "stopped_waiting" && event.startedAt === null);
  if (startIsElsewhere) {
    named.push({ ...nothing, roomId: room.id, participantId: event.participantId });
  }
  if ("providerMeetingId" in event && event.providerMeetingId !== null) {
    named.push({ ...nothing, roomId: room.id, providerId: event.providerMeetingId });
  }
  if (room.unresolvedUntil !== null && event.at <= room.unresolvedUntil) {
    named.push({
      ...nothing,
      roomId: room.id,
      waitedSince: event.at - WAIT_EXPIRES_MS,
      unheardAt: event.at,
    });
  }
  return named;
}

/** From the earliest moment the news speaks of to the latest, without end where something begins. */
function stretchOf(
  { room, rules, arrived }: Retelling,
  meetings: readonly KeptMeeting[],
): Neighbourhood | null {
  const own = meetings.filter(({ roomId }) => roomId === room.id);
  if (arrived.length === 0 && own.length === 0) return null;
  if (rules.meetings === "one_per_room") return { roomId: room.id, from: 0, to: null };
  let from = Infinity;
  let to: Ms | null = 0;
  const reach = (start: Ms, end: Ms | null) => {
    from = Math.min(from, start);
    to = to === null || end === null ? null : Math.max(to, end);
  };
  for (const { event } of arrived) {
    const begins = event.type === "joined" || event.type === "knocked";
    // A meeting of the provider goes on until its end is heard, or silence is no longer believed.
    const session = event.type === "meeting_started" ? (rules.silenceMs ?? 0) : 0;
    reach(earliest(event), begins ? null : event.at + session);
  }
  for (const { tally } of own) {
    const isOpen = tally.status !== "ended" || tally.noteTakers.inCount > 0;
    const { tipAt, lastOutAt, endedAt, noteTakers } = tally;
    const end = Math.max(tipAt ?? 0, lastOutAt ?? 0, endedAt ?? 0, noteTakers.outAt ?? 0);
    reach(tally.firstAt ?? end, isOpen ? null : end);
  }
  return {
    roomId: room.id,
    from: from - rules.emptyGapMs,
    to: to === null ? null : to + rules.emptyGapMs,
  };
}

/** Files every event in its meeting and tells the meetings. Answers the people of all of them. */
function placeMeetings(
  own: Retelling,
  placed: readonly Placed[],
  meetings: readonly KeptMeeting[],
  holed: ReadonlySet<string>,
  change: Change,
  now: Ms,
): Attendance[] {
  const { room, rules } = own;
  const byEvent = new Map(placed.map((one) => [one.event, one]));
  const parted = partMeetings([...byEvent.keys()], rules, now);
  const overtaken = overtakings(parted);
  const parts = parted.map((events) => events.flatMap((event) => byEvent.get(event) ?? []));
  const ids = addressesOf(
    parts,
    meetings.filter(({ id }) => !holed.has(id)),
  );
  const people: Attendance[] = [];
  let newest: { id: string; at: Ms } | null = null;
  const sessionsUntil: { id: string; until: Ms }[] = [];
  for (const [index, part] of parts.entries()) {
    const id = ids[index] ?? uuid();
    const known = meetings.find((meeting) => meeting.id === id);
    const { story, tally } = tallyOf(
      part.map(({ event }) => event),
      rules,
      now,
      overtaken[index] ?? knownToBeOvertaken(part, meetings),
    );
    const everybody = [...story.people, ...story.noteTakers];
    const seq = file(part, id, known?.seq ?? 0, peopleByParticipant(everybody), change);
    change.meetings.push({ id, roomId: room.id, sourceId: room.sourceId, seq, tally });
    people.push(
      ...everybody.map((person) => attendanceOf({ id, sourceId: room.sourceId, rules }, person)),
    );
    if (isSessionOpen(tally) && rules.silenceMs !== null) {
      sessionsUntil.push({ id, until: (tally.tipAt ?? 0) + rules.silenceMs });
    }
    const at = tally.firstAt ?? 0;
    if (newest === null || at >= newest.at) newest = { id, at };
  }
  change.merged.push(...leadElsewhere(parts, ids, meetings));
  // Where all that was told is taken back, and nothing in its place, the meeting stays as an empty one.
  if (parts.length === 0) {
    for (const { tally, ...meeting } of meetings) {
      change.meetings.push({
        ...meeting,
        seq: 0,
        tally: { ...EMPTY_TALLY, firstAt: tally.firstAt, tipAt: tally.tipAt },
      });
    }
  }
  const span = spanOf(placed.map(({ event }) => event));
  if (placed.length > 0) keepRoom(own, newest, people, meetings, span, change, sessionsUntil);
  return people;
}

/** When another meeting began after those that a part is made of, which was not looked at. */
function knownToBeOvertaken(part: readonly Placed[], meetings: readonly KeptMeeting[]): Ms | null {
  const last = Math.max(...part.map(({ event }) => event.at));
  const here = new Set(part.map(({ filed }) => filed?.meetingId));
  return meetings.reduce<Ms | null>((first, { id, tally }) => {
    const isLater = here.has(id) && (tally.overtakenAt ?? 0) > last;
    return isLater ? firstOf(first, tally.overtakenAt) : first;
  }, null);
}

/**
 * The id of each part: that of the earliest meeting which lies in it whole, else a new one. A meeting
 * whose events lie in several parts keeps none of them, so `seq` never gets a hole.
 */
function addressesOf(
  parts: readonly (readonly Placed[])[],
  meetings: readonly KeptMeeting[],
): string[] {
  const homes = homesOf(parts);
  return parts.map((_, index) => {
    const own = meetings.find(({ id }) => {
      const home = homes.get(id);
      return home?.size === 1 && home.has(index);
    });
    return own?.id ?? uuid();
  });
}

/** In which parts the events of each known meeting lie. */
function homesOf(parts: readonly (readonly Placed[])[]): Map<string, Set<number>> {
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

/** Files a part's events behind the `seq` it has; answers the new last one. */
function file(
  part: readonly Placed[],
  id: string,
  seq: number,
  people: ReadonlyMap<string, string>,
  change: Change,
): number {
  let last = seq;
  for (const { event, deliveryId, filed } of part.toSorted(byTime)) {
    if (filed?.meetingId === id) continue;
    last += 1;
    const personId = isAboutParticipant(event) ? (people.get(event.participantId) ?? null) : null;
    if (filed === null)
      change.appended.push({ meetingId: id, seq: last, personId, deliveryId, event });
    else change.refiled.push({ from: filed, meetingId: id, seq: last });
  }
  return last;
}

/** Where the addresses of meetings that are no more lead: to the part with their latest event. */
function leadElsewhere(
  parts: readonly (readonly Placed[])[],
  ids: readonly string[],
  meetings: readonly KeptMeeting[],
): { from: string; into: string }[] {
  const homes = homesOf(parts);
  return meetings.flatMap(({ id, tally }) => {
    if (ids.includes(id)) return [];
    // One whose every event was taken back leads to whatever was told in its place.
    const home = homes.get(id) ?? [partNear(parts, tally.firstAt ?? 0)];
    const into = ids[Math.max(...home)];
    return into === undefined ? [] : [{ from: id, into }];
  });
}

function partNear(parts: readonly (readonly Placed[])[], at: Ms): number {
  const starts = parts.map((part) => Math.min(...part.map(({ event }) => earliest(event))));
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= at),
  );
}

/**
 * What follows for the room. Its latest meeting is one of these, unless a later one was not looked at.
 */
function keepRoom(
  { room, current }: Retelling,
  newest: { id: string; at: Ms } | null,
  people: readonly Attendance[],
  meetings: readonly KeptMeeting[],
  span: { from: Ms; to: Ms },
  change: Change,
  sessionsUntil: readonly { id: string; until: Ms }[],
): void {
  const known = room.currentMeetingId;
  const looked = known === null || meetings.some(({ id }) => id === known);
  const later = newest !== null && (looked || newest.at > (current?.tally.firstAt ?? Infinity));
  const currentMeetingId = later ? newest.id : room.currentMeetingId;
  const [here, before] = [
    people.filter(({ meetingId }) => meetingId === currentMeetingId),
    people.filter(({ meetingId }) => meetingId !== currentMeetingId),
  ];
  const state = {
    currentMeetingId,
    unresolvedUntil: [
      unresolvedUntil(here, { latest: true }),
      unresolvedUntil(before, { latest: false }),
      ...sessionsUntil.flatMap(({ id, until }) => (id === currentMeetingId ? [] : until)),
    ].reduce(latest, room.unresolvedUntil),
    lostUntil: latest(room.lostUntil, lostUntil(people)),
  };
  changeRoom(change, room, state, span);
}
