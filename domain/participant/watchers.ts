import {
  type DataDeleted,
  isAboutParticipant,
  type MeetingEvent,
  type ObserverJoined,
  type ObserverLeft,
  type ParticipantEvent,
  type PresenceCorrected,
} from "#domain/event/event.ts";

/** The observer whose room it is: its reports name no observer. */
export const OWN_OBSERVER = "";

/** Which observer reported an event; the room's own for what an operator entered. */
export function observerOf(event: MeetingEvent): string {
  return "observer" in event ? (event.observer ?? OWN_OBSERVER) : OWN_OBSERVER;
}

/** An event as another observer's than the one whose room it is recorded in. What is of no observer stays as it is. */
export function reportedBy(event: MeetingEvent, observer: string): MeetingEvent {
  return isReport(event) ? { ...event, observer } : event;
}

/** An event as the observer's whose room it is recorded in. */
export function reportedByOwn(event: MeetingEvent): MeetingEvent {
  if (observerOf(event) === OWN_OBSERVER) return event;
  const own = { ...event };
  Reflect.deleteProperty(own, "observer");
  return own;
}

/** Whether any of these was reported by another observer than the room's own. */
export function isSeenByOthers(events: readonly MeetingEvent[]): boolean {
  return events.some((event) => observerOf(event) !== OWN_OBSERVER);
}

/** What each observer reported, of itself and of people; one entry where there is no other than the room's own. */
export function byObserver(events: readonly MeetingEvent[]): Map<string, MeetingEvent[]> {
  return Map.groupBy(events.filter(isReport), observerOf);
}

/** What an observer reports, of somebody or of itself. */
type Report = Exclude<ParticipantEvent, PresenceCorrected> | ObserverJoined | ObserverLeft;

function isReport(event: MeetingEvent): event is Report {
  if (isAboutParticipant(event)) return event.type !== "presence_ruled";
  return event.type === "observer_joined" || event.type === "observer_left";
}

/**
 * What each observer reported that was in the meeting, where several are known; `null` where there is one, or where
 * none of them was let in.
 */
export function watchersIn(events: readonly MeetingEvent[]): Map<string, MeetingEvent[]> | null {
  if (!isSeenByOthers(events)) return null;
  const reports = byObserver(events);
  if (reports.size < 2) return null;
  for (const [observer, own] of reports) if (!wasIn(own)) reports.delete(observer);
  return reports.size === 0 ? null : reports;
}

/** Whether an observer was in, by what it reported. */
function wasIn(reports: readonly MeetingEvent[]): boolean {
  return reports.some((event) => event.type !== "observer_left" || event.outside === false);
}

/** The first report that an observer is gone. */
export function firstDeparture(reports: readonly MeetingEvent[]): ObserverLeft | null {
  let first: ObserverLeft | null = null;
  for (const event of reports) {
    if (event.type === "observer_left" && (first === null || event.at < first.at)) first = event;
  }
  return first;
}

/**
 * The reports that nobody watches any more, or that all is deleted. Where several observers watched, it is the leave
 * of the last of them.
 */
export function departuresIn(events: readonly MeetingEvent[]): (ObserverLeft | DataDeleted)[] {
  const departures = events.filter(
    (event) => event.type === "observer_left" || event.type === "data_deleted",
  );
  if (departures.length === 0) return departures;
  const watchers = watchersIn(events);
  if (watchers === null) return departures;
  const deletions = departures.filter(({ type }) => type === "data_deleted");
  const leaves = [...watchers.values()].map(firstDeparture);
  const gone = leaves.filter((leave) => leave !== null).toSorted((a, b) => a.at - b.at);
  const last = gone.at(-1);
  return last === undefined || gone.length < leaves.length ? deletions : [...deletions, last];
}
