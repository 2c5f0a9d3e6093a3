import { foldName } from "#domain/identity/name.ts";
import { lastHeardAt, type Participant } from "#domain/participant/participant.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { firstAfter } from "#domain/time/first-after.ts";

/**
 * One person's connections, where they came in again as another one of the same name: an earlier connection
 * without a reported end and without a later sign of its own is no longer known to be there. `isDoubtful`
 * where nothing else speaks for its end: two devices look the same until one of them is reported. A device
 * with a name of its own is another device.
 */
export function supersede(participants: readonly Participant[]): {
  participants: Participant[];
  isDoubtful: boolean;
} {
  if (participants.length === 1) return { participants: [...participants], isDoubtful: false };
  const joins = Map.groupBy(
    participants.flatMap((participant) =>
      participant.visits.flatMap(({ joinedAt, start }) =>
        start === "inferred"
          ? []
          : [{ at: joinedAt, participant, name: foldName(participant.name) }],
      ),
    ),
    ({ name }) => name,
  );
  for (const list of joins.values()) list.sort((a, b) => a.at - b.at);
  let isDoubtful = false;
  const projected = participants.map((participant) => {
    const open = participant.visits.findLast(isUnreported);
    if (open === undefined) return participant;
    const heardAt = open.leftAt ?? lastHeardAt(participant, open.joinedAt);
    const own = joins.get(foldName(participant.name)) ?? [];
    const leftBy = firstAfter(own, heardAt, ({ participant: other }) => other !== participant)?.at;
    if (leftBy === undefined || leftBy >= (open.leftBy ?? Infinity)) return participant;
    if (open.end === null) isDoubtful = true;
    const projected: Visit = { ...open, leftAt: heardAt, leftBy, end: open.end ?? "inferred" };
    const visits = participant.visits.map((visit) => (visit === open ? projected : visit));
    return { ...participant, visits };
  });
  return { participants: projected, isDoubtful };
}

/** Open, or gone by a moment that an operator entered. */
export function isUnreported({ leftAt, leftBy, end }: Visit): boolean {
  return leftAt === null || (end === "operator" && leftBy !== undefined);
}
