import { earliest, isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { MeetingState, Room } from "./state.ts";

/** An event that is not filed yet. */
export interface ArrivedEvent {
  event: MeetingEvent;
  /** `null` of what an operator said. */
  deliveryId: number | null;
}

/** What is to be told of one room. */
export interface RoomNews {
  room: Room;
  rules: Rules;
  arrived: readonly ArrivedEvent[];
  /** The room's latest meeting. */
  current: MeetingState | null;
  /** Meetings that are to be told again in any case. */
  stale: readonly MeetingState[];
  /** Deliveries whose events are taken back. */
  withdrawn: ReadonlySet<number>;
}

/** Nothing that was told before is to be told again, whatever arrived. */
export const NOTHING_OLD: Pick<RoomNews, "stale" | "withdrawn"> = {
  stale: [],
  withdrawn: new Set(),
};

/** From the earliest moment events speak of to the latest. */
export function spanOf(events: readonly MeetingEvent[]): { from: Ms; to: Ms } {
  let [from, to] = [Infinity, -Infinity];
  for (const event of events) {
    from = Math.min(from, earliest(event));
    to = Math.max(to, event.at);
  }
  return { from, to };
}

/** In the order things happened; what happened at one moment in an order that is always the same. */
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
