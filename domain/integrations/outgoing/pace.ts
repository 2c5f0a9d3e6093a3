import type { Ms } from "#domain/time/ms.ts";

/*
 * When a webhook that was not taken is sent again: after 5 s, then each time twice as long, up to an hour, for more
 * than a day. A part of each pause is left to chance, so that what failed together does not come back together.
 */

const FIRST_MS: Ms = 5_000;
const LONGEST_MS: Ms = 3_600_000;
/** A share of a pause, by which it may be shorter or longer. */
const JITTER = 0.2;
/** Nothing is tried again that was tried first longer ago. */
export const GIVEN_UP_AFTER_MS: Ms = 28 * 3_600_000;
/** An endpoint that took nothing for so long is paused. */
export const PAUSED_AFTER_MS: Ms = 48 * 3_600_000;
/** No receiver is believed that asks for more patience. */
export const MOST_PATIENCE_MS: Ms = 24 * 3_600_000;

/** The pause after so many attempts; `chance` is from 0 to 1. */
export function pauseAfter(attempts: number, chance: number): Ms {
  const plain = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 30), LONGEST_MS);
  return Math.round(plain * (1 + JITTER * (2 * chance - 1)));
}

/**
 * When a message is tried again after a failure: not before the receiver wants it (`retryAfterMs`). `null` where it was
 * tried for long enough.
 */
export function triedAgainAt(
  { attempts, firstTriedAt }: { attempts: number; firstTriedAt: Ms },
  { now, chance, retryAfterMs }: { now: Ms; chance: number; retryAfterMs: Ms | null },
): Ms | null {
  if (now - firstTriedAt >= GIVEN_UP_AFTER_MS) return null;
  return now + Math.max(pauseAfter(attempts, chance), retryAfterMs ?? 0);
}

/** Whether an answer says that the webhook was taken. */
export function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Whether an answer asks that nothing be sent for a while. */
export function asksForPatience(status: number | null): boolean {
  return status === 429 || status === 503;
}

/** Nobody is there any more, and never will be. */
export const GONE = 410;
