import type { Ms } from "#domain/time/ms.ts";

/*
 * How a source is caught up with: what its webhooks may have missed is asked for at its provider, with a key, again
 * and again. `docs/decisions/0069` says how.
 */

/** While something goes on, and otherwise, a source is asked so often: no provider wants it more often. */
const ACTIVE_EVERY_MS: Ms = 15_000;
const QUIET_EVERY_MS: Ms = 30_000;
/** What came to be known at the provider only later than it happened is found by looking back so far. */
const OVERLAP_MS: Ms = 5 * 60_000;
/** Before its first time nobody knows what was missed: so far back is looked. */
const FIRST_MS: Ms = 3 * 86_400_000;
/** So soon that a webhook that was switched off is known within a minute of its provider's being there again. */
const MOST_PAUSE_MS: Ms = 60_000;
/** A key that is refused is not accepted by being sent more often. */
const REFUSED_PAUSE_MS: Ms = 10 * 60_000;
/** A share of a pause after a failure, by which it may be longer. */
const JITTER = 0.2;

/** Why a provider could not be asked. */
export const CATCH_UP_PROBLEMS = [
  "key_refused",
  "refused",
  "busy",
  "away",
  "key_unreadable",
  "failed",
] as const;
export type CatchUpProblem = (typeof CATCH_UP_PROBLEMS)[number];

/** Since when what happened is asked for. */
export function askedSince(
  { caughtUpTo, createdAt }: { caughtUpTo: Ms | null; createdAt: Ms },
  now: Ms,
): Ms {
  const from = caughtUpTo === null ? now - FIRST_MS : caughtUpTo - OVERLAP_MS;
  return Math.max(from, createdAt);
}

/** When a source is asked again after everything was read. */
export function askedNextAt(isActive: boolean, beganAt: Ms, now: Ms): Ms {
  return Math.max(now, beganAt + (isActive ? ACTIVE_EVERY_MS : QUIET_EVERY_MS));
}

/** When it is asked again after so many failures in a row, not before it wants; `chance` is from 0 to 1. */
export function askedAgainAt(
  { failures, problem }: { failures: number; problem: CatchUpProblem },
  { now, chance, retryAfterMs }: { now: Ms; chance: number; retryAfterMs: Ms | null },
): Ms {
  const doubled = Math.min(ACTIVE_EVERY_MS * 2 ** Math.min(failures - 1, 10), MOST_PAUSE_MS);
  const plain = problem === "key_refused" ? REFUSED_PAUSE_MS : doubled;
  return now + Math.max(Math.round(plain * (1 + JITTER * chance)), retryAfterMs ?? 0);
}
