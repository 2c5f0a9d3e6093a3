import type { Ms } from "#domain/time/ms.ts";

/** The thresholds of a register. A lens: it changes nothing that is stored. */
export interface Thresholds {
  /** A shorter meeting does not count: no one missed one of a few seconds. */
  heldMs: Ms;
  /** Late: came in more than this after the meeting began. */
  lateMs: Ms;
  /** Left early: left for the last time more than this before it ended. */
  earlyMs: Ms;
  /** Attended: was there for at least this share of the meeting, 0 to 1 … */
  share: number;
  /** … or for at least this long, where it is set. */
  attendedMs: Ms | null;
  /** A regular attended at least this share, 0 to 1, … */
  regularShare: number;
  /** … of this many meetings, the last ones. */
  regularLast: number;
  /** A regular who then missed this many meetings, the last ones, has not come lately. */
  missed: number;
}

/**
 * A minute: opening the room for a moment is no meeting. A share of 1 % (36 s of an hour): opening the
 * wrong room for a moment is no attendance, and anything stricter is the register keeper's choice. Three
 * quarters of two months of weekly meetings make a regular.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  heldMs: 60_000,
  lateMs: 300_000,
  earlyMs: 300_000,
  share: 0.01,
  attendedMs: null,
  regularShare: 0.75,
  regularLast: 8,
  missed: 3,
};

/** With fewer meetings than this no one is called a regular. */
export const FEWEST_FOR_REGULARS = 3;
