import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { identityCorrectionsIn } from "#domain/identity/identity-correction.ts";
import { noteTakersAmong } from "#domain/identity/kinds.ts";
import type { Participant } from "#domain/participant/participant.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { reachesOver } from "./meeting-correction.ts";

/** Where a connection was from one moment to another. `to` is Infinity while it lasts. */
export interface ConnectionStay {
  id: string;
  from: Ms;
  to: Ms;
}

/** The input from which a room is parted. */
interface RoomInput {
  participants: readonly Participant[];
  events: readonly MeetingEvent[];
  rules: Rules;
}

/**
 * An operator parts a meeting at an empty moment. Where it turns out that a person was in, nothing is
 * parted. A note-taker may stay over the cut: its whole stay belongs to the meeting in which it began.
 */
export function cutsBetween(
  stays: readonly ConnectionStay[],
  cuts: readonly Ms[],
  { participants, events, rules }: RoomInput,
): { cuts: Ms[]; momentOf: (event: MeetingEvent) => Ms } {
  if (cuts.length === 0) return { cuts: [], momentOf: ({ at }) => at };
  const programs = new Set(
    noteTakersAmong(participants, identityCorrectionsIn(events), rules.noteTakers).map(
      ({ id }) => id,
    ),
  );
  const ofPeople = stays.filter(({ id }) => !programs.has(id));
  const ofPrograms = stays.filter(({ id }) => programs.has(id));
  return {
    cuts: cuts.filter((cut) => !ofPeople.some((stay) => reachesOver(stay, cut))),
    momentOf: (event) => {
      if (!isAboutParticipant(event) || !programs.has(event.participantId)) return event.at;
      const stay = ofPrograms.find(
        ({ id, from, to }) => id === event.participantId && from <= event.at && event.at <= to,
      );
      return stay?.from ?? event.at;
    },
  };
}
