import type { Ms } from "#domain/time/ms.ts";
import type { RoomTitleRule } from "./room-title.ts";

/** How the events of one source are projected. A lens: it never changes an event. */
export interface Rules {
  /** A room is a series of meetings parted by `emptyGapMs`, or is one meeting. */
  meetings: "by_gap" | "one_per_room";
  /** A room that was empty for longer begins a new meeting. */
  emptyGapMs: Ms;
  /** Gaps of at most this between visits of a person count as attended. */
  graceMs: Ms;
  /**
   * After this long without any event the observer counts as gone, and for the people who were in it is no
   * longer known whether they still are; `null`: silence proves nothing.
   */
  silenceMs: Ms | null;
  /** A user id names the same human in every meeting; else only inside one. */
  userIdsLast: boolean;
  /** Names of note-takers in this source, besides the general ones: see `isNoteTakerName`. */
  noteTakers: readonly string[];
  /** What rooms are called by their keys, where nothing else says. */
  roomTitles: readonly RoomTitleRule[];
}

export const DEFAULT_EMPTY_GAP_MS = 120_000;
export const DEFAULT_GRACE_MS = 30_000;

/** A join this soon after a wait ended was the admission; one this soon before a meeting began, its beginning. */
export const ADMISSION_MS = 10_000;
/** Leaving the waiting room within this is counted apart. */
export const SHORT_WAIT_MS = 10_000;
/** After this, a wait without a further event is over, with outcome `unknown`. */
export const WAIT_EXPIRES_MS = 4 * 3_600_000;
/** Two reports of one moment may differ by this much (Daily's `joined_at` differs by some ms). */
export const SAME_MOMENT_MS = 2_000;
/** A person reported within this after the observer came in was there before: it read them from the list. */
export const ROSTER_MS = 10_000;
/** A knock this soon after the last one stopped is no giving up: the page was loaded again. */
export const RELOAD_MS = 60_000;
/** A lost connection may be reported as gone this long after its owner is back as another. */
export const DEAD_CONNECTION_MS = 90_000;
/** A guest who comes this soon after their only namesake left is that person. */
export const CONTINUES_MS = 5 * 60_000;
/** After this long without an event of a person it is not known whether they are still there. */
export const UNHEARD_MS = 24 * 3_600_000;
/** For this long after a person's last event the room does not count as empty of them. */
export const HOLD_MS = 3_600_000;
/** More guests of one name than this are neither told apart nor joined: each is a person of their own. */
export const NAMESAKES = 100;
