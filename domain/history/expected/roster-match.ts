import { foldName } from "#domain/name.ts";
import type { ExpectedPerson } from "./scheduled.ts";
import type { SeenPerson } from "./seen.ts";

/** By what a line of a roster was found among those seen; `joined`: by what else an operator says they are. */
export type MatchedBy = "user_id" | "email" | "name" | "joined";

export interface Match {
  seen: SeenPerson;
  by: MatchedBy;
  /** Several people or several lines bear that name: which of them it is nobody said. */
  namesakes: boolean;
}

/** Who of a roster was seen, and who was seen without being on it (unmatched). */
export interface Matching {
  /** By position. */
  matches: Map<number, Match>;
  unmatched: SeenPerson[];
}

/**
 * Finds the lines of a roster among those seen. The user id goes before all; then the e-mail address, where
 * somebody's user id or name is that; then the folded name, unless both have user ids, which then differ.
 * After each of them comes the same as those are known elsewhere whom an operator joined with who was seen.
 * Every line is one person at most and every person one line; of namesakes the first line gets whoever came
 * in, or else knocked, first.
 */
export function matchRoster(
  roster: readonly ExpectedPerson[],
  seen: readonly SeenPerson[],
): Matching {
  const lines = roster.toSorted((a, b) => a.position - b.position);
  const people = seen.toSorted(byCameIn);
  const matches = new Map<number, Match>();
  const taken = new Set<SeenPerson>();
  const pass = (by: MatchedBy, keysOf: Keys, isApart: Apart = () => false) => {
    const open = lines.filter(({ position }) => !matches.has(position));
    const free = people.filter((person) => !taken.has(person));
    const linesOf = grouped(open, keysOf.line);
    const peopleOf = grouped(free, keysOf.seen);
    for (const line of open) {
      for (const key of keysOf.line(line)) {
        const found = peopleOf.get(key) ?? [];
        const one = found.find((person) => !taken.has(person) && !isApart(line, person));
        if (one === undefined) continue;
        taken.add(one);
        const namesakes = found.length > 1 || (linesOf.get(key)?.length ?? 0) > 1;
        matches.set(line.position, { seen: one, by, namesakes });
        break;
      }
    }
  };
  const steps: Step[] = [
    { by: "user_id", line: ({ userId }) => present(userId), known: ({ userIds }) => userIds },
    { by: "email", line: ({ email }) => present(foldName(email)), known: mailOf },
    {
      by: "name",
      line: ({ name }) => present(foldName(name)),
      known: ({ nameKeys }) => nameKeys,
      isApart: (line, { userIds, elsewhere }) =>
        line.userId !== null && userIds.length + elsewhere.userIds.length > 0,
    },
  ];
  for (const { by, line, known, isApart } of steps) {
    pass(by, { line, seen: known }, isApart);
    pass("joined", { line, seen: ({ elsewhere }) => known(elsewhere) }, isApart);
  }
  return { matches, unmatched: seen.filter((person) => !taken.has(person)) };
}

/** What somebody is known by. */
type KnownBy = Pick<SeenPerson, "nameKeys" | "userIds">;

/** How a line may be found. */
interface Step {
  by: MatchedBy;
  line: Keys["line"];
  known: (by: KnownBy) => readonly string[];
  isApart?: Apart;
}

function mailOf({ userIds, nameKeys }: KnownBy): string[] {
  return [...new Set([...userIds.flatMap((id) => present(foldName(id))), ...nameKeys])];
}

interface Keys {
  line: (line: ExpectedPerson) => readonly string[];
  seen: (person: SeenPerson) => readonly string[];
}

type Apart = (line: ExpectedPerson, person: SeenPerson) => boolean;

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function present(value: string | null): string[] {
  return value === null ? [] : [value];
}

/** Whoever came in goes before whoever only waited. */
function byCameIn(a: SeenPerson, b: SeenPerson): number {
  const came = (person: SeenPerson) => person.presence[0]?.from ?? Number.MAX_SAFE_INTEGER;
  return (
    came(a) - came(b) ||
    a.firstSeenAt - b.firstSeenAt ||
    (`${a.meetingId} ${a.personId}` < `${b.meetingId} ${b.personId}` ? -1 : 1)
  );
}
