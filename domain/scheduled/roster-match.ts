import { foldName } from "#domain/identity/name.ts";
import { withoutPronouns } from "#domain/identity/pronouns.ts";
import { aliasesByPosition, type RosterAlias } from "./entry-key.ts";
import type { ExpectedPerson } from "./scheduled.ts";
import type { SeenPerson } from "./seen.ts";

/**
 * How a line of a roster was matched with a person seen; `joined`: by an identity that an operator joined;
 * `said`: by an operator's own matching.
 */
export type MatchedBy = "user_id" | "email" | "name" | "joined" | "said";

export interface Match {
  seen: SeenPerson;
  by: MatchedBy;
  /** Several people or several lines have that name: which of them it is is not known. */
  namesakes: boolean;
}

/** The matched lines of a roster, and the people without a line (unmatched). */
export interface Matching {
  /** By position. */
  matches: Map<number, Match>;
  unmatched: SeenPerson[];
}

/**
 * Matches the lines of a roster with the people seen. An operator's matching goes first; then the user id;
 * then the e-mail address, where it is a person's user id or name; then the folded name, with or without
 * pronouns, unless both have different user ids. Each step is followed by the same step over the joined
 * identities. Every line is one person at most and every person one line; of namesakes the first line gets
 * the person who came in, or else knocked, first.
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
    { by: "user_id", line: ({ userId }) => present(userId), keys: ({ userIds }) => userIds },
    { by: "email", line: ({ email }) => present(foldName(email)), keys: mailOf },
    {
      by: "name",
      line: ({ name }) => (name === null ? [] : named(name)),
      keys: ({ nameKeys }) => [...new Set(nameKeys.flatMap(named))],
      idsDiffer: true,
    },
  ];
  const aliasesOf = aliasesByPosition(roster, aliases);
  const aliasKey = (knownBy: RosterAlias["knownBy"], value: string) => `${knownBy} ${value}`;
  pass(
    "said",
    {
      line: ({ position }) =>
        (aliasesOf.get(position) ?? []).map(({ knownBy, value }) => aliasKey(knownBy, value)),
      seen: ({ userIds, nameKeys }) => [
        ...userIds.map((id) => aliasKey("user_id", id)),
        ...nameKeys.map((key) => aliasKey("name", key)),
      ],
    },
    false,
  );
  for (const { by, line, keys, idsDiffer = false } of steps) {
    pass(by, { line, seen: keys }, idsDiffer);
    pass("joined", { line, seen: ({ elsewhere }) => keys(elsewhere) }, idsDiffer);
  }
  return { matches, unmatched: seen.filter((person) => !taken.has(person)) };
}

/** The names and ids of a person. */
type NamesAndIds = Pick<SeenPerson, "nameKeys" | "userIds">;

/** One way to match a line. */
interface Step {
  by: MatchedBy;
  line: Keys["line"];
  keys: (by: NamesAndIds) => readonly string[];
  /** Both have user ids and they differ, or an earlier step would have matched them. */
  idsDiffer?: boolean;
}

/** A name as it is, and without its pronouns. */
function named(name: string): string[] {
  return [...new Set([name, withoutPronouns(name).text].flatMap((one) => present(foldName(one))))];
}

function mailOf({ userIds, nameKeys }: NamesAndIds): string[] {
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
 * The first person with a key who is not matched yet. A matched person stays matched, and is passed over
 * once: a thousand namesakes cost no more than others.
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

/** People who came in go before people who only waited. */
function byCameIn(a: SeenPerson, b: SeenPerson): number {
  const came = (person: SeenPerson) => person.presence[0]?.from ?? Number.MAX_SAFE_INTEGER;
  return (
    came(a) - came(b) ||
    a.firstSeenAt - b.firstSeenAt ||
    (`${a.meetingId} ${a.personId}` < `${b.meetingId} ${b.personId}` ? -1 : 1)
  );
}
