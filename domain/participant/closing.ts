import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomContext } from "./room-context.ts";
import { ADMISSION_MS, type Rules } from "./rules.ts";
import { departuresIn, firstDeparture, watchersIn } from "./watchers.ts";

/** What shows that open visits and waits had ended. */
export type ClosingCause =
  | "meeting_ended"
  | "next_meeting"
  | "observer_left"
  | "data_deleted"
  | "silence";

/**
 * A moment by which every open visit and wait had ended without a report of its own, so every end taken
 * from it is inferred. A final one also ends what seems to begin after it.
 */
export interface Closing {
  at: Ms;
  final: boolean;
  cause: ClosingCause;
  /**
   * An observer watched until then, so those who were in were seen until then. Else they were there until
   * their last event, and the closing is the latest they can have been.
   */
  watched: boolean;
}

/** The closings among the events of a room or a meeting, in time order. */
export function closingsOf(
  events: readonly MeetingEvent[],
  rules: Rules,
  now: Ms,
  overtakenAt: RoomContext["overtakenAt"] = null,
): Closing[] {
  const closings: Closing[] = [];
  let gone: Closing | null = null;
  for (const event of events) {
    const { type, at } = event;
    if (type === "meeting_ended") {
      closings.push({ at, final: false, cause: type, watched: event.listed === true });
    } else if (type === "meeting_started") {
      closings.push({ at, final: false, cause: "next_meeting", watched: false });
    }
  }
  for (const { type, at } of departuresIn(events)) {
    gone = earlier(gone, { at, final: true, cause: type, watched: true });
  }
  if (overtakenAt !== null) {
    closings.push({ at: overtakenAt, final: false, cause: "next_meeting", watched: false });
  }
  if (gone !== null) closings.push(gone);
  else closings.push(...silences(events, rules, now));
  return inOrder(closings);
}

function inOrder(closings: readonly Closing[]): Closing[] {
  return closings.toSorted(
    (a, b) =>
      a.at - b.at ||
      Number(a.final) - Number(b.final) ||
      Number(b.watched) - Number(a.watched) ||
      (a.cause < b.cause ? -1 : 1),
  );
}

/** What one of several observers saw of a meeting: from when on, and what ended what it saw. */
export interface Watcher {
  closings: readonly Closing[];
  observedFrom: Ms | null;
}

/**
 * For each observer what it saw, where several watched the meeting with these `closings`; `null` where there is one.
 * What one of them saw ends with its own leave, and the meeting with that of the last.
 */
export function watchersOf(
  events: readonly MeetingEvent[],
  closings: readonly Closing[],
): Map<string, Watcher> | null {
  const watchers = watchersIn(events);
  if (watchers === null) return null;
  const others = closings.filter(({ cause }) => cause !== "observer_left");
  return new Map(
    [...watchers].map(([observer, reports]) => {
      const left = firstDeparture(reports);
      const own: Closing[] =
        left === null ? [] : [{ at: left.at, final: true, cause: left.type, watched: true }];
      const joins = reports.filter(({ type }) => type === "observer_joined");
      const observedFrom = joins.length === 0 ? null : Math.min(...joins.map(({ at }) => at));
      return [observer, { closings: inOrder([...others, ...own]), observedFrom }];
    }),
  );
}

/** Independent of the order of arrival: of the two at one moment the observer's leave counts as seen. */
function earlier(first: Closing | null, other: Closing): Closing {
  if (first === null || other.at < first.at) return other;
  return other.at === first.at && other.cause === "observer_left" ? other : first;
}

/**
 * Closings by silences that were too long. An observer was there until its last report; in a room without
 * one, people may have been in for as long as the silence limit.
 */
function silences(events: readonly MeetingEvent[], rules: Rules, now: Ms): Closing[] {
  const { silenceMs } = rules;
  if (silenceMs === null || events.length === 0) return [];
  let [first, last] = [Infinity, -Infinity];
  for (const { at } of events) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  if (rules.meetings === "one_per_room") {
    return now - last > silenceMs
      ? [{ at: last, final: true, cause: "silence", watched: true }]
      : [];
  }
  const before: Ms[] = now - last > silenceMs ? [last] : [];
  if (last - first > silenceMs) {
    const moments = new Float64Array(events.map(({ at }) => at)).sort();
    for (const [index, at] of moments.entries()) {
      if ((moments[index + 1] ?? at) - at > silenceMs) before.push(at);
    }
  }
  return before.map((at) => {
    return { at: at + silenceMs, final: false, cause: "silence" as const, watched: false };
  });
}

/**
 * What closed a visit or wait that began at `from` without a reported end, or `null` if it still lasts. A
 * person who came in shortly before the provider began a meeting began that meeting.
 */
export function closingOf(from: Ms, closings: readonly Closing[]): Closing | null {
  return (
    closings.find(
      ({ at, cause }) => at >= (cause === "next_meeting" ? from + ADMISSION_MS : from),
    ) ??
    closings.findLast((closing) => closing.final) ??
    null
  );
}

/**
 * The closings that end a silent wait: the next meeting does not, because a waiting person may be let in to
 * it.
 */
export function closingWaits(closings: readonly Closing[]): Closing[] {
  return closings.filter(({ cause }) => cause !== "next_meeting");
}

/** When a visit or wait that began at `from` without a reported end was closed, or `null` if it still lasts. */
export function closedAt(from: Ms, closings: readonly Closing[]): Ms | null {
  const closing = closingOf(from, closings);
  return closing === null ? null : Math.max(closing.at, from);
}
