import type { LevelMode } from "#domain/waits/waiting.ts";

/* The formulas of how long people waited, as those of `wait-formulas.ts`, which more pages show. */

export const AVERAGE_FORMULA =
  "Average wait until admitted (ASA) = Σ(admitted − started waiting) ÷ number of those admitted. People who left are not included.";

/** Of `longestMs` in a `WaitCount`. */
export const LONGEST_FORMULA =
  "Longest that ended = the most of (ended − started waiting), of those admitted and those who left. Who still waits is not in it.";

/** Of `quantileMs`, for a half and for nine of ten. */
export const QUANTILES_FORMULA =
  "Half of them waited no longer than the first of the two times (the median), nine of ten no longer than the second.";

export const UNKNOWN_FORMULA =
  "Where nobody reported how a wait ended, its length is not known: it counts as a wait, but not in averages, the longest wait or rates.";

/** Of `serviceLevel`. */
export const LEVEL_WORDS: Record<LevelMode, { name: string; formula: (x: string) => string }> = {
  neutral: {
    name: "Not counted if early",
    formula: (x) =>
      `Admitted within ${x} ÷ (admitted + left after ${x}). Who left within ${x} counts neither way.`,
  },
  ignored: {
    name: "Never counted",
    formula: (x) => `Admitted within ${x} ÷ admitted. People who left are not included.`,
  },
  positive: {
    name: "Counted as met if early",
    formula: (x) =>
      `(Admitted within ${x} + left within ${x}) ÷ (admitted + left before admitted).`,
  },
  negative: {
    name: "Counted as missed",
    formula: (x) => `Admitted within ${x} ÷ (admitted + left before admitted).`,
  },
};
