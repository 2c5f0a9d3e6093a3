import type { Ms } from "#domain/time/ms.ts";

/**
 * What says when a meeting was to begin, in the order in which it counts. `scheduled`: a scheduled meeting of
 * the room. `room`: the time set for the room by hand. `provider`: what the provider reported as the start.
 * `host`: the first host. `first`: whoever came first, where nothing else is known.
 */
export const START_SOURCES = ["scheduled", "room", "provider", "host", "first"] as const;
export type StartSource = (typeof START_SOURCES)[number];

/** From when somebody can be late for a meeting, and what says so. */
export interface LessonStart {
  at: Ms;
  by: StartSource;
}

/** What is known of the start of a meeting, but for who was there. */
export interface KnownStarts {
  scheduled: Ms | null;
  room: Ms | null;
  provider: Ms | null;
  /** When the first came in, programs that take notes included. */
  firstIn: Ms | null;
}

export const NO_STARTS: KnownStarts = {
  scheduled: null,
  room: null,
  provider: null,
  firstIn: null,
};

/** Nearer to the first join than this, what a provider calls the start is that join and nothing more. */
const SAME_AS_JOIN_MS: Ms = 10_000;

/**
 * When a meeting began for whoever could be late for it: the first in the order of `START_SOURCES` that is
 * known; `null` only where nothing is, not even that anybody came in.
 */
export function startOf(
  known: KnownStarts,
  { host, first }: { host: Ms | null; first: Ms | null },
): LessonStart | null {
  const starts: Record<StartSource, Ms | null> = {
    scheduled: known.scheduled,
    room: known.room,
    provider: isMoreThanAJoin(known) ? known.provider : null,
    host,
    first: first ?? known.provider,
  };
  for (const by of START_SOURCES) {
    const at = starts[by];
    if (at !== null) return { at, by };
  }
  return null;
}

/** Daily begins a meeting with its first participant: who that was says nothing of when it was to begin. */
function isMoreThanAJoin({ provider, firstIn }: KnownStarts): boolean {
  if (provider === null || firstIn === null) return true;
  return Math.abs(provider - firstIn) > SAME_AS_JOIN_MS;
}

/**
 * The start of whichever scheduled meeting most of a meeting was in; of several alike the earliest. `null`
 * where none was.
 */
export function scheduledStart(
  { from, to }: { from: Ms; to: Ms },
  scheduled: readonly { startsAt: Ms; endsAt: Ms }[],
): Ms | null {
  let best: { at: Ms; ms: Ms } | null = null;
  for (const { startsAt, endsAt } of scheduled) {
    const ms = Math.min(to, endsAt) - Math.max(from, startsAt);
    if (ms < 0) continue;
    const isBetter = best === null || ms > best.ms || (ms === best.ms && startsAt < best.at);
    if (isBetter) best = { at: startsAt, ms };
  }
  return best?.at ?? null;
}
