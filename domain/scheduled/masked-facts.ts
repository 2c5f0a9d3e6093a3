import { maskedId, maskedName, type Pseudonym } from "#domain/access/mask.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ExpectedFacts } from "./attendance.ts";
import { matchRoster } from "./roster-match.ts";
import { groupsAt, personOf, type SeenInMeeting } from "./seen.ts";

/**
 * The facts of a scheduled meeting for a page that may show initials alone. Who is whom cannot be found by initials, so
 * it is decided here: a line and the people who are matched with it share an id that says nothing else.
 */
export function maskedFacts(facts: ExpectedFacts, now: Ms, pseudonym: Pseudonym): ExpectedFacts {
  const { times, roster, aliases, graceMs } = facts;
  const groups = groupsAt(facts.seen, times, now);
  const people = groups.map((group) => personOf(group, graceMs));
  const { matches } = matchRoster(roster, people, aliases);
  const ids = new Map<SeenInMeeting, string>();
  const idOf = ({ meetingId, personId }: Pick<SeenInMeeting, "meetingId" | "personId">) =>
    maskedId(`${meetingId} ${personId}`, pseudonym);
  for (const [index, group] of groups.entries()) {
    const person = people[index];
    if (person !== undefined) for (const { row } of group) ids.set(row, idOf(person));
  }
  return {
    ...facts,
    aliases: [],
    roster: roster.map((line) => {
      const match = matches.get(line.position);
      const name = line.name === null ? null : maskedName(line.name);
      const userId =
        match === undefined ? maskedId(`line ${line.position}`, pseudonym) : idOf(match.seen);
      return { ...line, name, userId, email: null };
    }),
    seen: facts.seen.map((row) => ({
      ...row,
      personId: idOf(row),
      userId: ids.get(row) ?? idOf(row),
      name: row.name === null ? null : maskedName(row.name),
      joined: row.joined && { ...row.joined, nameKeys: [], userIds: [] },
    })),
  };
}
