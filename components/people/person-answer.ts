import type { WireSource } from "#domain/event/recorded.ts";
import type { Matched, Suggested } from "#domain/people/people.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** The parts of the API's answer about a person that a search for another person shows. */
export interface PersonAnswer {
  id: string;
  name: string | null;
  identities: {
    id: string;
    source: WireSource;
    identified_by: Suggested["knownBy"];
    user_id: string | null;
  }[];
  meetings: number;
  last_met_at: string;
  matched?: Matched | null;
}

/** The person as one side of a pair, with the identity that represents them; `null` where they have none. */
export function suggestedIn(person: PersonAnswer): Suggested | null {
  const [first] = person.identities;
  const lastAt = fromWireTime(person.last_met_at);
  if (first === undefined || lastAt === null) return null;
  return {
    id: first.id,
    source: first.source,
    knownBy: first.identified_by,
    userId: first.user_id,
    name: person.name,
    meetings: person.meetings,
    lastAt,
  };
}
