import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An operator's correction of who or what connections are, in force. */
export interface IdentityCorrection {
  id: string;
  verdict: "same" | "different" | "note_taker" | "person";
  participantIds: readonly string[];
  /** For `different`: who the participants are not. */
  apartFrom: readonly string[];
  by: string;
  at: Ms;
}

/** The corrections in force among the events of a meeting, oldest first. */
export function identityCorrectionsIn(events: readonly MeetingEvent[]): IdentityCorrection[] {
  const entered = new Map<string, IdentityCorrection>();
  const undone = new Set<string>();
  for (const event of events) {
    if (event.type !== "identity_ruled") continue;
    const { ruling: id, verdict, participantIds, apartFrom, by, ruledAt: at } = event;
    if (verdict === "undone") undone.add(id);
    else entered.set(id, { id, verdict, participantIds, apartFrom, by, at });
  }
  return [...entered.values()]
    .filter(({ id }) => !undone.has(id))
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Members that are one person, and the corrections that joined them or kept others out. */
export interface CorrectedGroup<T> {
  members: T[];
  rulings: IdentityCorrection[];
}

/**
 * Groups as the corrections want them: members that must be apart are parted, then members that must be
 * together are joined, unless that joins some that must be apart. Of two corrections of a pair the later
 * counts.
 */
export function correctGroups<T extends { id: string }>(
  groups: readonly (readonly T[])[],
  corrections: readonly IdentityCorrection[],
): CorrectedGroup<T>[] {
  if (corrections.length === 0)
    return groups.map((group) => ({ members: [...group], rulings: [] }));
  const latest = latestByPair(corrections);
  const people = groups.flatMap((group) => parted(group, latest));
  const homes = new Map(people.flatMap((one) => one.members.map(({ id }) => [id, one])));
  for (const correction of corrections) {
    if (correction.verdict !== "same") continue;
    for (const [a, b] of pairs(correction)) {
      const [one, other] = [homes.get(a), homes.get(b)];
      if (one === undefined || other === undefined) continue;
      if (latest.get(pairOf(a, b))?.verdict !== "same") continue;
      if (one !== other) {
        if (differs(one.members, other.members, latest)) continue;
        one.members.push(...other.members);
        one.rulings.push(...other.rulings);
        for (const { id } of other.members) homes.set(id, one);
        other.members = [];
      }
      if (!one.rulings.includes(correction)) one.rulings.push(correction);
    }
  }
  return people.filter(({ members }) => members.length > 0);
}

/** The latest correction of every corrected pair. */
function latestByPair(corrections: readonly IdentityCorrection[]): Map<string, IdentityCorrection> {
  return new Map(
    corrections.flatMap((correction) =>
      pairs(correction).map(([a, b]) => [pairOf(a, b), correction]),
    ),
  );
}

function pairs({ verdict, participantIds, apartFrom }: IdentityCorrection): [string, string][] {
  return participantIds.flatMap((a, index) =>
    (verdict === "same" ? participantIds.slice(index + 1) : apartFrom).map(
      (b): [string, string] => [a, b],
    ),
  );
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** A group in as few parts as the corrections allow; each member goes to the first part that accepts it. */
function parted<T extends { id: string }>(
  group: readonly T[],
  latest: ReadonlyMap<string, IdentityCorrection>,
): CorrectedGroup<T>[] {
  const parts: CorrectedGroup<T>[] = [];
  for (const member of group) {
    const home = parts.find(({ members }) => !differs(members, [member], latest));
    if (home) home.members.push(member);
    else parts.push({ members: [member], rulings: [] });
  }
  if (parts.length === 1) return parts;
  for (const part of parts) {
    const others = parts.filter((other) => other !== part).flatMap(({ members }) => members);
    part.rulings = [...new Set(correctionsBetween(part.members, others, latest))];
  }
  return parts;
}

function differs<T extends { id: string }>(
  some: readonly T[],
  others: readonly T[],
  latest: ReadonlyMap<string, IdentityCorrection>,
): boolean {
  return correctionsBetween(some, others, latest).length > 0;
}

/** The corrections that separate any of some members from any of the others. */
function correctionsBetween<T extends { id: string }>(
  some: readonly T[],
  others: readonly T[],
  latest: ReadonlyMap<string, IdentityCorrection>,
): IdentityCorrection[] {
  return some.flatMap((a) =>
    others.flatMap((b) => {
      const correction = latest.get(pairOf(a.id, b.id));
      return correction?.verdict === "different" ? [correction] : [];
    }),
  );
}
