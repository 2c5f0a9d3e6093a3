import type { RegisterFacts, RegisterMeeting } from "./facts.ts";
import { rowOf } from "./identity.ts";

/** A register's meeting before its entries are loaded: the count is known before the people. */
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
 * The latest meetings, newest first, whose people × meetings are no more cells, with their entries; one in
 * any case. New people at every meeting make a table that is too large to read or to render.
 */
export function withinCells(facts: RegisterFacts, most: number): RegisterFacts {
  const { meetings, entries, userIdsLast } = facts;
  const byMeeting = Map.groupBy(entries, ({ meetingId }) => meetingId);
  const people = new Set<string>();
  const listed = facts.list?.people.length ?? 0;
  const end = meetings.findIndex(({ id }, index) => {
    for (const entry of byMeeting.get(id) ?? []) {
      const { prefix, of } = rowOf(entry, userIdsLast);
      people.add(`${prefix}:${of}`);
    }
    return index > 0 && (people.size + listed) * (index + 1) > most;
  });
  if (end === -1) return facts;
  const shown = meetings.slice(0, end);
  return { ...facts, meetings: shown, entries: shown.flatMap(({ id }) => byMeeting.get(id) ?? []) };
}
