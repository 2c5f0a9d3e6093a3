import { isAboutParticipant, type MeetingEvent, type ObserverLeft } from "#domain/event/event.ts";

/**
 * The state of the observer (a bot). `let_in`: it came in, without a later report. `left`: it came in and
 * is gone. `removed`: it came in and was removed. `not_let_in`: it never came in, so it is not known
 * whether the meeting took place.
 */
export const OBSERVER_STATES = ["let_in", "left", "removed", "not_let_in"] as const;
export type ObserverState = (typeof OBSERVER_STATES)[number];

export interface Observer {
  state: ObserverState;
  /** Why it is gone, in the provider's words: a change of state, and after a slash its kind. */
  reason: string | null;
  /** Who removed or refused it; `null` where the provider does not report it. */
  by: string | null;
}

/**
 * The observer's view, from all events of the meeting. It was in where it reported to have come in, where
 * it reported anyone, or where the provider reports that it was. `null` where there is no observer.
 */
export function projectObserver(events: readonly MeetingEvent[]): Observer | null {
  const departures = events.filter(isDeparture).toSorted(inOrder);
  const cameIn = events.some(({ type }) => type === "observer_joined");
  const [first] = departures;
  if (first === undefined) return cameIn ? { state: "let_in", reason: null, by: null } : null;
  const by = departures.find((departure) => departure.by !== undefined)?.by ?? null;
  const { reason } = departures.find(({ removed }) => removed) ?? first;
  const wasIn =
    cameIn ||
    events.some(isAboutParticipant) ||
    departures.some(({ outside }) => outside === false);
  if (!wasIn) return { state: "not_let_in", reason, by };
  const isRemoved = departures.some(({ removed }) => removed);
  return { state: isRemoved ? "removed" : "left", reason, by };
}

/** Whether a meeting took place, as far as can be known: not where its only observer was not let in. */
export function tookPlace(observer: Pick<Observer, "state"> | null): boolean {
  return observer?.state !== "not_let_in";
}

function isDeparture(event: MeetingEvent): event is ObserverLeft {
  return event.type === "observer_left";
}

/** Independent of the order of arrival: of several at one moment the one whose reason sorts first. */
function inOrder(a: ObserverLeft, b: ObserverLeft): number {
  return a.at - b.at || ((a.reason ?? "") < (b.reason ?? "") ? -1 : 1);
}
