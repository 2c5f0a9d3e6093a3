import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;
/** Of 0 to 4: a million guesses are not enough. */
const LEAST_SCORE = 2;

let estimator: ZxcvbnFactory | null = null;

/**
 * Why a password cannot be chosen, as a sentence; `null` where it can. It is compared with the passwords that are used
 * and leaked most, which are part of the package, so that nothing is asked outside. `about` is what anybody would try
 * first, as the name and the e-mail address of whose password it is.
 */
export function passwordMistake(password: string, about: readonly string[]): string | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `A password has at least ${SHORTEST_PASSWORD} characters.`;
  if (length > LONGEST_PASSWORD) return `A password has at most ${LONGEST_PASSWORD} characters.`;
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const known = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  const { score } = estimator.check(password, ["rollcall", ...known.filter((word) => word !== "")]);
  if (score >= LEAST_SCORE) return null;
  return "This password is too easy to guess: it is, or is like, one that many people use. Three unrelated words are better.";
}
