import type { Ms } from "#domain/time/ms.ts";

/** How urgent a wait is: below 2 minutes, from 2, from 5. */
export type WaitLevel = 1 | 2 | 3;

export function levelOf(waitedMs: Ms): WaitLevel {
  if (waitedMs >= 5 * 60_000) return 3;
  return waitedMs >= 2 * 60_000 ? 2 : 1;
}

/** For screen readers, and under the pointer. */
export const WAIT_LEVEL_WORDS: Record<WaitLevel, string> = {
  1: "waiting",
  2: "waiting for over 2 minutes",
  3: "waiting for over 5 minutes",
};
