import type { FollowUp } from "#domain/waits/handling.ts";

const WORDS: Record<FollowUp, string> = {
  called: "Called",
  reached: "Reached",
  rebooked: "Rebooked",
  wrong_link: "Wrong link",
  no_answer: "No answer",
};

/** What came of following up on somebody who left. */
export function followUpWord(outcome: FollowUp): string {
  return WORDS[outcome];
}
