import type { PersonView } from "#domain/meeting/person-view.ts";
import type { ExpectedFacts } from "./attendance.ts";
import type { SeenInMeeting } from "./seen.ts";

/**
 * The facts of a scheduled meeting, with one of its meetings replaced by its current projection. Operators'
 * links are taken from the facts, where they have them.
 */
export function asItHappens(
  facts: ExpectedFacts,
  meetingId: string,
  people: readonly PersonView[],
): ExpectedFacts {
  const own = facts.seen.filter((row) => row.meetingId === meetingId);
  const joinedBefore = new Map(own.map(({ personId, joined }) => [personId, joined]));
  const seen = people.map(
    ({ id: personId, name, userId, visits, waits, tenures }): SeenInMeeting => ({
      meetingId,
      personId,
      name,
      userId,
      visits,
      waits,
      tenures,
      joined: joinedBefore.get(personId) ?? null,
    }),
  );
  return { ...facts, seen: [...facts.seen.filter((row) => row.meetingId !== meetingId), ...seen] };
}
