import type { Participant } from "#domain/participant/participant.ts";
import type { IdentityCorrection } from "./identity-correction.ts";
import { identifyAll } from "./kinds.ts";
import { foldName } from "./name.ts";
import { byFirst, type Person } from "./people.ts";

/** Connections that may be one person. Identifying one family does not affect any other. */
interface Family {
  members: Map<string, Participant>;
  /** The user ids, names and corrections that its members share. */
  marks: Set<string>;
  people: Person[];
  /** Its people are up to date with its members. */
  isSettled: boolean;
}

/**
 * Who is who, as `identifyAll` answers it, while connections come and change: only families with a change
 * are identified again, and a person with unchanged connections stays the same object. A family is every
 * connection that ever shared a user id, a name or a correction: that may be more than needed.
 */
export class IdentityGroups {
  readonly #corrections: readonly IdentityCorrection[];
  readonly #noteTakers: readonly string[];
  readonly #all = new Set<Family>();
  readonly #byMark = new Map<string, Family>();
  /** All people of settled families, in order of first appearance. */
  #people: Person[] = [];

  constructor(corrections: readonly IdentityCorrection[], noteTakers: readonly string[]) {
    this.#corrections = corrections;
    this.#noteTakers = noteTakers;
  }

  /** Adds a connection as it is projected now, or replaces its earlier projection. */
  take(participant: Participant): void {
    const marks = this.#marksOf(participant);
    let home: Family | null = null;
    for (const mark of marks) {
      const kin = this.#byMark.get(mark);
      if (kin !== undefined) home = home === null || home === kin ? kin : this.#join(home, kin);
    }
    home ??= { members: new Map(), marks: new Set(), people: [], isSettled: false };
    home.members.set(participant.id, participant);
    home.isSettled = false;
    this.#all.add(home);
    this.#mark(home, marks);
  }

  /** All people, in order of first appearance. */
  people(): readonly Person[] {
    for (const family of this.#all) if (!family.isSettled) this.#settle(family);
    return this.#people;
  }

  #marksOf({ id, userId, name }: Participant): string[] {
    const marks = [`c:${id}`];
    const folded = foldName(name);
    if (userId !== null) marks.push(`u:${userId}`);
    if (folded !== null) marks.push(`n:${folded}`);
    for (const correction of this.#corrections)
      if (speaksOf(correction, id)) marks.push(`r:${correction.id}`);
    return marks;
  }

  #mark(family: Family, marks: Iterable<string>): void {
    for (const mark of marks) {
      family.marks.add(mark);
      this.#byMark.set(mark, family);
    }
  }

  /** Merges two families and returns the result. */
  #join(one: Family, other: Family): Family {
    const [home, guests] = one.members.size < other.members.size ? [other, one] : [one, other];
    for (const [id, member] of guests.members) home.members.set(id, member);
    home.people.push(...guests.people);
    this.#mark(home, guests.marks);
    this.#all.delete(guests);
    return home;
  }

  #settle(family: Family): void {
    const members = [...family.members.values()];
    const corrections = this.#corrections.filter((correction) =>
      members.some(({ id }) => speaksOf(correction, id)),
    );
    const previous = new Map(family.people.map((person) => [person.id, person]));
    const people = identifyAll(members, corrections, this.#noteTakers).map((person) => {
      const before = previous.get(person.id);
      return before && isMadeOfSame(person, before) ? before : person;
    });
    this.#replace(family.people, people);
    family.people = people;
    family.isSettled = true;
  }

  #replace(before: readonly Person[], after: readonly Person[]): void {
    const [was, is] = [new Set(before), new Set(after)];
    for (const person of before) {
      if (!is.has(person)) this.#people.splice(this.#positionOf(person), 1);
    }
    for (const person of after) {
      if (!was.has(person)) this.#people.splice(this.#positionOf(person), 0, person);
    }
  }

  /** Where a person is in the order of first appearance, or would be. */
  #positionOf({ participants }: Person): number {
    let [low, high] = [0, this.#people.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const isEarlier = byFirst(this.#people[middle]?.participants ?? [], participants) < 0;
      if (isEarlier) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function speaksOf({ participantIds, apartFrom }: IdentityCorrection, id: string): boolean {
  return participantIds.includes(id) || apartFrom.includes(id);
}

/**
 * Everything else of a person follows from these: connections, corrections, and whether the user id is
 * shared.
 */
function isMadeOfSame(a: Person, b: Person): boolean {
  const isAlike = a.isUserIdShared === b.isUserIdShared;
  return isAlike && isSame(a.participants, b.participants) && isSame(a.rulings, b.rulings);
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
