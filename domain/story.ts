import type { Closing } from "./closing.ts";
import type { MeetingEvent, Ms } from "./event.ts";
import { isHostNow, type Tenure, tellTenures } from "./host.ts";
import { type Interval, lengthMs, union } from "./interval.ts";
import { identifyAll } from "./kinds.ts";
import { byConnection, type Participant, tellParticipant, type Visit } from "./participant.ts";
import type { IdentifiedBy, Person } from "./people.ts";
import type { Rules } from "./rules.ts";
import { type Ruling, rulingsOf } from "./ruling.ts";
import { type Returns, tellWaits, type Wait } from "./wait.ts";

export type PersonStatus = "waiting" | "present" | "left" | "not_admitted";

/** What one person did in one meeting, told from all their events. */
export interface PersonStory {
  id: string;
  identifiedBy: IdentifiedBy;
  name: string | null;
  userId: string | null;
  /** A program that takes notes: in no number of the meeting's. */
  isNoteTaker: boolean;
  participantIds: string[];
  /** The connections as they were told one by one, earliest first. */
  participants: readonly Participant[];
  /** The operators' words that made them this person, or kept others out. */
  rulings: Ruling[];
  status: PersonStatus;
  /** Host by the latest statement. */
  isHost: boolean;
  /** Raw, of all connections, earliest first; may overlap. */
  visits: Visit[];
  /** Where the person was, as it was: the union of the visits without any grace. */
  presence: Interval[];
  /** The union of the visits after gaps up to the grace are joined. */
  attended: Interval[];
  waits: Wait[];
  tenures: Tenure[];
  firstJoinedAt: Ms | null;
  /** `null` while present, and for whoever was never in. */
  lastLeftAt: Ms | null;
}

/** What of a meeting everybody's story depends on. */
export interface Setting {
  closings: readonly Closing[];
  /** When the observer came in, where there is one. */
  observedFrom: Ms | null;
  /** Who gave up waiting here and came in to a later meeting of the room that day. */
  returned: Returns;
  rules: Rules;
}

/** The stories of everybody the events speak of, note-takers among them. A function of the set of events. */
export function tellPeople(
  events: readonly MeetingEvent[],
  setting: Setting,
  now: Ms,
): PersonStory[] {
  const participants = [...byConnection(events)].map(([id, own]) =>
    tellParticipant(id, own, setting.closings, setting.observedFrom),
  );
  return identifyAll(participants, rulingsOf(events), setting.rules.noteTakers).map((person) =>
    tellPerson(person, setting, now),
  );
}

/** One person's story, from their connections. */
export function tellPerson(
  person: Person,
  setting: Omit<Setting, "observedFrom">,
  now: Ms,
): PersonStory {
  const visits = person.participants
    .flatMap((participant) => participant.visits)
    .toSorted(
      (a, b) =>
        a.joinedAt - b.joinedAt ||
        (a.leftAt ?? Infinity) - (b.leftAt ?? Infinity) ||
        (a.participantId < b.participantId ? -1 : 1),
    );
  const waits = tellWaits(person.participants, visits, setting, now);
  const intervals = visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  const presence = union(intervals);
  const present = presence.at(-1)?.to === null;
  const waiting = waits.some(({ outcome }) => outcome === "waiting");
  return {
    id: person.id,
    identifiedBy: person.identifiedBy,
    name: person.name,
    userId: person.userId,
    isNoteTaker: person.isNoteTaker,
    participantIds: person.participants.map(({ id }) => id),
    participants: person.participants,
    rulings: person.rulings,
    status: present ? "present" : waiting ? "waiting" : visits.length > 0 ? "left" : "not_admitted",
    isHost: isHostNow(person.participants),
    visits,
    presence,
    attended: union(intervals, setting.rules.graceMs),
    waits,
    tenures: tellTenures(person.participants, setting.rules.graceMs),
    firstJoinedAt: visits[0]?.joinedAt ?? null,
    lastLeftAt: presence.at(-1)?.to ?? null,
  };
}

/** People, and the note-takers that are none. */
export function apart(everybody: readonly PersonStory[]): {
  people: PersonStory[];
  noteTakers: PersonStory[];
} {
  return {
    people: everybody.filter(({ isNoteTaker }) => !isNoteTaker),
    noteTakers: everybody.filter(({ isNoteTaker }) => isNoteTaker),
  };
}

/** Attended time in ms: the length of the union after the grace, open visits counted to `now`. */
export function attendedMs(story: PersonStory, now: Ms): Ms {
  return lengthMs(story.attended, now);
}
