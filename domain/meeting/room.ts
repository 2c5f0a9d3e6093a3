import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import {
  type Closing,
  closedAt,
  closingOf,
  closingsOf,
  closingWaits,
} from "#domain/participant/closing.ts";
import { type Knock, lastHeardAt } from "#domain/participant/participant.ts";
import { correctedEnd } from "#domain/participant/put-away.ts";
import { ADMISSION_MS, HOLD_MS, type Rules } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { firstAfter } from "#domain/time/first-after.ts";
import type { Ms } from "#domain/time/ms.ts";
import { cutAt, meetingBoundaries, meetingCorrectionsIn } from "./meeting-correction.ts";
import { type ConnectionStay, cutsBetween } from "./meeting-cut.ts";
import {
  admissionsByLabel,
  connectionsOf,
  labels,
  merge,
  NAME,
  type RoomConnection,
  type RoomInterval,
  USER,
} from "./room-connections.ts";
import { sessionsOf } from "./session.ts";
import { isUnreported } from "./supersede.ts";
import { silentEnd } from "./wait.ts";

/**
 * The meetings of a room: its events, parted where the room was empty (no one in or waiting) for longer
 * than the empty gap. A function of the set of events; the provider's own start and end bridge what lies
 * between them, and never part. Earliest meeting first; every event is in exactly one.
 */
export function partMeetings<E extends MeetingEvent>(
  events: readonly E[],
  rules: Rules,
  now: Ms,
): E[][] {
  if (events.length === 0) return [];
  if (rules.meetings === "one_per_room") return [[...events]];
  const { intervals, momentOf } = occupiedIntervals(events, rules, now);
  const meetings = intervals.map((): E[] => []);
  for (const event of events) meetings[indexAt(momentOf(event), intervals)]?.push(event);
  return meetings.filter((meeting) => meeting.length > 0);
}

/** Whether a person may still be in the room, or be waiting, whatever each of its meetings alone shows. */
export function isInUse(events: readonly MeetingEvent[], rules: Rules, now: Ms): boolean {
  return occupiedIntervals(events, rules, now).intervals.some(({ to }) => to === Infinity);
}

/**
 * For each of the `parts` of a room, when the provider began another meeting in it after all events of that
 * part: then no one was in it any more. `null` where it did not.
 */
export function overtakings(parts: readonly (readonly MeetingEvent[])[]): (Ms | null)[] {
  let first: Ms | null = null;
  const latestFirst = parts.toReversed().map((part) => {
    const overtakenAt = first;
    for (const { type, at } of part) {
      if (type === "meeting_started") first = Math.min(first ?? at, at);
    }
    return overtakenAt;
  });
  return latestFirst.toReversed();
}

/**
 * When the room was occupied, with gaps up to the empty gap closed, and the moment that decides an event's
 * meeting.
 */
interface Occupied {
  intervals: RoomInterval[];
  momentOf: (event: MeetingEvent) => Ms;
}

function occupiedIntervals(events: readonly MeetingEvent[], rules: Rules, now: Ms): Occupied {
  const closings = closingsOf(events, rules, now);
  const ending = closingWaits(closings);
  const connections = connectionsOf(events, closings, rules, now);
  const intervals: RoomInterval[] = sessionsOf(events, rules);
  const admission = admissionsByLabel(connections, ending);
  const renewal = renewals(connections);
  const stays: ConnectionStay[] = [];
  for (const connection of connections) {
    const { participant } = connection;
    for (const visit of participant.visits) {
      const to = occupiedUntil(visit, renewal(connection, visit), closings, rules);
      stays.push({ id: participant.id, from: visit.joinedAt, to });
    }
    for (const knock of participant.knocks) {
      const over = silentEnd(knock.startedAt, ending);
      const lasts = over > now && closedAt(knock.startedAt, ending) === null;
      for (const startedAt of [knock.startedAt, ...repeatsOf(knock, connection, over)]) {
        const cameIn = admission(connection, { ...knock, startedAt });
        const isInTime = cameIn !== null && cameIn <= silentEnd(knock.startedAt, []) + ADMISSION_MS;
        const isClosed = closedAt(knock.startedAt, ending) === over;
        const unheard = lasts ? Infinity : isClosed ? over : startedAt;
        const open = knock.putAway ? putAwayAt(knock, startedAt, over) : unheard;
        const ended = knock.stoppedAt ?? (isInTime ? cameIn : open);
        stays.push({ id: participant.id, from: startedAt, to: ended });
      }
    }
  }
  // Any participant's event shows that the room was in use, also one that changed no visit and no
  // wait.
  for (const event of events) {
    if (isAboutParticipant(event)) intervals.push({ from: event.at, to: event.at });
  }
  const { bridges, cuts } = meetingBoundaries(meetingCorrectionsIn(events));
  const all = [...intervals, ...stays, ...bridges];
  const participants = connections.map(({ participant }) => participant);
  const parting = cutsBetween(stays, cuts, { participants, events, rules });
  return {
    intervals: merge(cutAt(all, parting.cuts), rules.emptyGapMs, parting.cuts),
    momentOf: parting.momentOf,
  };
}

/** Until when a wait that an operator put away keeps the room occupied: until the last knock. */
function putAwayAt({ putAway, heardAt }: Knock, startedAt: Ms, over: Ms): Ms {
  const endedAt = putAway ? correctedEnd(putAway, heardAt, over).endedAt : heardAt;
  return Math.max(startedAt, endedAt);
}

/**
 * Until when a visit keeps the room occupied. A person whose leave was not reported counts as in the room
 * for an hour after their last event, but never into another meeting of the provider.
 */
function occupiedUntil(
  { joinedAt, leftAt, leftBy }: Visit,
  renewedAt: Ms | null,
  closings: readonly Closing[],
  rules: Rules,
): Ms {
  const by = Math.min(leftBy ?? Infinity, renewedAt ?? Infinity);
  if (by === Infinity) return leftAt ?? Infinity;
  const heardAt = leftAt ?? joinedAt;
  const closing = closingOf(joinedAt, closings);
  const isClosed = closing !== null && Math.max(closing.at, joinedAt) <= by;
  // Their meeting is the one that ended: the room was in use until then.
  if (isClosed && closing.cause === "meeting_ended") return by;
  const isOvertaken = isClosed && closing.cause === "next_meeting";
  const last = isOvertaken ? closing.at - rules.emptyGapMs - 1 : by;
  return Math.max(heardAt, Math.min(last, heardAt + HOLD_MS));
}

/** When the same user came in again as another connection of the same name while a visit was open. */
function renewals(
  connections: readonly RoomConnection[],
): (owner: RoomConnection, visit: Visit) => Ms | null {
  const isAnybodyIn = connections.some(({ participant: { visits } }) => visits.some(isUnreported));
  if (!isAnybodyIn) return () => null;
  const joins = new Map<string, { at: Ms; owner: RoomConnection }[]>();
  for (const owner of connections) {
    for (const { joinedAt, leftAt, start } of owner.participant.visits) {
      if (start === "inferred") continue;
      for (const caller of callersIn(
        labels(owner.participant.id, owner.events, joinedAt, leftAt),
      )) {
        const list = joins.get(caller);
        if (list) list.push({ at: joinedAt, owner });
        else joins.set(caller, [{ at: joinedAt, owner }]);
      }
    }
  }
  for (const list of joins.values()) list.sort((a, b) => a.at - b.at);
  return (connection, visit) => {
    if (!isUnreported(visit)) return null;
    const { joinedAt } = visit;
    const { participant, events } = connection;
    const heardAt = visit.leftAt ?? lastHeardAt(participant, joinedAt);
    const own = callersIn(labels(participant.id, events, joinedAt, heardAt));
    const firsts = own.map((caller) => {
      const list = joins.get(caller) ?? [];
      const anew = firstAfter(list, heardAt, ({ owner }) => owner !== connection);
      return anew?.at ?? Infinity;
    });
    const first = Math.min(...firsts);
    return first === Infinity ? null : first;
  };
}

/** Each user of these labels under each of their names: only connections with the same name share a label. */
function callersIn(called: ReadonlySet<string>): string[] {
  const users = [...called].filter((label) => label.startsWith(USER));
  const names = [...called].filter((label) => label.startsWith(NAME));
  return users.flatMap((user) => (names.length > 0 ? names : [NAME]).map((name) => name + user));
}

/**
 * When a connection knocked again while it waited. A namesake who came in before that was another person:
 * this one still waits.
 */
function repeatsOf({ startedAt, stoppedAt }: Knock, { events }: RoomConnection, over: Ms): Ms[] {
  return events
    .filter(({ type, at }) => type === "knocked" && at > startedAt && at <= (stoppedAt ?? over))
    .map(({ at }) => at);
}

/** The index of the interval a moment lies in, else of the nearest. */
function indexAt(at: Ms, intervals: readonly RoomInterval[]): number {
  let best = 0;
  let distance = Infinity;
  for (const [index, { from, to }] of intervals.entries()) {
    const away = at < from ? from - at : at > to ? at - to : 0;
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}
