import {
  earliest,
  isAboutParticipant,
  type MeetingEvent,
  type Ms,
  type ParticipantEvent,
} from "./event.ts";
import { type Family, familiesOf } from "./family.ts";
import { type MeetingStory, meetingOf, settingOf } from "./meeting.ts";
import { type Participant, tellParticipant } from "./participant.ts";
import { byFirst, identify, type Person } from "./people.ts";
import type { Rules } from "./rules.ts";
import { type Ruling, rulingsOf } from "./ruling.ts";
import { type PersonStory, type Setting, tellPerson } from "./story.ts";
import { NOBODY, type Returns } from "./wait.ts";

/** What was heard of one connection, and what that tells; `null` where it is to be told again. */
interface Connection {
  events: ParticipantEvent[];
  told: Participant | null;
}

/** A family, and who is who in it. */
interface Household extends Family {
  people: Person[];
}

/** What a telling depended on besides the events, and until when it holds. */
interface Circumstances {
  setting: Setting;
  now: Ms;
  staleAt: Ms | null;
}

/**
 * Tells a meeting as `tellMeeting` does, whatever it is asked, and remembers it: where events were only
 * added, those connections and people are told again whom they touch, and everybody else is the same object.
 */
export class Teller {
  #heard: readonly MeetingEvent[] = [];
  #connections = new Map<string, Connection>();
  #ofMeeting: MeetingEvent[] = [];
  /** The event that reaches furthest back, and the one that reaches furthest on. */
  #ends: MeetingEvent[] = [];
  #rulings: Ruling[] = [];
  #families = new Map<string, Household>();
  #stories = new Map<Person, PersonStory>();
  #before: Circumstances | null = null;

  tell(
    events: readonly MeetingEvent[],
    rules: Rules,
    now: Ms,
    returned: Returns = NOBODY,
  ): MeetingStory {
    this.#hear(events);
    const decisive = [...new Set([...this.#ofMeeting, ...this.#ends])];
    const setting = settingOf(decisive, rules, now, returned);
    this.#doubt(setting, now);
    const story = meetingOf(decisive, this.#tellPeople(setting, now), setting);
    this.#before = { setting, now, staleAt: story.staleAt };
    return story;
  }

  #hear(events: readonly MeetingEvent[]): void {
    if (!this.#heard.every((event, index) => event === events[index])) this.#forget();
    const fresh = events.slice(this.#heard.length);
    this.#heard = events;
    for (const event of fresh) {
      const [first = event, last = event] = this.#ends;
      this.#ends = [
        earliest(event) < earliest(first) ? event : first,
        event.at > last.at ? event : last,
      ];
      if (isAboutParticipant(event)) this.#hearOf(event);
      else this.#ofMeeting.push(event);
    }
    if (fresh.some(({ type }) => type === "identity_ruled")) {
      this.#rulings = rulingsOf(this.#ofMeeting);
    }
  }

  #hearOf(event: ParticipantEvent): void {
    const known = this.#connections.get(event.participantId);
    const events = known?.events ?? [];
    events.push(event);
    if (known) known.told = null;
    else this.#connections.set(event.participantId, { events, told: null });
  }

  #forget(): void {
    this.#heard = [];
    this.#connections.clear();
    this.#ofMeeting = [];
    this.#ends = [];
    this.#rulings = [];
  }

  /** Forgets what would be told otherwise under these circumstances. */
  #doubt(setting: Setting, now: Ms): void {
    if (this.#before === null) return;
    const { setting: before, now: then, staleAt } = this.#before;
    if (!showsAlike(setting, before)) {
      for (const connection of this.#connections.values()) connection.told = null;
    }
    const isStale = now < then || (staleAt !== null && now >= staleAt);
    if (isStale || !countsAlike(setting, before)) this.#stories.clear();
  }

  #tellPeople(setting: Setting, now: Ms): PersonStory[] {
    const told = new Map<Person, PersonStory>();
    for (const person of this.#identify(setting)) {
      told.set(person, this.#stories.get(person) ?? tellPerson(person, setting, now));
    }
    this.#stories = told;
    return [...told.values()];
  }

  /** Everybody in order of first appearance. */
  #identify({ closings, observedFrom }: Setting): Person[] {
    const participants: Participant[] = [];
    for (const [id, connection] of this.#connections) {
      connection.told ??= tellParticipant(id, connection.events, closings, observedFrom);
      participants.push(connection.told);
    }
    const known = new Map([...this.#stories.keys()].map((person) => [person.id, person]));
    const families = new Map<string, Household>();
    for (const family of familiesOf(participants, this.#rulings)) {
      const key = family.participants[0]?.id ?? "";
      const before = this.#families.get(key);
      families.set(key, before && isMadeOfSame(family, before) ? before : settle(family, known));
    }
    this.#families = families;
    return [...families.values()]
      .flatMap(({ people }) => people)
      .toSorted((a, b) => byFirst(a.participants, b.participants));
  }
}

/** Who is who in a family; whoever is made of the same as before stays the same object. */
function settle(family: Family, known: ReadonlyMap<string, Person>): Household {
  const people = identify(family.participants, family.rulings).map((person) => {
    const before = known.get(person.id);
    return before && isMadeOfSame(person, before) ? before : person;
  });
  return { ...family, people };
}

function isMadeOfSame(a: Family, b: Family): boolean {
  return isSame(a.participants, b.participants) && isSame(a.rulings, b.rulings);
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Whether every connection tells the same in both. */
function showsAlike(a: Setting, b: Setting): boolean {
  const [some, others] = [a.closings, b.closings];
  return (
    a.observedFrom === b.observedFrom &&
    some.length === others.length &&
    some.every(({ at, final }, n) => at === others[n]?.at && final === others[n]?.final)
  );
}

/** Whether everybody's connections come to the same in both. */
function countsAlike({ rules, returned }: Setting, other: Setting): boolean {
  return rules.graceMs === other.rules.graceMs && isSame([...returned], [...other.returned]);
}
