import type { Ms } from "#domain/time/ms.ts";

/** How a source is heard. `unknown`: it was heard, but for too short a time to say what is usual for it. */
export interface Silence {
  state: "unheard" | "unknown" | "usual" | "silent";
  /** When it was last heard. */
  lastAt: Ms | null;
  /** The usual longest silence of a week; `null` where too little is known. */
  usualMs: Ms | null;
  /** For how long it may be silent before that is unusual. */
  allowedMs: Ms | null;
  /** Of how many weeks the longest silence is known. */
  weeks: number;
}

/** So many weeks are looked at, back from the latest meeting; fewer than the least say nothing. */
export const SILENCE_WEEKS = 8;
export const LEAST_SILENCE_WEEKS = 3;
const HOUR_MS: Ms = 3_600_000;

/**
 * Whether a source is silent for longer than it usually is. `longest` is, for each of the last eight weeks with a
 * meeting, the longest time between two meetings in which nothing was heard. The usual longest silence is the median
 * of these; half as long again is allowed, and at least an hour more. So a weekend is no alarm where every week has
 * one, and a single outage does not become the rule.
 */
export function silenceOf(heard: { lastAt: Ms | null; longest: readonly Ms[] }, now: Ms): Silence {
  const { lastAt, longest } = heard;
  const weeks = longest.length;
  const nothing = { usualMs: null, allowedMs: null, weeks };
  if (lastAt === null) return { state: "unheard", lastAt, ...nothing };
  if (weeks < LEAST_SILENCE_WEEKS) return { state: "unknown", lastAt, ...nothing };
  const usualMs = medianOf(longest);
  const allowedMs = Math.max(Math.round(usualMs * 1.5), usualMs + HOUR_MS);
  return {
    state: now - lastAt > allowedMs ? "silent" : "usual",
    lastAt,
    usualMs,
    allowedMs,
    weeks,
  };
}

/** The middle one; the lower of two. */
function medianOf(all: readonly Ms[]): Ms {
  return all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? 0;
}
