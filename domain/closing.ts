import type { MeetingEvent, Ms } from "./event.ts";
import type { Rules } from "./rules.ts";

/**
 * A moment at which what is still open ended without a report of its own, so every end told from it
 * is inferred. A final one also ends what seems to begin after it.
 */
export interface Closing {
  at: Ms;
  final: boolean;
}

/** The closings among the events of a room or a meeting, in time order. */
export function closingsOf(events: readonly MeetingEvent[], rules: Rules, now: Ms): Closing[] {
  const closings: Closing[] = [];
  let observerLeft: Ms | null = null;
  let lastAt: Ms | null = null;
  for (const event of events) {
    lastAt = Math.max(lastAt ?? event.at, event.at);
    if (event.type === "meeting_ended") closings.push({ at: event.at, final: false });
    if (event.type === "observer_left" || event.type === "data_deleted") {
      observerLeft = Math.min(observerLeft ?? event.at, event.at);
    }
  }
  if (observerLeft !== null) {
    closings.push({ at: observerLeft, final: true });
  } else if (rules.silenceMs !== null && lastAt !== null && now - lastAt > rules.silenceMs) {
    closings.push({ at: lastAt, final: true });
  }
  return closings.toSorted((a, b) => a.at - b.at || Number(a.final) - Number(b.final));
}

/** When something that began at `from` and has no reported end was closed, or `null` if it still lasts. */
export function closedAt(from: Ms, closings: readonly Closing[]): Ms | null {
  const after = closings.find((closing) => closing.at >= from);
  if (after) return after.at;
  return closings.some((closing) => closing.final) ? from : null;
}
