import { maskedName } from "#domain/access/mask.ts";
import { type MeetingStatus, type MeetingView, peakSince } from "#domain/meeting/meeting.ts";
import { peakOf, stepsOf } from "#domain/meeting/occupancy.ts";
import type { PersonStatus } from "#domain/meeting/person-status.ts";
import { isWaiting, type PersonView } from "#domain/meeting/person-view.ts";
import { isEndEntered, type Outcome, type Wait } from "#domain/meeting/wait.ts";
import type { Participant } from "#domain/participant/participant.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, toWireTime, type WireTime } from "#domain/time/wire-time.ts";

/*
 * A meeting as a shared link gives it out: what its page shows, and no id of anybody. The page makes a view of it again,
 * so that the same functions reckon and draw it as the page of the meeting.
 */

interface SharedSpan {
  from: WireTime;
  to: WireTime | null;
}

export interface SharedPerson {
  name: string | null;
  status: PersonStatus;
  /** `null` where the provider never said. */
  is_host: boolean | null;
  visits: {
    joined_at: WireTime;
    left_at: WireTime | null;
    left_by: WireTime | null;
    start: Visit["start"];
    end: Visit["end"];
  }[];
  attended: SharedSpan[];
  waits: {
    started_at: WireTime;
    ended_at: WireTime | null;
    over_by: WireTime | null;
    outcome: Outcome;
    inferred: boolean;
    /** An operator entered its end. */
    entered: boolean;
  }[];
  hosted: (SharedSpan & { inferred: boolean })[];
}

/** What follows from the events of a shared meeting. */
export interface SharedView {
  status: MeetingStatus;
  first_at: WireTime | null;
  tip_at: WireTime | null;
  started_at: WireTime | null;
  ended_at: WireTime | null;
  people: SharedPerson[];
  note_takers: SharedPerson[];
}

/** What is given out of a meeting; `masked`, names are initials. */
export function sharedViewOf(view: MeetingView, masked: boolean): SharedView {
  return {
    status: view.status,
    first_at: toWireTime(view.firstAt),
    tip_at: toWireTime(view.tipAt),
    started_at: toWireTime(view.startedAt),
    ended_at: toWireTime(view.endedAt),
    people: view.people.map((person) => sharedPersonOf(person, masked)),
    note_takers: view.noteTakers.map((person) => sharedPersonOf(person, masked)),
  };
}

function sharedPersonOf(person: PersonView, masked: boolean): SharedPerson {
  const { name, status, visits, attended, waits, tenures, participants } = person;
  const isReported = participants.some(({ hostMarks }) => hostMarks.length > 0);
  return {
    name: name === null || !masked ? name : maskedName(name),
    status,
    is_host: isReported ? person.isHost : null,
    visits: visits.map(({ joinedAt, leftAt, leftBy = null, start, end }) => ({
      joined_at: toWireTime(joinedAt),
      left_at: toWireTime(leftAt),
      left_by: toWireTime(leftBy),
      start,
      end,
    })),
    attended: attended.map(sharedSpanOf),
    waits: waits.map((wait) => ({
      started_at: toWireTime(wait.startedAt),
      ended_at: toWireTime(wait.endedAt),
      over_by: toWireTime(wait.overBy ?? null),
      outcome: wait.outcome,
      inferred: wait.inferred,
      entered: isEndEntered(wait),
    })),
    hosted: tenures.map((tenure) => ({ ...sharedSpanOf(tenure), inferred: tenure.inferred })),
  };
}

function sharedSpanOf({ from, to }: { from: Ms; to: Ms | null }): SharedSpan {
  return { from: toWireTime(from), to: toWireTime(to) };
}

/** The view that a shared meeting was made of, as far as it was given out: people are told apart by their places. */
export function viewOfShared(shared: SharedView): MeetingView {
  const people = shared.people.map((person, place) => personViewOf(person, `p${place}`, false));
  const noteTakers = shared.note_takers.map((one, place) => personViewOf(one, `n${place}`, true));
  const steps = stepsOf(people.map(({ presence }) => presence));
  const joined = people.flatMap(({ firstJoinedAt }) => firstJoinedAt ?? []);
  return {
    status: shared.status,
    startedAt: fromWire(shared.started_at),
    endedAt: fromWire(shared.ended_at),
    endedBy: null,
    frame: {
      ...{ providerIds: [], startedAt: null, endedAt: null },
      ...{ observed: false, observedFrom: null },
    },
    people,
    noteTakers,
    presentCount: people.filter(({ status }) => status === "present").length,
    waitingCount: people.filter(isWaiting).length,
    steps,
    peak: peakSince(peakOf(steps), joined.length === 0 ? null : Math.min(...joined)),
    firstAt: fromWire(shared.first_at),
    tipAt: fromWire(shared.tip_at),
    staleAt: null,
  };
}

function personViewOf(person: SharedPerson, id: string, isNoteTaker: boolean): PersonView {
  const visits = person.visits.map(
    (visit): Visit => ({
      participantId: id,
      joinedAt: fromWireTime(visit.joined_at),
      leftAt: fromWire(visit.left_at),
      ...(visit.left_by !== null && { leftBy: fromWireTime(visit.left_by) }),
      start: visit.start,
      end: visit.end,
    }),
  );
  const presence = union(visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })));
  return {
    ...{ id, name: person.name, userId: null, identifiedBy: "connection" },
    ...{ isNoteTaker, isUserIdShared: false, participantIds: [id], rulings: [] },
    participants: [connectionOf(person, id)],
    status: person.status,
    isHost: person.is_host === true,
    visits,
    presence,
    attended: person.attended.map(spanOfShared),
    waits: person.waits.map((wait) => waitOf(wait, id)),
    tenures: person.hosted.map((hosted) => ({
      ...spanOfShared(hosted),
      inferred: hosted.inferred,
    })),
    firstJoinedAt: visits[0]?.joinedAt ?? null,
    lastLeftAt: presence.at(-1)?.to ?? null,
  };
}

/** One connection, of which it is known only whether the provider ever said who is host. */
function connectionOf({ is_host }: SharedPerson, id: string): Participant {
  const hostMarks = is_host === null ? [] : [{ at: 0, isHost: is_host, exact: false }];
  return {
    ...{ id, userId: null, name: null, visits: [], knocks: [] },
    ...{ hostMarks, heardAt: null },
  };
}

function waitOf(wait: SharedPerson["waits"][number], participantId: string): Wait {
  return {
    participantId,
    startedAt: fromWireTime(wait.started_at),
    endedAt: fromWire(wait.ended_at),
    ...(wait.over_by !== null && { overBy: fromWireTime(wait.over_by) }),
    outcome: wait.outcome,
    inferred: wait.inferred,
    ...(wait.entered && { ruling: "entered" }),
  };
}

function spanOfShared({ from, to }: SharedSpan): { from: Ms; to: Ms | null } {
  return { from: fromWireTime(from), to: fromWire(to) };
}

function fromWire(at: WireTime | null): Ms | null {
  return at === null ? null : fromWireTime(at);
}
