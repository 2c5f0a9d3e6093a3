import type { Ms } from "#domain/time/ms.ts";

/** What a shared link shows: one meeting, the numbers of now on a screen on a wall, or to who waits how a room stands. */
export const SHARE_KINDS = ["meeting", "wallboard", "wait"] as const;

export type ShareKind = (typeof SHARE_KINDS)[number];

const DAY_MS: Ms = 86_400_000;

/** How long a shared link opens something where nobody says, and at the most. */
export const SHARED_FOR_MS: Ms = 7 * DAY_MS;
/** The link of who waits is sent to many, and is on pages of others. */
export const WAIT_SHARED_FOR_MS: Ms = 365 * DAY_MS;
export const MOST_SHARED_FOR_MS: Ms = 366 * DAY_MS;
