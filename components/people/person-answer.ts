import type { Suggested } from "#domain/people/people.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { people } from "#server/people/schema.ts";

/** A person as the API answers a search. */
export type PersonAnswer = AnswerOf<typeof people>["results"][number];

/** The person as one side of a pair, with the identity that represents them; `null` where they have none. */
export function suggestedIn(person: PersonAnswer): Suggested | null {
  const [first] = person.identities;
  if (first === undefined || person.last_met_at === null) return null;
  return {
    id: first.id,
    source: first.source,
    knownBy: first.identified_by,
    userId: first.user_id,
    name: person.name,
    meetings: person.meetings,
    lastAt: fromWireTime(person.last_met_at),
  };
}
