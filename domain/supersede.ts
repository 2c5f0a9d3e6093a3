import { foldName } from "./name.ts";
import { heardSince, type Participant, type Visit } from "./participant.ts";

/**
 * The connections of one person, where they came in anew as another of the same name: of those that nobody
 * reported the end of, and that did not say since that they are still there, it is no longer known that they
 * are. `isDoubtful` where nothing but that speaks for their end: two devices look the same until one of them
 * is reported. A device with a name of its own is another device.
 */
export function supersede(participants: readonly Participant[]): {
  participants: Participant[];
  isDoubtful: boolean;
} {
  let isDoubtful = false;
  const told = participants.map((participant) => {
    const open = participant.visits.findLast(({ leftAt }) => leftAt === null);
    if (open === undefined || participants.length === 1) return participant;
    const name = foldName(participant.name);
    const heardAt = heardSince(participant, open.joinedAt);
    let leftBy = Infinity;
    for (const other of participants) {
      if (other === participant || foldName(other.name) !== name) continue;
      for (const { joinedAt, start } of other.visits) {
        if (start !== "inferred" && joinedAt > heardAt) leftBy = Math.min(leftBy, joinedAt);
      }
    }
    if (leftBy === Infinity) return participant;
    isDoubtful = true;
    const visits = participant.visits.map(
      (visit): Visit =>
        visit === open ? { ...open, leftAt: heardAt, leftBy, end: "inferred" } : visit,
    );
    return { ...participant, visits };
  });
  return { participants: told, isDoubtful };
}
