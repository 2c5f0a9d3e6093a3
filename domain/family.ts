import { foldName } from "./name.ts";
import type { Participant } from "./participant.ts";
import type { Ruling } from "./ruling.ts";

/**
 * Connections that may be one person: they share a user id or a name, or an operator spoke of them
 * together. Who is who in one family says nothing of any other.
 */
export interface Family {
  participants: Participant[];
  /** Those that speak of anybody in it. */
  rulings: Ruling[];
}

/** Everybody in as many families as there can be, each in the order given. */
export function familiesOf(
  participants: readonly Participant[],
  rulings: readonly Ruling[],
): Family[] {
  const kin = new Kin();
  const byUser = new Map<string, number>();
  const byName = new Map<string, number>();
  const byRuling = new Map<string, number>();
  for (const [index, { id, userId, name }] of participants.entries()) {
    const folded = foldName(name);
    if (userId !== null) kin.join(byUser, userId, index);
    if (folded !== null) kin.join(byName, folded, index);
    for (const ruling of rulings) if (speaksOf(ruling, id)) kin.join(byRuling, ruling.id, index);
  }
  const families = Map.groupBy(participants, (_, index) => kin.eldestOf(index));
  return [...families.values()].map((own) => ({
    participants: own,
    rulings: rulings.filter((ruling) => own.some(({ id }) => speaksOf(ruling, id))),
  }));
}

function speaksOf({ participantIds, apartFrom }: Ruling, id: string): boolean {
  return participantIds.includes(id) || apartFrom.includes(id);
}

/** Who is kin to whom: whoever shares anything with somebody is kin to all their kin. */
class Kin {
  readonly #elders: number[] = [];

  /** `shared` holds the first who had each thing. */
  join(shared: Map<string, number>, thing: string, member: number): void {
    const other = shared.get(thing);
    if (other === undefined) {
      shared.set(thing, member);
      return;
    }
    const [one, two] = [this.eldestOf(member), this.eldestOf(other)];
    this.#elders[Math.max(one, two)] = Math.min(one, two);
  }

  eldestOf(member: number): number {
    let at = member;
    for (;;) {
      const elder = this.#elders[at] ?? at;
      if (elder === at) return at;
      // Shortens the way for whoever asks next.
      this.#elders[at] = this.#elders[elder] ?? elder;
      at = elder;
    }
  }
}
