import type { MeetingEvent } from "#domain/event/event.ts";
import { isObserverPutAway } from "#domain/participant/put-away.ts";
import { departuresIn } from "#domain/participant/watchers.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Bound, isUnended } from "./session.ts";

/** What the provider itself reports of the meeting, and how long it was observed. */
export interface MeetingFrame {
  providerIds: string[];
  startedAt: Ms | null;
  endedAt: Ms | null;
  /** The observer has not left: the meeting goes on even when no one is in. */
  observed: boolean;
  /** Where the observer came after the meeting began, nothing before this was seen. */
  observedFrom: Ms | null;
}

/** When the first observer came in, if any did. */
export function observedFromOf(events: readonly MeetingEvent[]): Ms | null {
  let from: Ms | null = null;
  for (const { type, at } of events) {
    if (type === "observer_joined") from = Math.min(from ?? at, at);
  }
  return from;
}

/**
 * What the events about the meeting itself report. Where only its end repeats the start, which may be cut
 * to a whole second, the first join within that second is exact.
 */
export function frameOf(
  events: readonly MeetingEvent[],
  closed: boolean,
  firstJoinedAt: Ms | null,
): MeetingFrame {
  const ids = new Map<string, Ms>();
  const starts: Bound[] = [];
  const ends: Bound[] = [];
  let truncatedStart: Ms | null = null;
  let endedAt: Ms | null = null;
  const observedFrom = observedFromOf(events);
  const departures = new Set<MeetingEvent>(departuresIn(events));
  for (const event of events) {
    if (event.type === "meeting_started") {
      starts.push(event);
    } else if (event.type === "meeting_ended") {
      ends.push(event);
      endedAt = Math.max(endedAt ?? event.at, event.at);
      if (event.startedAt !== null) {
        truncatedStart = Math.min(truncatedStart ?? event.startedAt, event.startedAt);
      }
    } else if (departures.has(event)) {
      ends.push({ at: event.at, providerMeetingId: null });
      endedAt = Math.min(endedAt ?? event.at, event.at);
    }
    if ("providerMeetingId" in event && event.providerMeetingId !== null) {
      const first = ids.get(event.providerMeetingId) ?? Infinity;
      ids.set(event.providerMeetingId, Math.min(first, event.at));
    }
  }
  const exact = [firstJoinedAt, ...starts.map(({ at }) => at)].find(
    (at) => at !== null && Math.floor(at / 1000) * 1000 === truncatedStart,
  );
  const startTimes = [...starts.map(({ at }) => at), exact ?? truncatedStart].filter(
    (at) => at !== null,
  );
  // A meeting that began after that end goes on, also where the same one began again.
  const goesOn = starts.some((start) => isUnended(start, ends));
  return {
    providerIds: [...ids].toSorted(([a, s], [b, t]) => s - t || (a < b ? -1 : 1)).map(([id]) => id),
    startedAt: startTimes.length === 0 ? null : Math.min(...startTimes),
    endedAt: goesOn ? null : endedAt,
    observed: observedFrom !== null && !closed && !isObserverPutAway(events),
    observedFrom,
  };
}
