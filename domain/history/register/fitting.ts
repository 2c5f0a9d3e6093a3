import type { RegisterEntry, RegisterFacts, RegisterMeeting } from "./facts.ts";

/** What is there of a register: how many came in or waited is known before who. */
type Newest = Pick<RegisterMeeting, "id" | "peopleCount">;

/** The latest meetings, newest first, that together have no more entries; one in any case. */
export function withinEntries<Row extends Newest>(
  newestFirst: readonly Row[],
  most: number,
): Row[] {
  let entries = 0;
  const end = newestFirst.findIndex(({ peopleCount }, index) => {
    entries += peopleCount;
    return index > 0 && entries > most;
  });
  return newestFirst.slice(0, end === -1 ? newestFirst.length : end);
}

/**
 * The latest meetings, newest first, whose people × meetings are no more cells, with their entries; one in any
 * case. Strangers at every meeting make a table that nobody reads and no browser holds.
 */
export function withinCells({ meetings, entries, userIdsLast }: RegisterFacts, most: number) {
  const byMeeting = Map.groupBy(entries, ({ meetingId }) => meetingId);
  const people = new Set<string>();
  const end = meetings.findIndex(({ id }, index) => {
    for (const entry of byMeeting.get(id) ?? []) people.add(nameOf(entry, userIdsLast));
    return index > 0 && people.size * (index + 1) > most;
  });
  if (end === -1) return { meetings, entries, userIdsLast };
  const kept = meetings.slice(0, end);
  return {
    meetings: kept,
    entries: kept.flatMap(({ id }) => byMeeting.get(id) ?? []),
    userIdsLast,
  };
}

/** Near enough who somebody is: namesakes in one meeting are rare. */
function nameOf({ meetingId, personId, userId, nameKey }: RegisterEntry, userIdsLast: boolean) {
  if (userIdsLast && userId !== null) return `u:${userId}`;
  return nameKey === null ? `c:${meetingId}:${personId}` : `n:${nameKey}`;
}
