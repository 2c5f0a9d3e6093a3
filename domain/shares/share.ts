import type { Ms } from "#domain/time/ms.ts";

/** What a shared link shows: one meeting, or the numbers of now on a screen on a wall. */
export const SHARE_KINDS = ["meeting", "wallboard"] as const;

export type ShareKind = (typeof SHARE_KINDS)[number];

const DAY_MS: Ms = 86_400_000;

/** How long a shared link opens something where nobody says, and at the most. */
export const SHARED_FOR_MS: Ms = 7 * DAY_MS;
export const MOST_SHARED_FOR_MS: Ms = 366 * DAY_MS;
