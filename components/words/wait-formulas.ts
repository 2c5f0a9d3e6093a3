import type { LevelMode, ShortLeaves } from "#domain/history/waiting.ts";

/*
 * The formulas of what is counted of waits, in the words that stand beside the numbers: one for each function
 * of `domain/history`, the same on every page.
 */

const NOT_SAID = "Providers do not say whether a host refused.";

/** Of `leftBeforeAdmitted`. */
export function leftFormula(short: ShortLeaves = "apart"): string {
  const shortly =
    short === "counted"
      ? "Who left within 10 seconds is in it."
      : "Who left within 10 seconds is counted apart.";
  return `Waits left before admitted = really lost + came back${short === "counted" ? " + left within 10 s" : ""}. ${shortly} ${NOT_SAID}`;
}

/** Of `abandonmentRate`. */
export function rateFormula(short: ShortLeaves = "apart"): string {
  return `Abandonment rate = left before admitted ÷ (admitted + left before admitted). ${leftFormula(short)} Whose end nobody heard of, and who still waits, is not in it.`;
}

/** Of `reallyLost`, and of the people these waits were of. */
export const LOST_FORMULA =
  "Really lost = left before admitted − came back: not within 10 seconds, and nobody of them was let in later that day. People lost: each once, however often they gave up.";

export const AVERAGE_FORMULA =
  "Average wait until admitted (ASA) = Σ(admitted − started waiting) ÷ number of those admitted. Who left is not in it.";

export const UNKNOWN_FORMULA =
  "Where nobody heard how a wait ended its length is not known: it counts as a wait, and is in no average, no longest and no rate.";

/** Of `serviceLevel`. */
export const LEVEL_WORDS: Record<LevelMode, { name: string; formula: (x: string) => string }> = {
  neutral: {
    name: "Neutral: only later ones count",
    formula: (x) =>
      `Admitted within ${x} ÷ (admitted + left after ${x}). Who left within ${x} counts neither way.`,
  },
  ignored: {
    name: "Ignored: only who was admitted",
    formula: (x) => `Admitted within ${x} ÷ admitted. Who left is not in it.`,
  },
  positive: {
    name: "Good, if early",
    formula: (x) =>
      `(Admitted within ${x} + left within ${x}) ÷ (admitted + left before admitted).`,
  },
  negative: {
    name: "Bad, however early",
    formula: (x) => `Admitted within ${x} ÷ (admitted + left before admitted).`,
  },
};
