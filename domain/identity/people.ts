import type { Participant } from "#domain/participant/participant.ts";
import { CONTINUES_MS, DEAD_CONNECTION_MS, NAMESAKES } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { namesContradict, namesNobody } from "./generic-names.ts";
import {
  type CorrectedGroup,
  correctGroups,
  type IdentityCorrection,
} from "./identity-correction.ts";
import { foldName } from "./name.ts";
import { apartMs, cameInAs, collide, type Track, trackOf } from "./track.ts";

/**
 * What made several connections one person: the provider's user id, the name of at least one of them
 * (inferred), an operator's correction, or nothing.
 */
export type IdentifiedBy = "user_id" | "name" | "operator" | "connection";

/** Connections of one meeting that are one human. */
export interface Person {
  /** `u:<user id>` of the earliest connection that has one, or `c:<participant id>` of the earliest. */
  id: string;
  identifiedBy: IdentifiedBy;
  userId: string | null;
  /** Other people used this user id at the same time, so it does not identify this person. */
  isUserIdShared: boolean;
  name: string | null;
  /** A program that takes notes, not a human: see `identifyAll`. */
  isNoteTaker: boolean;
  /** Earliest first. */
  participants: Participant[];
  /** The corrections that made them this person, or kept others out, oldest first. */
  rulings: IdentityCorrection[];
}

/**
 * Who is who among the connections of one meeting: a lens, never a change of the facts.
 *
 * The same user id is the same person, unless contradicting names used it at once. Without one, the same
 * folded name is the same person while the connections do not overlap; for a name that names a person, a
 * lost connection may overlap a little with the next. A guest who waited and came in under a user id with
 * the same name is that person, and so is one who goes on where the only namesake stopped. Of more than a
 * hundred guests of one name each is a person. An operator's correction goes before all that.
 */
export function identify(
  participants: readonly Participant[],
  corrections: readonly IdentityCorrection[] = [],
): Person[] {
  const byUserId = new Map<string, Participant[]>();
  const named = new Map<string, Participant[]>();
  const guests: Participant[][] = [];
  for (const participant of participants.toSorted(byFirstSeen)) {
    const name = foldName(participant.name);
    if (participant.userId !== null) append(byUserId, participant.userId, participant);
    else if (name !== null) append(named, name, participant);
    else guests.push([participant]);
  }
  const [signedIn, sharing]: [Participant[][], Participant[][]] = [[], []];
  for (const connections of byUserId.values()) {
    const people = usersOf(connections);
    if (people.length === 1) signedIn.push(...people);
    else sharing.push(...people);
  }
  // By name, so that each guest is compared with namesakes only: folding is the expensive part.
  const namesakes = new Map<string, Namesake[]>();
  for (const connections of signedIn) {
    for (const [name, own] of Map.groupBy(connections, (connection) => foldName(connection.name))) {
      const visits = own.flatMap((connection) => connection.visits);
      if (name !== null) append(namesakes, name, { connections, visits });
    }
  }
  for (const [name, connections] of named) {
    const people = chains(connections, namesNobody(name));
    for (const person of people) {
      const signed = signedInAs(person, namesakes.get(name) ?? [], name, people.length === 1);
      if (signed === null) guests.push(person);
      else signed.push(...person);
    }
  }
  const shared = new Set(sharing.flat());
  const everybody = [...guests, ...sharing, ...signedIn].map((group) =>
    group.toSorted(byFirstSeen),
  );
  const inOrder = correctGroups(everybody, corrections)
    .map((group) => ({ ...group, members: group.members.toSorted(byFirstSeen) }))
    .toSorted((a, b) => byFirst(a.members, b.members));
  const usedIds = new Set<string>();
  return inOrder.map((group) => asPerson(group, shared, usedIds));
}

/**
 * The people behind one user id: one, unless contradicting names used it at once. With more than a hundred
 * people each connection is a person of its own.
 */
function usersOf(connections: readonly Participant[]): Participant[][] {
  const called = connections.map((connection) => ({ connection, name: foldName(connection.name) }));
  const contradict = remembering(namesContradict);
  if (!isShared(called, contradict)) return [[...connections]];
  const people: { connections: Participant[]; names: Set<string | null> }[] = [];
  for (const { connection, name } of called) {
    if (people.length > NAMESAKES) return connections.map((one) => [one]);
    const home =
      name === null
        ? undefined
        : people.find(({ names }) =>
            [...names].every((other) => other !== null && !contradict(other, name)),
          );
    if (home) {
      home.connections.push(connection);
      home.names.add(name);
    } else {
      people.push({ connections: [connection], names: new Set([name]) });
    }
  }
  return people.map((person) => person.connections);
}

type Contradict = (one: string | null, other: string | null) => boolean;

function isShared(
  called: readonly { connection: Participant; name: string | null }[],
  contradict: Contradict,
): boolean {
  if (new Set(called.map(({ name }) => name)).size < 2) return false;
  const tracks = called
    .map(({ connection, name }) => ({ name, track: trackOf([connection]) }))
    .toSorted((a, b) => a.track.since - b.track.since);
  /** For each name the connections that may still be there. */
  const there = new Map<string | null, { until: Ms; tracks: Track[] }>();
  for (const { name, track } of tracks) {
    for (const [other, { until, tracks }] of there) {
      if (until < track.since) there.delete(other);
      else if (contradict(name, other) && tracks.some((one) => collide(one, track, 0))) return true;
    }
    const own = there.get(name);
    if (own) {
      own.tracks.push(track);
      own.until = Math.max(own.until, track.until);
    } else {
      there.set(name, { until: track.until, tracks: [track] });
    }
  }
  return false;
}

function remembering(contradict: Contradict): Contradict {
  const results = new Map<string, boolean>();
  return (one, other) => {
    const pair = JSON.stringify([one, other]);
    const before = results.get(pair);
    if (before !== undefined) return before;
    const is = contradict(one, other);
    results.set(pair, is);
    return is;
  };
}

/**
 * Guests of one name, as the fewest people whose connections do not overlap. `isNobody`: the name names no
 * person.
 */
function chains(guests: readonly Participant[], isNobody: boolean): Participant[][] {
  if (guests.length > NAMESAKES) return guests.map((guest) => [guest]);
  const joins = isNobody
    ? []
    : guests.flatMap(({ visits }) => visits.map(({ joinedAt }) => joinedAt));
  const slackMs = isNobody ? 0 : DEAD_CONNECTION_MS;
  const people: { connections: Participant[]; track: Track }[] = [];
  for (const guest of guests) {
    const track = trackOf([guest], joins);
    const home = people.findLast((person) => !isElsewhere(person, guest, track, joins, slackMs));
    if (home === undefined) {
      people.push({ connections: [guest], track });
    } else {
      home.connections.push(guest);
      home.track = trackOf(home.connections, joins);
    }
  }
  return people.map(({ connections }) => connections);
}

/**
 * Whether a guest was in one place while the person was in another. What two observers saw at the same time may be one
 * connection, to which each gives an id of its own: only what one of them saw tells people apart.
 */
function isElsewhere(
  { connections, track: whole }: { connections: readonly Participant[]; track: Track },
  guest: Participant,
  track: Track,
  joins: readonly Ms[],
  slackMs: Ms,
): boolean {
  const { seenBy } = guest;
  if (seenBy === undefined) return collide(whole, track, slackMs);
  return connections
    .filter((one) => one.seenBy?.some((observer) => seenBy.includes(observer)) ?? true)
    .some((one) => collide(trackOf([one], joins), track, slackMs));
}

/** A signed-in person under one of their names, and their visits under it. */
interface Namesake {
  connections: Participant[];
  visits: readonly Visit[];
}

/**
 * The signed-in person that a guest is, if any, among those of the same name. `isOnly`: no other guest has
 * the name.
 */
function signedInAs(
  guest: readonly Participant[],
  namesakes: readonly Namesake[],
  name: string,
  isOnly: boolean,
): Participant[] | null {
  if (guest.every(({ visits }) => visits.length === 0)) {
    const [admitted, ...more] = namesakes.filter(({ visits }) => cameInAs(guest, visits));
    return admitted === undefined || more.length > 0 ? null : admitted.connections;
  }
  if (!isOnly || namesakes.length !== 1 || namesNobody(name)) return null;
  const only = namesakes[0]?.connections ?? [];
  const [one, other] = [trackOf(only), trackOf(guest)];
  if (apartMs(one, other) > CONTINUES_MS) return null;
  const person = { connections: only, track: one };
  const isAnother = guest.some((connection) =>
    isElsewhere(
      person,
      connection,
      connection.seenBy === undefined ? other : trackOf([connection]),
      [],
      DEAD_CONNECTION_MS,
    ),
  );
  return isAnother ? null : only;
}

function asPerson(
  group: CorrectedGroup<Participant>,
  shared: ReadonlySet<Participant>,
  usedIds: Set<string>,
): Person {
  const participants = group.members;
  const isUserIdShared = participants.some((participant) => shared.has(participant));
  const userId = participants.find((participant) => participant.userId !== null)?.userId ?? null;
  const named = participants.findLast(
    (participant) => participant.name !== null && (userId === null || participant.userId !== null),
  );
  // Only an operator separates two people of one user id; then the first keeps the id.
  const signedIn = userId === null || isUserIdShared ? null : `u:${userId}`;
  const id =
    signedIn !== null && !usedIds.has(signedIn) ? signedIn : `c:${participants[0]?.id ?? ""}`;
  usedIds.add(id);
  return {
    id,
    identifiedBy: identifiedBy(group, isUserIdShared),
    userId,
    isUserIdShared,
    name: named?.name ?? participants.findLast(({ name }) => name !== null)?.name ?? null,
    isNoteTaker: false,
    participants,
    rulings: group.rulings,
  };
}

function identifiedBy(
  { members, rulings: corrections }: CorrectedGroup<Participant>,
  isUserIdShared: boolean,
): IdentifiedBy {
  if (corrections.some(({ verdict }) => verdict === "same")) return "operator";
  const isSignedIn = members.every(({ userId }) => userId !== null) && !isUserIdShared;
  return isSignedIn ? "user_id" : members.length > 1 ? "name" : "connection";
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

/** When a connection was first in or waiting; Infinity for one that was only ever mentioned. */
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
