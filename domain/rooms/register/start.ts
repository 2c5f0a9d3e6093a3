import type { Ms } from "#domain/time/ms.ts";

/**
 * Where a meeting's start comes from, in order of priority. `scheduled`: a scheduled meeting of the room.
 * `room`: the time set for the room by hand. `provider`: the reported start. `host`: the first host.
 * `first`: the first person, where nothing else is known.
 */
export const START_SOURCES = ["scheduled", "room", "provider", "host", "first"] as const;
export type StartSource = (typeof START_SOURCES)[number];

/** From when people can be late for a meeting, and the source of that time. */
export interface LessonStart {
  at: Ms;
  by: StartSource;
}

/** The known starts of a meeting, besides its people. */
export interface KnownStarts {
  scheduled: Ms | null;
  room: Ms | null;
  provider: Ms | null;
  /** When the first participant came in, note-takers included. */
  firstIn: Ms | null;
}

export const NO_STARTS: KnownStarts = {
  scheduled: null,
  room: null,
  provider: null,
  firstIn: null,
};

/** A provider's start nearer to the first join than this is that join and nothing more. */
const SAME_AS_JOIN_MS: Ms = 10_000;

/**
 * From when people could be late for a meeting: the first known start in the order of `START_SOURCES`;
 * `null` only where none is known, not even a join.
 */
export function startOf(
  knownStarts: KnownStarts,
  { host, first }: { host: Ms | null; first: Ms | null },
): LessonStart | null {
  const starts: Record<StartSource, Ms | null> = {
    scheduled: knownStarts.scheduled,
    room: knownStarts.room,
    provider: isMoreThanAJoin(knownStarts) ? knownStarts.provider : null,
    host,
    first: first ?? knownStarts.provider,
  };
  for (const by of START_SOURCES) {
    const at = starts[by];
    if (at !== null) return { at, by };
  }
  return null;
}

/** Daily begins a meeting with its first participant, which does not show when it was to begin. */
function isMoreThanAJoin({ provider, firstIn }: KnownStarts): boolean {
  if (provider === null || firstIn === null) return true;
  return Math.abs(provider - firstIn) > SAME_AS_JOIN_MS;
}

/**
 * The start of the scheduled meeting that overlaps a meeting most; of equal ones the earliest. `null` where
 * none does.
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
