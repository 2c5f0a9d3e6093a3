import { isAboutParticipant, type MeetingEvent, type ObserverLeft } from "#domain/event/event.ts";

/**
 * How whoever watches a meeting for us (a bot) fared. `let_in`: it came in, and nothing else was heard yet.
 * `left`: it came in and is gone. `removed`: it came in and somebody put it out. `not_let_in`: it never came
 * in, so there is no meeting that we know took place.
 */
export type ObserverState = "let_in" | "left" | "removed" | "not_let_in";

export interface Observer {
  state: ObserverState;
  /** Why it is gone, in the provider's words: a change of state, and behind a slash its kind. */
  reason: string | null;
  /** Who put it out or refused it; `null` where the provider does not say. */
  by: string | null;
}

/**
 * What became of the observer, from all events of the meeting. It was in where it was heard to come in, where
 * it told of anybody, or where the provider says that it had been. `null` where nobody watches.
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

/** Whether a meeting took place, as far as anybody can know: not where its only witness was not let in. */
export function tookPlace(observer: Pick<Observer, "state"> | null): boolean {
  return observer?.state !== "not_let_in";
}

function isDeparture(event: MeetingEvent): event is ObserverLeft {
  return event.type === "observer_left";
}

/** Whatever order they came in: of several at one moment the one whose reason sorts first. */
function inOrder(a: ObserverLeft, b: ObserverLeft): number {
  return a.at - b.at || ((a.reason ?? "") < (b.reason ?? "") ? -1 : 1);
}
