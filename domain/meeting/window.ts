import { type Interval, lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PersonView } from "./person-view.ts";

/** A requested part of a meeting: `[from, to)`. */
export interface TimeWindow {
  from: Ms;
  to: Ms;
}

/** What a person did in a window. `wasIn` is false for one who only waited in it. */
export interface TimeWithin {
  wasIn: boolean;
  /** Attended within it: as everywhere, with gaps up to the grace closed. */
  attendedMs: Ms;
  waitedMs: Ms;
}

/**
 * What a person, or a connection, did in a window that is over by now; `null` for one who was not there at
 * all. An open stay counts to the end of the window.
 */
export function timeWithin(
  person: Pick<PersonView, "presence" | "attended" | "waits">,
  window: TimeWindow,
): TimeWithin | null {
  const waits = union(
    person.waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
  );
  const wasIn = person.presence.some((stay) => touches(stay, window));
  if (!wasIn && !waits.some((wait) => touches(wait, window))) return null;
  return {
    wasIn,
    attendedMs: wasIn ? lengthMs(within(person.attended, window), window.to) : 0,
    waitedMs: lengthMs(within(waits, window), window.to),
  };
}

/** Whether any of an interval lies in the window; one of no length is a moment. */
function touches({ from, to }: Interval, window: TimeWindow): boolean {
  if (from >= window.to) return false;
  return to === null || to > window.from || (to === from && from === window.from);
}

function within(intervals: readonly Interval[], window: TimeWindow): Interval[] {
  return intervals
    .filter(({ from, to }) => from < window.to && (to === null || to > window.from))
    .map(({ from, to }) => ({
      from: Math.max(from, window.from),
      to: Math.min(to ?? window.to, window.to),
    }));
}
