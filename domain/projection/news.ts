import { earliest, isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { MeetingState, Room } from "./state.ts";

/** An event without a meeting and `seq` yet. */
export interface ArrivedEvent {
  event: MeetingEvent;
  /** `null` for an operator's correction. */
  deliveryId: number | null;
}

/** The new events of one room, and what else is to be projected. */
export interface RoomInput {
  room: Room;
  rules: Rules;
  arrived: readonly ArrivedEvent[];
  /** The room's latest meeting. */
  current: MeetingState | null;
  /** Meetings to project again in any case. */
  stale: readonly MeetingState[];
  /** Deliveries whose events are withdrawn. */
  withdrawn: ReadonlySet<number>;
}

/** No stored meeting has to be projected again besides those of new events. */
export const NOTHING_STALE: Pick<RoomInput, "stale" | "withdrawn"> = {
  stale: [],
  withdrawn: new Set(),
};

/** From the earliest moment that events are about to the latest. */
export function spanOf(events: readonly MeetingEvent[]): { from: Ms; to: Ms } {
  let [from, to] = [Infinity, -Infinity];
  for (const event of events) {
    from = Math.min(from, earliest(event));
    to = Math.max(to, event.at);
  }
  return { from, to };
}

/** In time order; events of one moment in a fixed order. */
export function byTime(a: { event: MeetingEvent }, b: { event: MeetingEvent }): number {
  return a.event.at - b.event.at || (rank(a.event) < rank(b.event) ? -1 : 1);
}

function rank(event: MeetingEvent): string {
  return isAboutParticipant(event) ? `${event.type} ${event.participantId}` : event.type;
}

export function peopleByParticipant(people: readonly PersonView[]): Map<string, string> {
  return new Map(
    people.flatMap(({ id, participantIds }) =>
      participantIds.map((participant) => [participant, id]),
    ),
  );
}
