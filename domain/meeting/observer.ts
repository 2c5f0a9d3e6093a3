import { isAboutParticipant, type MeetingEvent, type ObserverLeft } from "#domain/event/event.ts";
import { byObserver, OWN_OBSERVER } from "#domain/participant/watchers.ts";
import type { Ms } from "#domain/time/ms.ts";

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

/** One of several observers of a meeting. */
export interface OneObserver extends Observer {
  /** The key of its own room; `null` for the observer whose room the meeting is in. */
  key: string | null;
  /** When it came in, or first reported anything; and when it was gone. */
  from: Ms;
  to: Ms | null;
}

/**
 * The observer's view, from all events of the meeting. It was in where it reported to have come in, where
 * it reported anyone, or where the provider reports that it was. `null` where there is no observer. Of several the
 * one counts that is still in, else the last to leave.
 */
export function projectObserver(events: readonly MeetingEvent[]): Observer | null {
  const [first, ...others] = observersIn(events);
  if (first === undefined || others.length === 0) return observerOf(events);
  const { state, reason, by } = others.reduce(
    (best, one) => (lastsLonger(one, best) ? one : best),
    first,
  );
  return { state, reason, by };
}

/** Each observer of a meeting, in the order in which they came; one or none where no other than its own is known. */
export function observersIn(events: readonly MeetingEvent[]): OneObserver[] {
  return [...byObserver(events)]
    .flatMap(([observer, reports]) => {
      const state = observerOf(reports);
      if (state === null) return [];
      const came = reports.filter(({ type }) => type === "observer_joined");
      const gone = reports.filter(isDeparture);
      const from = Math.min(...(came.length > 0 ? came : reports).map(({ at }) => at));
      const to = gone.length === 0 ? null : Math.min(...gone.map(({ at }) => at));
      return [{ ...state, key: observer === OWN_OBSERVER ? null : observer, from, to }];
    })
    .toSorted((a, b) => a.from - b.from || ((a.key ?? "") < (b.key ?? "") ? -1 : 1));
}

function lastsLonger(one: OneObserver, other: OneObserver): boolean {
  const wasOutside = [one, other].map(({ state }) => state === "not_let_in");
  if (wasOutside[0] !== wasOutside[1]) return wasOutside[1] === true;
  return (one.to ?? Infinity) > (other.to ?? Infinity);
}

function observerOf(events: readonly MeetingEvent[]): Observer | null {
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
