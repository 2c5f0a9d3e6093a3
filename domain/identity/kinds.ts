import type { Participant } from "#domain/participant/participant.ts";
import type { IdentityCorrection } from "./identity-correction.ts";
import { isNoteTakerName } from "./note-taker.ts";
import { byFirst, identify, type Person } from "./people.ts";

/**
 * Who is who among the connections of one meeting. Note-takers are identified among themselves: none is
 * ever one with a person, whatever they share. The latest correction decides which connection is one, else
 * its name. In order of first appearance.
 */
export function identifyAll(
  participants: readonly Participant[],
  corrections: readonly IdentityCorrection[],
  own: readonly string[],
): Person[] {
  const kindCorrections = corrections.filter(isOnKind);
  const takers = noteTakersAmong(participants, corrections, own);
  const people = identify(
    takers.length === 0 ? participants : participants.filter((one) => !takers.includes(one)),
    corrections,
  ).map((person) => withCorrections(person, kindCorrections));
  if (takers.length === 0) return people;
  const apart = identify(takers, corrections).map((one) => ({
    ...withCorrections(one, kindCorrections),
    // A person may share their user id with their note-taker.
    id: `c:${one.participants[0]?.id ?? ""}`,
    isNoteTaker: true,
  }));
  return [...people, ...apart].toSorted((a, b) => byFirst(a.participants, b.participants));
}

/** Those of the connections that are note-takers. */
export function noteTakersAmong(
  participants: readonly Participant[],
  corrections: readonly IdentityCorrection[],
  own: readonly string[],
): Participant[] {
  const kindCorrections = corrections.filter(isOnKind);
  // Somebody who reconnects has one name many times.
  const named = new Map<string | null, boolean>();
  const isNamedSo = (name: string | null) => {
    const is = named.get(name) ?? isNoteTakerName(name, own);
    named.set(name, is);
    return is;
  };
  return participants.filter(({ id, name }) => statedKind(id, kindCorrections) ?? isNamedSo(name));
}

function isOnKind({ verdict }: IdentityCorrection): boolean {
  return verdict === "note_taker" || verdict === "person";
}

/** Whether operators stated that a connection is a note-taker; `null` where there is no correction. */
function statedKind(id: string, kindCorrections: readonly IdentityCorrection[]): boolean | null {
  const last = kindCorrections.findLast(({ participantIds }) => participantIds.includes(id));
  return last === undefined ? null : last.verdict === "note_taker";
}

function withCorrections(person: Person, kindCorrections: readonly IdentityCorrection[]): Person {
  const own = kindCorrections.filter(({ participantIds }) =>
    person.participants.some(({ id }) => participantIds.includes(id)),
  );
  if (own.length === 0) return person;
  const corrections = [...person.rulings, ...own];
  return {
    ...person,
    rulings: corrections.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  };
}
