import type { Outcome } from "#domain/meeting/wait.ts";

/** How a wait ended: the same words on every screen. */
const OUTCOMES: Record<Outcome, string> = {
  waiting: "still waiting",
  admitted: "admitted",
  left: "left before admitted",
  short: "left within 10 s",
  came_back: "came back",
  unknown: "end not reported",
};

export function outcomeWord(outcome: Outcome): string {
  return OUTCOMES[outcome];
}

/** As a heading, or as the first word of a choice. */
export function outcomeTitle(outcome: Outcome): string {
  const text = outcomeWord(outcome);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
