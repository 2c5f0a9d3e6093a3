import { earliest, type MeetingEvent } from "#domain/event/event.ts";
import { closingsOf, watchersOf } from "#domain/participant/closing.ts";
import { lastHeardAt } from "#domain/participant/participant.ts";
import { NO_ROOM_CONTEXT, type RoomContext } from "#domain/participant/room-context.ts";
import {
  type Rules,
  SAME_MOMENT_MS,
  UNHEARD_MS,
  WAIT_EXPIRES_MS,
} from "#domain/participant/rules.ts";
import { earlierOf, laterOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { frameOf, type MeetingFrame, observedFromOf } from "./meeting-frame.ts";
import { peakOf, type Step, stepsOf } from "./occupancy.ts";
import { oncePer } from "./once-per.ts";
import {
  apart,
  isWaiting,
  type PersonView,
  type ProjectionContext,
  projectPeople,
} from "./person-view.ts";

/** `waiting`: people wait and none is in. `ended`: no one is in or waiting, and no observer is still there. */
export type MeetingStatus = "waiting" | "live" | "ended";

/** One meeting, projected from the set of its events. */
export interface MeetingView {
  status: MeetingStatus;
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  frame: MeetingFrame;
  /** In order of first appearance. Every number of the meeting counts these and no one else. */
  people: PersonView[];
  /** Note-takers in order of first appearance: shown apart, and in no number. */
  noteTakers: PersonView[];
  presentCount: number;
  waitingCount: number;
  /** People in the meeting over time, each counted once. */
  steps: Step[];
  peak: Step | null;
  /** The earliest moment an event is about, and the latest at which one happened. */
  firstAt: Ms | null;
  tipAt: Ms | null;
  /** When this view changes by the clock alone (a wait expires, the silence is too long), if ever. */
  staleAt: Ms | null;
}

/** Projects one meeting. `events` are all events of that meeting, in any order, repeats allowed. */
export function projectMeeting(
  events: readonly MeetingEvent[],
  rules: Rules,
  now: Ms,
  roomContext: RoomContext = NO_ROOM_CONTEXT,
): MeetingView {
  const context = projectionContext(events, rules, now, roomContext);
  const everybody = apart(projectPeople(events, context, now));
  const steps = stepsOf(everybody.people.map(({ presence }) => presence));
  return meetingViewOf(events, everybody, steps, context, now);
}

/** What every person's view depends on in a meeting. */
export function projectionContext(
  events: readonly MeetingEvent[],
  rules: Rules,
  now: Ms,
  { returned, overtakenAt }: RoomContext,
): ProjectionContext {
  const closings = closingsOf(events, rules, now, overtakenAt);
  const watchers = watchersOf(events, closings);
  return { closings, observedFrom: observedFromOf(events), watchers, returned, rules };
}

/**
 * The meeting that the people's views add up to, and the `steps` of their presence. Of `events` it needs
 * those about the meeting itself, and those that reach furthest back and furthest on.
 */
export function meetingViewOf(
  events: readonly MeetingEvent[],
  { people, noteTakers }: Pick<MeetingView, "people" | "noteTakers">,
  steps: Step[],
  { closings, rules }: Pick<ProjectionContext, "closings" | "rules">,
  now: Ms,
): MeetingView {
  const extent = extentOf(people);
  const closed = closings.some((closing) => closing.final);
  const frame = frameOf(events, closed, extent.firstJoinedAt);
  const presentCount = people.filter(({ status }) => status === "present").length;
  const waitingCount = people.filter(isWaiting).length;
  const standing = { ...frame, ...extent, presentCount, waitingCount };
  const expected = expectedUntil(standing, rules);
  return {
    frame,
    ...meetingExtentOf(standing, rules, now),
    people,
    noteTakers,
    presentCount,
    waitingCount,
    steps,
    peak: peakSince(peakOf(steps), extent.firstJoinedAt),
    firstAt: firstOf(events),
    tipAt: tipOf(events),
    staleAt: staleAtOf(
      events,
      { people, noteTakers },
      closed,
      rules,
      now < expected ? expected : null,
    ),
  };
}

/** A person who came in was there for a moment at least, also where the length is not known. */
export function peakSince(peak: Step | null, firstJoinedAt: Ms | null): Step | null {
  if (firstJoinedAt === null || (peak !== null && peak.count > 1)) return peak;
  return { count: 1, at: firstJoinedAt };
}

/** First join, last leave and last end of a wait over all people. */
export interface Extent {
  firstJoinedAt: Ms | null;
  lastOutAt: Ms | null;
  anybody: boolean;
}

function extentOf(people: readonly PersonView[]): Extent {
  let firstJoinedAt: Ms | null = null;
  let lastOutAt: Ms | null = null;
  for (const person of people) {
    firstJoinedAt = earlierOf(firstJoinedAt, person.firstJoinedAt);
    lastOutAt = laterOf(lastOutAt, person.lastLeftAt);
    for (const { endedAt } of person.waits) lastOutAt = laterOf(lastOutAt, endedAt);
  }
  return { firstJoinedAt, lastOutAt, anybody: people.length > 0 };
}

/** What the status and the bounds of a meeting follow from. */
interface Standing extends Omit<MeetingFrame, "providerIds">, Extent {
  presentCount: number;
  waitingCount: number;
}

/** Status and bounds of a meeting from its frame, its extent and the people there. */
export function meetingExtentOf(
  standing: Standing,
  rules: Rules,
  now: Ms,
): Pick<MeetingView, "status" | "startedAt" | "endedAt" | "endedBy"> {
  const startedAt = startOf(standing);
  const { presentCount, waitingCount, observed } = standing;
  if (
    presentCount > 0 ||
    (waitingCount === 0 && (observed || now < expectedUntil(standing, rules)))
  ) {
    return { status: "live", startedAt, endedAt: null, endedBy: null };
  }
  if (waitingCount > 0) return { status: "waiting", startedAt, endedAt: null, endedBy: null };
  const reportedEnd = standing.endedAt;
  const out = standing.lastOutAt ?? startedAt;
  if (reportedEnd === null || (out !== null && out > reportedEnd + SAME_MOMENT_MS)) {
    const endedAt = out === null ? null : Math.max(out, startedAt ?? out);
    return { status: "ended", startedAt, endedAt, endedBy: out === null ? null : "inferred" };
  }
  return {
    status: "ended",
    startedAt,
    endedAt: Math.max(reportedEnd, out ?? reportedEnd),
    endedBy: "provider",
  };
}

/**
 * A meeting that the provider began and no one has joined goes on for as long as an empty room would: the
 * person who opened it is expected. -Infinity where that is not so.
 */
function expectedUntil({ anybody, startedAt, endedAt }: Standing, { emptyGapMs }: Rules): Ms {
  return anybody || startedAt === null || endedAt !== null ? -Infinity : startedAt + emptyGapMs;
}

/** The provider's start, never later than the first join. */
function startOf({ startedAt, firstJoinedAt, observedFrom }: Standing): Ms | null {
  if (startedAt === null) return firstJoinedAt ?? observedFrom;
  return Math.min(startedAt, firstJoinedAt ?? startedAt);
}

/** The earliest moment an event is about. */
function firstOf(events: readonly MeetingEvent[]): Ms | null {
  let first: Ms | null = null;
  for (const event of events) first = Math.min(first ?? event.at, earliest(event));
  return first;
}

/** The latest moment an event is about. */
function tipOf(events: readonly MeetingEvent[]): Ms | null {
  let tip: Ms | null = null;
  for (const { at } of events) tip = Math.max(tip ?? at, at);
  return tip;
}

function staleAtOf(
  events: readonly MeetingEvent[],
  { people, noteTakers }: Pick<MeetingView, "people" | "noteTakers">,
  closed: boolean,
  rules: Rules,
  expectedUntil: Ms | null,
): Ms | null {
  let stale = expectedUntil;
  for (const person of people) stale = earlierOf(stale, doubtAt(person, rules));
  for (const noteTaker of noteTakers) stale = earlierOf(stale, doubtAt(noteTaker, rules));
  const tip = tipOf(events);
  if (rules.silenceMs === null || tip === null || closed) return stale;
  const isIn = ({ status }: PersonView) => status === "present";
  const isOpen = rules.meetings === "one_per_room" || people.some(isIn) || noteTakers.some(isIn);
  return isOpen ? earlierOf(stale, tip + rules.silenceMs) : stale;
}

/**
 * When a person's view first changes by the clock alone, if ever: they have waited, or been silent, for too
 * long.
 */
export function doubtAt(person: PersonView, { meetings }: Pick<Rules, "meetings">): Ms | null {
  const { waitedAt, unheardAt } = doubtsOf(person);
  return meetings === "one_per_room" ? waitedAt : earlierOf(waitedAt, unheardAt);
}

const doubtsOf = oncePer(({ waits, participants, visits }: PersonView) => {
  let waitedAt: Ms | null = null;
  for (const { outcome, startedAt } of waits) {
    if (outcome === "waiting") waitedAt = earlierOf(waitedAt, startedAt + WAIT_EXPIRES_MS);
  }
  let unheardAt: Ms | null = null;
  for (const { participantId, joinedAt, leftAt } of visits) {
    if (leftAt !== null) continue;
    const participant = participants.find(({ id }) => id === participantId) ?? { heardAt: null };
    unheardAt = earlierOf(unheardAt, lastHeardAt(participant, joinedAt) + UNHEARD_MS);
  }
  return { waitedAt, unheardAt };
});
