import type { MeetingEvent, Ms } from "./event.ts";
import type { Rules } from "./rules.ts";

/** What shows that whatever was open had ended. */
export type ClosingCause = "meeting_ended" | "observer_left" | "data_deleted" | "silence";

/**
 * A moment at which what is still open ended without a report of its own, so every end told from it
 * is inferred. A final one also ends what seems to begin after it.
 */
export interface Closing {
  at: Ms;
  final: boolean;
  cause: ClosingCause;
}

/** The closings among the events of a room or a meeting, in time order. */
export function closingsOf(events: readonly MeetingEvent[], rules: Rules, now: Ms): Closing[] {
  const closings: Closing[] = [];
  let watched: Closing | null = null;
  let lastAt: Ms | null = null;
  for (const event of events) {
    lastAt = Math.max(lastAt ?? event.at, event.at);
    if (event.type === "meeting_ended") {
      closings.push({ at: event.at, final: false, cause: event.type });
    }
    if (event.type === "observer_left" || event.type === "data_deleted") {
      watched = earlier(watched, { at: event.at, final: true, cause: event.type });
    }
  }
  if (watched !== null) {
    closings.push(watched);
  } else if (rules.silenceMs !== null && lastAt !== null && now - lastAt > rules.silenceMs) {
    closings.push({ at: lastAt, final: true, cause: "silence" });
  }
  return closings.toSorted((a, b) => a.at - b.at || Number(a.final) - Number(b.final));
}

/** Whatever order they come in: the bot's leave is what was seen of the two at one moment. */
function earlier(known: Closing | null, other: Closing): Closing {
  if (known === null || other.at < known.at) return other;
  return other.at === known.at && other.cause === "observer_left" ? other : known;
}

/** What closed something that began at `from` and has no reported end, or `null` if it still lasts. */
export function closingOf(from: Ms, closings: readonly Closing[]): Closing | null {
  return (
    closings.find((closing) => closing.at >= from) ??
    closings.findLast((closing) => closing.final) ??
    null
  );
}

/** When something that began at `from` and has no reported end was closed, or `null` if it still lasts. */
export function closedAt(from: Ms, closings: readonly Closing[]): Ms | null {
  const closing = closingOf(from, closings);
  return closing === null ? null : Math.max(closing.at, from);
}
