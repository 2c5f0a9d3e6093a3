import type { Ms } from "#domain/time/ms.ts";

/** How the events of one source are told. A lens: it never changes an event. */
export interface Rules {
  /** A room is a series of meetings told apart by `emptyGapMs`, or is one meeting. */
  meetings: "by_gap" | "one_per_room";
  /** A room that was empty for longer begins a new meeting. */
  emptyGapMs: Ms;
  /** Gaps of at most this between visits of a person count as attended. */
  graceMs: Ms;
  /**
   * Where nothing at all was heard for this long, the observer is taken to be gone, and of whoever was in
   * nobody knows any more whether they still are; `null`: silence proves nothing.
   */
  silenceMs: Ms | null;
  /** A user id names the same human in every meeting; else only inside one. */
  userIdsLast: boolean;
  /** What note-takers are called here besides what all are called by: see `isNoteTakerName`. */
  noteTakers: readonly string[];
}

export const DEFAULT_EMPTY_GAP_MS = 120_000;
export const DEFAULT_GRACE_MS = 30_000;

/** A join this soon after a wait ended was the admission; one this soon before a meeting began, its beginning. */
export const ADMISSION_MS = 10_000;
/** Leaving the waiting room within this is shown apart. */
export const SHORT_WAIT_MS = 10_000;
/** After this, a wait that nothing was heard of is over, with outcome `unknown`. */
export const WAIT_EXPIRES_MS = 4 * 3_600_000;
/** Two reports of one moment may differ by this much (Daily's `joined_at` differs by some ms). */
export const SAME_MOMENT_MS = 2_000;
/** Whom an observer reports within this of its own coming was there before: it read them off the list. */
export const ROSTER_MS = 10_000;
/** Whoever knocks again this soon after they stopped waiting never gave up: they loaded the page again. */
export const RELOAD_MS = 60_000;
/** A connection that died may be reported as gone this long after its owner is back as another. */
export const DEAD_CONNECTION_MS = 90_000;
/** A guest who comes this soon after their only namesake left goes on where that one stopped. */
export const CONTINUES_MS = 5 * 60_000;
/** Of somebody nothing was heard of for this long nobody knows whether they are still there. */
export const UNHEARD_MS = 24 * 3_600_000;
/** For this long after the last word of somebody, a room is not taken to have been empty of them. */
export const HOLD_MS = 3_600_000;
/** More guests of one name than this are not told apart, nor put together: each is somebody of their own. */
export const NAMESAKES = 100;
