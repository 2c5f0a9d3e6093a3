import type { Ms } from "#domain/time/ms.ts";

/** What counts as what in a register. A lens: it changes nothing that is kept. */
export interface Thresholds {
  /** A meeting counts that lasted at least this: nobody missed one of a few seconds. */
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
  /** … of so many meetings, the last ones. */
  regularLast: number;
  /** A regular who then missed so many meetings, the last ones, has not come lately. */
  missed: number;
}

/**
 * A minute: whoever opened the room for a moment to look at it held no meeting. A share of 1 %: who opened the wrong room for a moment did not attend (36 s of an hour), and how much
 * more it takes is for whoever keeps the register to say. Three quarters of two months of weekly meetings
 * make a regular.
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

/** With fewer meetings than this behind them nobody is called a regular. */
export const FEWEST_FOR_REGULARS = 3;
