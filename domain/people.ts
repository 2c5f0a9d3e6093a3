import type { Ms } from "./event.ts";
import { foldName } from "./name.ts";
import type { Participant } from "./participant.ts";
import { ADMISSION_MS } from "./rules.ts";

/** What made several connections one person: the provider's user id, the name (inferred), or nothing. */
export type IdentifiedBy = "user_id" | "name" | "connection";

/** Connections of one meeting that are one human. */
export interface Person {
  /** `u:<user id>`, or `c:<participant id>` of the earliest connection. */
  id: string;
  identifiedBy: IdentifiedBy;
  userId: string | null;
  name: string | null;
  /** Earliest first. */
  participants: Participant[];
}

/**
 * Who is who among the connections of one meeting.
 *
 * The same user id is the same person. Without one, the same folded name is the same person as long as
 * the connections do not overlap: two "iPhone"s at once stay two. A guest who only waited and then came
 * in under a user id with the same name is that person. A lens, never a change of the facts.
 */
export function identify(participants: readonly Participant[]): Person[] {
  const known = new Map<string, Participant[]>();
  const named = new Map<string, Participant[]>();
  const groups: Participant[][] = [];
  for (const participant of participants.toSorted(byFirstSeen)) {
    const name = foldName(participant.name);
    if (participant.userId !== null) append(known, participant.userId, participant);
    else if (name !== null) append(named, name, participant);
    else groups.push([participant]);
  }
  for (const guests of named.values()) groups.push(...chains(guests));

  const signedIn = [...known.values()];
  // By name, so that every guest is held against their namesakes only: folding is what costs.
  const namesakes = new Map<string, Participant[][]>();
  for (const person of signedIn) {
    for (const name of new Set(person.map((connection) => foldName(connection.name)))) {
      if (name !== null) append(namesakes, name, person);
    }
  }
  const people: Person[] = [];
  for (const group of groups) {
    const candidates = namesakes.get(foldName(group[0]?.name ?? null) ?? "") ?? [];
    const admittedAs = candidates.filter((person) => cameInAs(group, person));
    if (admittedAs.length === 1) admittedAs[0]?.push(...group);
    else people.push(asPerson(group));
  }
  for (const group of signedIn) people.push(asPerson(group));
  return people.toSorted((a, b) => firstSeen(a) - firstSeen(b) || (a.id < b.id ? -1 : 1));
}

/** Guests of one name, as the fewest people whose connections do not overlap. */
function chains(guests: readonly Participant[]): Participant[][] {
  const people: Participant[][] = [];
  for (const guest of guests) {
    const home = people.findLast((person) => !collide(person, guest));
    if (home) home.push(guest);
    else people.push([guest]);
  }
  return people;
}

/**
 * Whether a connection was somewhere while the person was somewhere else. Next to a visit, a wait without
 * a reported end was over when the visit began, and admission may report the wait's end a little after the
 * visit's start; next to another wait it lasts until its own person came in.
 */
function collide(person: readonly Participant[], guest: Participant): boolean {
  const visits = person.flatMap(visitsOf);
  const own = visitsOf(guest);
  return (
    anyOverlap(visits, own) ||
    anyOverlap(waitsOf(person, visits), waitsOf([guest], own)) ||
    anyOverlap(person.flatMap(certainWaitsOf), own) ||
    anyOverlap(visits, certainWaitsOf(guest))
  );
}

interface Stay {
  from: Ms;
  to: Ms;
}

function anyOverlap(a: readonly Stay[], b: readonly Stay[]): boolean {
  return a.some((x) => b.some((y) => overlap(x, y)));
}

function visitsOf({ visits }: Participant): Stay[] {
  return visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt ?? Infinity }));
}

function waitsOf(person: readonly Participant[], visits: readonly Stay[]): Stay[] {
  return person
    .flatMap(({ knocks }) => knocks)
    .map(({ startedAt, stoppedAt }) => {
      const joins = visits.map(({ from }) => from).filter((join) => join >= startedAt);
      return { from: startedAt, to: Math.min(stoppedAt ?? Infinity, ...joins) };
    });
}

function certainWaitsOf({ knocks }: Participant): Stay[] {
  return knocks.map(({ startedAt, stoppedAt }) => ({
    from: startedAt,
    to: Math.max(startedAt, (stoppedAt ?? startedAt) - ADMISSION_MS),
  }));
}

function overlap(a: Stay, b: Stay): boolean {
  if (a.from === b.from) return a.to > a.from || b.to > b.from;
  return a.from < b.from ? b.from < a.to : a.from < b.to;
}

/** A guest who was only ever waiting, and the signed-in person of that name whose visit ended a wait. */
function cameInAs(guest: readonly Participant[], person: readonly Participant[]): boolean {
  const name = foldName(guest[0]?.name ?? null);
  if (name === null || guest.some(({ visits }) => visits.length > 0)) return false;
  const visits = person
    .filter((connection) => foldName(connection.name) === name)
    .flatMap((connection) => connection.visits);
  return guest.some(({ knocks }) =>
    knocks.some((knock) =>
      visits.some(
        ({ joinedAt }) =>
          joinedAt >= knock.startedAt && joinedAt <= (knock.stoppedAt ?? Infinity) + ADMISSION_MS,
      ),
    ),
  );
}

function asPerson(group: readonly Participant[]): Person {
  const participants = group.toSorted(byFirstSeen);
  const userId = participants.find((participant) => participant.userId !== null)?.userId ?? null;
  const first = participants[0]?.id ?? "";
  const named = participants.findLast(
    (participant) => participant.name !== null && (userId === null || participant.userId !== null),
  );
  return {
    id: userId === null ? `c:${first}` : `u:${userId}`,
    identifiedBy: userId !== null ? "user_id" : participants.length > 1 ? "name" : "connection",
    userId,
    name: named?.name ?? participants.findLast(({ name }) => name !== null)?.name ?? null,
    participants,
  };
}

function firstSeen(person: Person): Ms {
  return person.participants[0] ? seenFrom(person.participants[0]) : Infinity;
}

function byFirstSeen(a: Participant, b: Participant): number {
  const order = seenFrom(a) - seenFrom(b);
  return order === 0 || Number.isNaN(order) ? (a.id < b.id ? -1 : 1) : order;
}

/** When a connection was first anywhere; never, for one that was only ever mentioned. */
function seenFrom(participant: Participant): Ms {
  const visit = participant.visits[0]?.joinedAt ?? Infinity;
  const knock = participant.knocks[0]?.startedAt ?? Infinity;
  return Math.min(visit, knock);
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
