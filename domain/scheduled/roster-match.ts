import { foldName } from "#domain/identity/name.ts";
import { withoutPronouns } from "#domain/identity/pronouns.ts";
import { aliasesByPosition, type RosterAlias } from "./entry-key.ts";
import type { ExpectedPerson } from "./scheduled.ts";
import type { SeenPerson } from "./seen.ts";

/**
 * By what a line of a roster was found among those seen; `joined`: by what else an operator says they are;
 * `said`: an operator said that this is them.
 */
export type MatchedBy = "user_id" | "email" | "name" | "joined" | "said";

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
 * Finds the lines of a roster among those seen. What an operator said goes before all; then the user id; then the e-mail address, where
 * somebody's user id or name is that; then the folded name, with or without pronouns, unless both have user ids, which then differ.
 * After each of them comes the same as those are known elsewhere whom an operator joined with who was seen.
 * Every line is one person at most and every person one line; of namesakes the first line gets whoever came
 * in, or else knocked, first.
 */
export function matchRoster(
  roster: readonly ExpectedPerson[],
  seen: readonly SeenPerson[],
  aliases: readonly RosterAlias[] = [],
): Matching {
  const lines = roster.toSorted((a, b) => a.position - b.position);
  const people = seen.toSorted(byCameIn);
  const matches = new Map<number, Match>();
  const taken = new Set<SeenPerson>();
  const pass = (by: MatchedBy, keysOf: Keys, idsDiffer: boolean) => {
    const open = lines.filter(({ position }) => !matches.has(position));
    const free = people.filter((person) => !taken.has(person));
    const linesOf = grouped(open, keysOf.line);
    const peopleOf = grouped(free, keysOf.seen);
    const firstOf = firstFree(peopleOf, taken);
    const firstWithoutId = firstFree(grouped(free.filter(hasNoId), keysOf.seen), taken);
    for (const line of open) {
      for (const key of keysOf.line(line)) {
        const one = idsDiffer && line.userId !== null ? firstWithoutId(key) : firstOf(key);
        if (one === undefined) continue;
        taken.add(one);
        const all = peopleOf.get(key)?.length ?? 0;
        const namesakes = all > 1 || (linesOf.get(key)?.length ?? 0) > 1;
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
      line: ({ name }) => (name === null ? [] : named(name)),
      known: ({ nameKeys }) => [...new Set(nameKeys.flatMap(named))],
      idsDiffer: true,
    },
  ];
  const said = aliasesByPosition(roster, aliases);
  const word = (knownBy: RosterAlias["knownBy"], value: string) => `${knownBy} ${value}`;
  pass(
    "said",
    {
      line: ({ position }) =>
        (said.get(position) ?? []).map(({ knownBy, value }) => word(knownBy, value)),
      seen: ({ userIds, nameKeys }) => [
        ...userIds.map((id) => word("user_id", id)),
        ...nameKeys.map((key) => word("name", key)),
      ],
    },
    false,
  );
  for (const { by, line, known, idsDiffer = false } of steps) {
    pass(by, { line, seen: known }, idsDiffer);
    pass("joined", { line, seen: ({ elsewhere }) => known(elsewhere) }, idsDiffer);
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
  /** Two who both have user ids are two, or the step for those would have found them. */
  idsDiffer?: boolean;
}

/** A name as it is, and without pronouns in it. */
function named(name: string): string[] {
  return [...new Set([name, withoutPronouns(name).text].flatMap((one) => present(foldName(one))))];
}

function mailOf({ userIds, nameKeys }: KnownBy): string[] {
  return [...new Set([...userIds.flatMap((id) => present(foldName(id))), ...nameKeys])];
}

interface Keys {
  line: (line: ExpectedPerson) => readonly string[];
  seen: (person: SeenPerson) => readonly string[];
}

function hasNoId({ userIds, elsewhere }: SeenPerson): boolean {
  return userIds.length + elsewhere.userIds.length === 0;
}

/**
 * The first of those with a key that is not taken. Whoever is taken stays so, and is passed over once: a
 * thousand namesakes cost no more than others.
 */
function firstFree(
  groups: ReadonlyMap<string, readonly SeenPerson[]>,
  taken: ReadonlySet<SeenPerson>,
): (key: string) => SeenPerson | undefined {
  const passed = new Map<string, number>();
  return (key) => {
    const people = groups.get(key) ?? [];
    let at = passed.get(key) ?? 0;
    for (let one = people[at]; one !== undefined && taken.has(one); one = people[at]) at += 1;
    passed.set(key, at);
    return people[at];
  };
}

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
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
