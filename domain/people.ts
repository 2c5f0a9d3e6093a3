import type { Ms } from "./event.ts";
import { foldName } from "./name.ts";
import type { Participant } from "./participant.ts";
import { ADMISSION_MS } from "./rules.ts";
import { type Ruled, type Ruling, ruled } from "./ruling.ts";

/**
 * What made several connections one person: the provider's user id, the name (inferred), an operator's
 * word, or nothing.
 */
export type IdentifiedBy = "user_id" | "name" | "operator" | "connection";

/** Connections of one meeting that are one human. */
export interface Person {
  /** `u:<user id>` of the earliest connection that has one, or `c:<participant id>` of the earliest. */
  id: string;
  identifiedBy: IdentifiedBy;
  userId: string | null;
  name: string | null;
  /** A program that takes notes, and nobody: see `identifyAll`. */
  isNoteTaker: boolean;
  /** Earliest first. */
  participants: Participant[];
  /** The operators' words that made them this person, or kept others out, oldest first. */
  rulings: Ruling[];
}

/**
 * Who is who among the connections of one meeting.
 *
 * The same user id is the same person. Without one, the same folded name is the same person as long as
 * the connections do not overlap: two "iPhone"s at once stay two. A guest who only waited and then came
 * in under a user id with the same name is that person. What an operator ruled goes before all that.
 * A lens, never a change of the facts.
 */
export function identify(
  participants: readonly Participant[],
  rulings: readonly Ruling[] = [],
): Person[] {
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
  const guests: Participant[][] = [];
  for (const group of groups) {
    const candidates = namesakes.get(foldName(group[0]?.name ?? null) ?? "") ?? [];
    const admittedAs = candidates.filter((person) => cameInAs(group, person));
    if (admittedAs.length === 1) admittedAs[0]?.push(...group);
    else guests.push(group);
  }
  const everybody = [...guests, ...signedIn].map((group) => group.toSorted(byFirstSeen));
  const inOrder = ruled(everybody, rulings)
    .map((group) => ({ ...group, members: group.members.toSorted(byFirstSeen) }))
    .toSorted((a, b) => byFirst(a.members, b.members));
  const taken = new Set<string>();
  return inOrder.map((group) => asPerson(group, taken));
}

/** Guests of one name, as the fewest people whose connections do not overlap. */
function chains(guests: readonly Participant[]): Participant[][] {
  const people: { connections: Participant[]; track: Track }[] = [];
  for (const guest of guests) {
    const track = trackOf([guest]);
    const home = people.findLast((person) => !collide(person.track, track));
    if (home === undefined) {
      people.push({ connections: [guest], track });
    } else {
      home.connections.push(guest);
      home.track = trackOf(home.connections);
    }
  }
  return people.map(({ connections }) => connections);
}

interface Stay {
  from: Ms;
  to: Ms;
}

/** Where somebody was when, as one or more connections. */
interface Track {
  visits: Stay[];
  /** Until reported, or until they came in. */
  waits: Stay[];
  /** As long as they were certainly still waiting. */
  certainWaits: Stay[];
  since: Ms;
  until: Ms;
}

function trackOf(connections: readonly Participant[]): Track {
  const visits = connections.flatMap(visitsOf);
  const waits = waitsOf(connections, visits);
  const certainWaits = connections.flatMap(certainWaitsOf);
  let [since, until] = [Infinity, -Infinity];
  for (const { from, to } of [...visits, ...waits, ...certainWaits]) {
    since = Math.min(since, from);
    until = Math.max(until, to);
  }
  return { visits, waits, certainWaits, since, until };
}

/**
 * Whether a connection was somewhere while the person was somewhere else. Next to a visit, a wait without
 * a reported end was over when the visit began, and admission may report the wait's end a little after the
 * visit's start; next to another wait it lasts until its own person came in.
 */
function collide(person: Track, guest: Track): boolean {
  // Of a thousand guests called the same nearly all are told apart by these two.
  if (person.until < guest.since) return false;
  const [last, first] = [person.visits.at(-1), guest.visits[0]];
  if (last && first && overlap(last, first)) return true;
  return (
    anyOverlap(person.visits, guest.visits) ||
    anyOverlap(person.waits, guest.waits) ||
    anyOverlap(person.certainWaits, guest.visits) ||
    anyOverlap(person.visits, guest.certainWaits)
  );
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

function asPerson(group: Ruled<Participant>, taken: Set<string>): Person {
  const participants = group.members;
  const userId = participants.find((participant) => participant.userId !== null)?.userId ?? null;
  const named = participants.findLast(
    (participant) => participant.name !== null && (userId === null || participant.userId !== null),
  );
  // Two people of one user id are only ever parted by an operator; then the first keeps the id.
  const signedIn = userId === null ? null : `u:${userId}`;
  const id =
    signedIn !== null && !taken.has(signedIn) ? signedIn : `c:${participants[0]?.id ?? ""}`;
  taken.add(id);
  return {
    id,
    identifiedBy: identifiedBy(group),
    userId,
    name: named?.name ?? participants.findLast(({ name }) => name !== null)?.name ?? null,
    isNoteTaker: false,
    participants,
    rulings: group.rulings,
  };
}

function identifiedBy({ members, rulings }: Ruled<Participant>): IdentifiedBy {
  if (rulings.some(({ verdict }) => verdict === "same")) return "operator";
  if (members.some(({ userId }) => userId !== null)) return "user_id";
  return members.length > 1 ? "name" : "connection";
}

/** People in order of first appearance, from their connections, earliest first. */
export function byFirst(a: readonly Participant[], b: readonly Participant[]): number {
  const [first, other] = [a[0], b[0]];
  return first && other ? byFirstSeen(first, other) : 0;
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
