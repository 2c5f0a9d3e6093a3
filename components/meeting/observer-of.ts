import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import { type Observer, projectObserver } from "#domain/meeting/observer.ts";

/** What became of the bot that watches, from the records of a meeting: looked at with every push, so only few. */
export function observerOf(records: readonly Recorded[]): Observer | null {
  const own = records.filter(({ type }) => type.startsWith("observer_"));
  if (own.length === 0) return null;
  const anyone = records.find(({ participant_id: id }) => id !== null);
  return projectObserver([...own, ...(anyone ? [anyone] : [])].map(toEvent));
}
