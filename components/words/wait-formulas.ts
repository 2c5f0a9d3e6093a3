import type { ShortLeaves } from "#domain/waits/waiting.ts";

/*
 * The formulas of the wait figures, as shown beside the numbers: one for each function of `domain/waits`, the same on
 * every page. Here those of who left; of how long people waited: `wait-time-formulas.ts`.
 */

const NOT_SAID = "Providers do not say whether a host refused.";

/** Of `leftBeforeAdmitted`. */
export function leftFormula(short: ShortLeaves = "apart"): string {
  const shortly =
    short === "counted"
      ? "People who left within 10 seconds are included."
      : "People who left within 10 seconds are counted separately.";
  return `Waits left before admitted = really lost + came back${short === "counted" ? " + left within 10 s" : ""}. ${shortly} ${NOT_SAID}`;
}

/** Of `abandonmentRate`. */
export function rateFormula(short: ShortLeaves = "apart"): string {
  return `Abandonment rate = left before admitted ÷ (admitted + left before admitted). ${leftFormula(short)} Waits that still go on, or whose end nobody reported, are not included.`;
}

/** Of `reallyLost`, and of the people lost. */
export const LOST_FORMULA =
  "Really lost = left before admitted − came back: not within 10 seconds, and nobody of them was let in later that day. People lost: each once, however often they gave up.";
