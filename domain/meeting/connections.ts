import type { Participant } from "#domain/participant/participant.ts";
import { union } from "#domain/time/interval.ts";
import { hostTenuresOf, isHostNow } from "./host.ts";
import { type PersonView, statusOf } from "./person-view.ts";
import type { Wait } from "./wait.ts";

/**
 * A person's connections, each as a view of its own: its raw visits and waits under its own name, nothing
 * joined and nothing merged. The outcome of a wait belongs to the person, so it is theirs.
 */
export function connectionsOf(person: PersonView): PersonView[] {
  return person.participants.map((participant) =>
    viewOf(
      person,
      participant,
      person.waits.filter(({ participantId }) => participantId === participant.id),
    ),
  );
}

function viewOf(person: PersonView, participant: Participant, waits: Wait[]): PersonView {
  const { id, userId, name, visits } = participant;
  const presence = visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  const isOpen = presence.some(({ to }) => to === null);
  return {
    id,
    identifiedBy: "connection",
    name,
    userId,
    isNoteTaker: person.isNoteTaker,
    isUserIdShared: person.isUserIdShared,
    participantIds: [id],
    participants: [participant],
    rulings: [],
    status: statusOf(visits, waits, false),
    isHost: isHostNow([participant]),
    visits,
    presence,
    attended: union(presence),
    waits,
    tenures: hostTenuresOf([participant], 0),
    firstJoinedAt: visits[0]?.joinedAt ?? null,
    lastLeftAt: isOpen ? null : (union(presence).at(-1)?.to ?? null),
  };
}
