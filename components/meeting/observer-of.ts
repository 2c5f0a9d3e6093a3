import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import { type Observer, projectObserver } from "#domain/meeting/observer.ts";

/** The state of the watching bot, from a meeting's records. It runs with every push, so it parses only a few of them. */
export function observerOf(records: readonly Recorded[]): Observer | null {
  const own = records.filter(({ type }) => type.startsWith("observer_"));
  if (own.length === 0) return null;
  const anyone = records.find(({ participant_id: id }) => id !== null);
  return projectObserver([...own, ...(anyone ? [anyone] : [])].map(toEvent));
}
