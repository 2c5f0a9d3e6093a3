import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { closingsOf } from "#domain/participant/closing.ts";
import { NO_ROOM_CONTEXT } from "#domain/participant/room-context.ts";
import { ADMISSION_MS, type Rules } from "#domain/participant/rules.ts";
import { isSeenByOthers } from "#domain/participant/watchers.ts";
import { earlierOf, laterOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type MeetingStatus, type MeetingView, projectMeeting } from "./meeting.ts";
import type { MeetingFrame } from "./meeting-frame.ts";
import { type Observer, projectObserver } from "./observer.ts";
import type { Step } from "./occupancy.ts";
import type { PersonView } from "./person-view.ts";
import { EMPTY_HEADCOUNT, type RecentHeadcount, recentOf } from "./recent.ts";

/** The numbers of a meeting that can be moved by a difference instead of rebuilding every person. */
export interface MeetingTally {
  status: MeetingStatus;
  startedAt: Ms | null;
  endedAt: Ms | null;
  endedBy: "provider" | "inferred" | null;
  frame: MeetingFrame;
  presentCount: number;
  waitingCount: number;
  peopleCount: number;
  noteTakers: NoteTakers;
  peak: Step | null;
  /** The recent headcount; `null` where it is not stored, as for a meeting that is over. */
  recent: RecentHeadcount | null;
  firstAt: Ms | null;
  firstJoinedAt: Ms | null;
  /** The latest end of a visit or wait there ever was. */
  lastOutAt: Ms | null;
  tipAt: Ms | null;
  staleAt: Ms | null;
  /** When the provider began another meeting in the room, if only that shows that this one is over. */
  overtakenAt: Ms | null;
  /** Whether the observer was let in, and removed; `null` where there is none. */
  observer: Observer | null;
  /** Only the whole meeting can decide something in it: it is never applied incrementally. */
  whole: boolean;
}

/** What decides, about note-takers, which meetings of a room are read together; and how many there were. */
export interface NoteTakers {
  count: number;
  /** Still in or waiting. */
  inCount: number;
  /** The latest end of a visit or wait of theirs there ever was. */
  outAt: Ms | null;
}

export const EMPTY_TALLY: MeetingTally = {
  status: "ended",
  startedAt: null,
  endedAt: null,
  endedBy: null,
  frame: { providerIds: [], startedAt: null, endedAt: null, observed: false, observedFrom: null },
  presentCount: 0,
  waitingCount: 0,
  peopleCount: 0,
  noteTakers: { count: 0, inCount: 0, outAt: null },
  peak: null,
  recent: EMPTY_HEADCOUNT,
  firstAt: null,
  firstJoinedAt: null,
  lastOutAt: null,
  tipAt: null,
  staleAt: null,
  overtakenAt: null,
  observer: null,
  whole: false,
};

/** The tally of a meeting projected whole from all its events. `overtakenAt`: see `RoomContext`. */
export function meetingTallyOf(
  events: readonly MeetingEvent[],
  rules: Rules,
  now: Ms,
  overtakenAt: Ms | null = null,
): ProjectedTally {
  const alone = projectMeeting(events, rules, now);
  const isOvertaken =
    overtakenAt !== null &&
    everybodyOf(alone).some(({ visits }) =>
      visits.some(({ leftAt, leftBy, end }) => {
        const by = leftBy ?? (end === "operator" ? leftAt : 0);
        return leftAt === null || (by ?? 0) > overtakenAt;
      }),
    );
  const view = isOvertaken
    ? projectMeeting(events, rules, now, { ...NO_ROOM_CONTEXT, overtakenAt })
    : alone;
  const { frame } = view;
  let lastOutAt: Ms | null = null;
  let firstJoinedAt: Ms | null = null;
  for (const person of view.people) {
    lastOutAt = laterOf(lastOutAt, lastOut(person));
    firstJoinedAt = earlierOf(firstJoinedAt, person.firstJoinedAt);
  }
  const tally: MeetingTally = {
    status: view.status,
    startedAt: view.startedAt,
    endedAt: view.endedAt,
    endedBy: view.endedBy,
    frame,
    presentCount: view.presentCount,
    waitingCount: view.waitingCount,
    peopleCount: view.people.length,
    noteTakers: noteTakersOf(view),
    peak: view.peak,
    recent: view.status === "ended" ? null : recentOf(view.people),
    firstAt: view.firstAt,
    firstJoinedAt,
    lastOutAt,
    tipAt: view.tipAt,
    staleAt: view.staleAt,
    overtakenAt: isOvertaken ? overtakenAt : null,
    observer: projectObserver(events),
    whole:
      isClosedInBetween(events, view, rules, now) ||
      isIdShared(view.people) ||
      hasSeveralNames(view.people) ||
      someoneElseCameIn(view.people) ||
      (rules.meetings === "by_gap" && isAmbiguous(events, view.people)) ||
      events.some(isCorrection) ||
      isSeenByOthers(events),
  };
  return { view, tally };
}

function everybodyOf({ people, noteTakers }: MeetingView): PersonView[] {
  return noteTakers.length === 0 ? people : [...people, ...noteTakers];
}

function noteTakersOf({ noteTakers }: MeetingView): NoteTakers {
  return {
    count: noteTakers.length,
    inCount: noteTakers.filter(({ status }) => status === "present" || status === "waiting").length,
    outAt: noteTakers.map(lastOut).reduce(laterOf, null),
  };
}

/** Something was or may be closed, and the meeting goes on all the same. */
function isClosedInBetween(
  events: readonly MeetingEvent[],
  view: MeetingView,
  rules: Rules,
  now: Ms,
): boolean {
  const { frame, firstAt } = view;
  if (everybodyOf(view).some(({ visits }) => visits.some(({ leftBy }) => leftBy !== undefined))) {
    return true;
  }
  return (
    frame.endedAt === null &&
    closingsOf(events, rules, now).some(
      ({ at, cause }) => cause !== "next_meeting" || at > (firstAt ?? at) + ADMISSION_MS,
    )
  );
}

/** Several people were there under one user id. */
export function isIdShared(people: readonly PersonView[]): boolean {
  return people.some(({ isUserIdShared }) => isUserIdShared);
}

/** A signed-in person has several names, or none at times: a guest of any of them may be that person. */
export function hasSeveralNames(people: readonly PersonView[]): boolean {
  return people.some(
    ({ userId, participants }) =>
      userId !== null &&
      participants.length > 1 &&
      new Set(participants.map(({ name }) => foldName(name))).size > 1,
  );
}

/** Whether an event is an operator's correction. */
export function isCorrection(event: MeetingEvent): boolean {
  return "ruling" in event;
}

export interface ProjectedTally {
  view: MeetingView;
  tally: MeetingTally;
}

/**
 * The outcome of a person's wait was not reported, and another person of that name has come in since: it
 * may be them.
 */
export function someoneElseCameIn(people: readonly PersonView[]): boolean {
  const unheard = people.flatMap((person) => {
    const wait = person.waits.find(
      ({ outcome, inferred }) => inferred || outcome === "waiting" || outcome === "unknown",
    );
    return wait ? [{ person, since: wait.startedAt }] : [];
  });
  if (unheard.length === 0) return false;
  const namesakes = Map.groupBy(people, ({ name }) => foldName(name));
  return unheard.some(({ person, since }) =>
    namesakes
      .get(foldName(person.name))
      ?.some((other) => other !== person && other.visits.some(({ joinedAt }) => joinedAt >= since)),
  );
}

/**
 * Who is who depends on more than the current names: a connection had more than one name, and its name at
 * one moment may part the room's meetings; or a guest who waited turned out to be a signed-in person with
 * another name.
 */
export function isAmbiguous(
  events: readonly MeetingEvent[],
  people: readonly PersonView[],
): boolean {
  const names = new Map<string, string>();
  const signedIn = new Set<string>();
  for (const event of events) {
    if (!isAboutParticipant(event)) continue;
    if (event.userId !== null) signedIn.add(event.participantId);
    const name = foldName(event.name);
    if (name === null) continue;
    if ((names.get(event.participantId) ?? name) !== name) return true;
    names.set(event.participantId, name);
  }
  return people.some(
    ({ userId, participantIds }) =>
      userId !== null && participantIds.some((participant) => !signedIn.has(participant)),
  );
}

export function lastOut({ lastLeftAt, waits }: PersonView): Ms | null {
  return waits.reduce<Ms | null>((last, { endedAt }) => laterOf(last, endedAt), lastLeftAt);
}
