import type { MeetingEvent } from "#domain/event/event.ts";
import {
  type IdentityCorrection,
  identityCorrectionsIn,
} from "#domain/identity/identity-correction.ts";
import { identifyAll } from "#domain/identity/kinds.ts";
import type { IdentifiedBy, Person } from "#domain/identity/people.ts";
import {
  byConnection,
  type Participant,
  projectParticipant,
  type Watch,
} from "#domain/participant/participant.ts";
import type { RoomContext } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { type Interval, lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { hostTenuresOf, isHostNow, type Tenure } from "./host.ts";
import type { PersonStatus } from "./person-status.ts";
import { supersede } from "./supersede.ts";
import { projectWaits, type Wait } from "./wait.ts";

/** What one person did in one meeting, projected from all their events. */
export interface PersonView {
  id: string;
  identifiedBy: IdentifiedBy;
  name: string | null;
  userId: string | null;
  /** A program that takes notes: in none of the meeting's numbers. */
  isNoteTaker: boolean;
  /** Other people used this user id at the same time, so it does not identify this person. */
  isUserIdShared: boolean;
  participantIds: string[];
  /** The connections as projected one by one, earliest first. */
  participants: readonly Participant[];
  /** The corrections that made them this person, or kept others out. */
  rulings: IdentityCorrection[];
  status: PersonStatus;
  /** Host by the latest statement. */
  isHost: boolean;
  /** Raw, of all connections, earliest first; may overlap. */
  visits: Visit[];
  /** When the person was in, without any grace: the union of the visits. */
  presence: Interval[];
  /** The union of the visits after gaps up to the grace are joined. */
  attended: Interval[];
  waits: Wait[];
  tenures: Tenure[];
  firstJoinedAt: Ms | null;
  /** `null` while present, and for a person who was never in. */
  lastLeftAt: Ms | null;
}

/** What every person's view depends on in a meeting. */
export interface ProjectionContext extends Watch, Pick<RoomContext, "returned"> {
  rules: Rules;
}

/** The views of all people in the events, note-takers among them. A function of the set of events. */
export function projectPeople(
  events: readonly MeetingEvent[],
  context: ProjectionContext,
  now: Ms,
): PersonView[] {
  const participants = [...byConnection(events)].map(([id, own]) =>
    projectParticipant(id, own, context, now),
  );
  return identifyAll(participants, identityCorrectionsIn(events), context.rules.noteTakers).map(
    (person) => projectPerson(person, context, now),
  );
}

/** One person's view, from their connections. */
export function projectPerson(
  person: Person,
  context: Omit<ProjectionContext, "observedFrom">,
  now: Ms,
): PersonView {
  const { participants, isDoubtful } = supersede(person.participants);
  const visits = participants
    .flatMap((participant) => participant.visits)
    .toSorted(
      (a, b) =>
        a.joinedAt - b.joinedAt ||
        (a.leftAt ?? Infinity) - (b.leftAt ?? Infinity) ||
        (a.participantId < b.participantId ? -1 : 1),
    );
  const waits = projectWaits(participants, visits, context, now);
  const intervals = visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  const presence = union(intervals);
  return {
    id: person.id,
    identifiedBy: person.identifiedBy,
    name: person.name,
    userId: person.userId,
    isNoteTaker: person.isNoteTaker,
    isUserIdShared: person.isUserIdShared,
    participantIds: participants.map(({ id }) => id),
    participants,
    rulings: person.rulings,
    status: statusOf(visits, waits, isDoubtful),
    isHost: isHostNow(participants),
    visits,
    presence,
    attended: union(intervals, context.rules.graceMs),
    waits,
    tenures: hostTenuresOf(participants, context.rules.graceMs),
    firstJoinedAt: visits[0]?.joinedAt ?? null,
    lastLeftAt: presence.at(-1)?.to ?? null,
  };
}

/** People, and apart from them the note-takers. */
export function apart(everybody: readonly PersonView[]): {
  people: PersonView[];
  noteTakers: PersonView[];
} {
  return {
    people: everybody.filter(({ isNoteTaker }) => !isNoteTaker),
    noteTakers: everybody.filter(({ isNoteTaker }) => isNoteTaker),
  };
}

/** Whether a person waits to be let in, wherever else they may be: a waiting person is never hidden. */
export function isWaiting({ waits }: { waits: readonly Wait[] }): boolean {
  return waits.some(({ outcome }) => outcome === "waiting");
}

/** `isDoubtful`: an earlier connection of theirs may still be in. */
export function statusOf(
  visits: readonly Visit[],
  waits: readonly Wait[],
  isDoubtful: boolean,
): PersonStatus {
  if (visits.some(({ leftAt }) => leftAt === null)) return "present";
  if (isWaiting({ waits })) return "waiting";
  if (visits.length === 0) return "not_admitted";
  return isDoubtful || isLastEndUnknown(visits) ? "not_known" : "left";
}

/** Whether the end of the latest visit was neither reported nor entered. */
function isLastEndUnknown(visits: readonly Visit[]): boolean {
  let last = -Infinity;
  let isUnknown = false;
  for (const { leftAt, leftBy, end } of visits) {
    const until = leftBy ?? leftAt ?? Infinity;
    const isDoubted = leftBy !== undefined && end !== "operator";
    if (until > last) isUnknown = isDoubted;
    else if (until === last) isUnknown &&= isDoubted;
    last = Math.max(last, until);
  }
  return isUnknown;
}

/** Attended time in ms: the length of the union after the grace, open visits counted to `now`. */
export function attendedMs(view: PersonView, now: Ms): Ms {
  return lengthMs(view.attended, now);
}

/**
 * What they may have attended on top of `attendedMs`, in ms: had every unreported end been as late as it
 * can have been. It is shown beside the attended time and counted nowhere.
 */
export function unknownMs({ visits, attended }: PersonView, graceMs: Ms): Ms {
  if (!visits.some(({ leftBy }) => leftBy !== undefined)) return 0;
  const atMost = visits.map(({ joinedAt, leftAt, leftBy }) => {
    return { from: joinedAt, to: leftBy ?? leftAt };
  });
  const end = Math.max(
    ...visits.map(({ joinedAt, leftAt, leftBy }) => leftBy ?? leftAt ?? joinedAt),
  );
  return lengthMs(union(atMost, graceMs), end) - lengthMs(attended, end);
}
