import { matchRoster } from "#domain/scheduled/roster-match.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { SeenPerson } from "#domain/scheduled/seen.ts";
import type { RegisterEntry, RegisterFacts, RegisterList } from "./facts.ts";
import { attendeesOf, type RegisterPerson } from "./identity.ts";

/** A person of a register with a class list: their line, or a guest. */
export interface Listed {
  attendee: RegisterPerson;
  onList: ExpectedPerson | null;
}

type Entries = [RegisterEntry, ...RegisterEntry[]];

/**
 * All lines of the list, with or without any attendance, and then the guests. Each meeting is matched as a
 * scheduled one: a line is one person at most there, and a person one line. A person known over several
 * meetings is found by all their names.
 */
export function listedIn(facts: RegisterFacts, list: RegisterList): Listed[] {
  const byMeeting = new Map<
    string,
    { person: SeenPerson; attendee: RegisterPerson; entries: Entries }[]
  >();
  for (const attendee of attendeesOf(facts)) {
    const all = [...attendee.entries.values()].flat();
    for (const [meetingId, entries] of attendee.entries) {
      const person = seenPersonOf(meetingId, attendee.key, entries, all);
      const others = byMeeting.get(meetingId);
      if (others === undefined) byMeeting.set(meetingId, [{ person, attendee, entries }]);
      else others.push({ person, attendee, entries });
    }
  }
  const rows = new Map<number, Map<string, Entries>>();
  const ambiguous = new Set<number>();
  const guests = new Map<RegisterPerson, Map<string, Entries>>();
  for (const [meetingId, people] of byMeeting) {
    const matching = matchRoster(
      list.people,
      people.map(({ person }) => person),
      list.aliases,
    );
    const lineOf = new Map<SeenPerson, number>();
    for (const [position, match] of matching.matches) {
      lineOf.set(match.seen, position);
      if (match.namesakes) ambiguous.add(position);
    }
    for (const { person, attendee, entries } of people) {
      const position = lineOf.get(person);
      if (position !== undefined) noted(rows, position).set(meetingId, entries);
      else noted(guests, attendee).set(meetingId, entries);
    }
  }
  return [
    ...list.people.map((onList) => ({
      onList,
      attendee: {
        key: `l:${onList.position}`,
        knownBy: "list" as const,
        userId: onList.userId,
        nth: 1,
        ambiguous: ambiguous.has(onList.position),
        entries: rows.get(onList.position) ?? new Map<string, Entries>(),
      },
    })),
    ...[...guests].map(([attendee, entries]) => ({
      onList: null,
      attendee: { ...attendee, entries },
    })),
  ];
}

function noted<Key>(all: Map<Key, Map<string, Entries>>, key: Key): Map<string, Entries> {
  const own = all.get(key) ?? new Map<string, Entries>();
  all.set(key, own);
  return own;
}

/** An entry of one meeting, as roster matching needs it. */
function seenPersonOf(
  meetingId: string,
  personId: string,
  entries: Entries,
  all: readonly RegisterEntry[],
): SeenPerson {
  const own = keysOf(entries);
  const every = keysOf(all);
  const came = entries.flatMap(({ firstJoinedAt }) => firstJoinedAt ?? []);
  const first = came.length > 0 ? Math.min(...came) : null;
  return {
    meetingId,
    personId,
    name: entries[0].name,
    ...own,
    elsewhere: {
      nameKeys: every.nameKeys.filter((key) => !own.nameKeys.includes(key)),
      userIds: every.userIds.filter((id) => !own.userIds.includes(id)),
    },
    presence: first === null ? [] : [{ from: first, to: null }],
    attended: [],
    sureness: entries[0].sureness,
    waits: [],
    tenures: [],
    firstSeenAt: first ?? Number.MAX_SAFE_INTEGER,
  };
}

function keysOf(entries: readonly RegisterEntry[]): { nameKeys: string[]; userIds: string[] } {
  return {
    nameKeys: [...new Set(entries.flatMap(({ nameKey }) => nameKey ?? []))],
    userIds: [...new Set(entries.flatMap(({ userId }) => userId ?? []))],
  };
}
