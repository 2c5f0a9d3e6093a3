import { entriesAsOne } from "./as-one.ts";
import type { RegisterEntry, RegisterFacts } from "./facts.ts";
import type { RegisterPerson } from "./identity.ts";

/** One person over the meetings: their entry in each, several entries combined. */
export interface Own {
  attendee: RegisterPerson;
  entries: ReadonlyMap<string, RegisterEntry>;
  /** Shown apart from the participants. */
  isHost: boolean;
}

/** A person with their entries, a host where they hosted more of the meetings they came in to than not. */
export function ownOf(attendee: RegisterPerson, grace: Pick<RegisterFacts, "graceMs">): Own {
  const entries = new Map<string, RegisterEntry>();
  let [came, hosted] = [0, 0];
  for (const [meetingId, several] of attendee.entries) {
    const entry = entriesAsOne(several, grace);
    entries.set(meetingId, entry);
    if (entry.firstJoinedAt !== null) came += 1;
    if (entry.hostedFrom !== null) hosted += 1;
  }
  return { attendee, entries, isHost: hosted * 2 > came };
}

/**
 * The hosts to show apart. Where several people come and every one of them is a host, as in a team of
 * owners, they are the participants of their meetings.
 */
export function hostsApart(people: readonly Own[]): Own[] {
  const isTeam = people.length > 1 && people.every(({ isHost }) => isHost);
  return isTeam ? people.map((own) => ({ ...own, isHost: false })) : [...people];
}
