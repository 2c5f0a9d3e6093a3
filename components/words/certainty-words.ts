import type { Certainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { formatDuration } from "./duration.ts";

/** A length, marked where it is only a bound: `≥ 19:00`. */
export function boundedLength(text: string, certainty: Certainty | null): string {
  switch (certainty) {
    case "at_least":
      return `≥ ${text}`;
    case "at_most":
      return `≤ ${text}`;
    case "exact":
    case null:
      return text;
    default:
      return certainty satisfies never;
  }
}

/** A moment, marked where it is a bound: `by 10:02` for a person found there, `≈ 10:40` for an inferred leave. */
export function boundedMoment(text: string, certainty: Certainty | null): string {
  switch (certainty) {
    case "at_least":
      return `≈ ${text}`;
    case "at_most":
      return `by ${text}`;
    case "exact":
    case null:
      return text;
    default:
      return certainty satisfies never;
  }
}

/** The same for screen readers. */
export function spokenLength(text: string, certainty: Certainty | null): string {
  return certainty === "at_least" ? `at least ${text}` : text;
}

/** The note beside a length that is a lower bound: how much longer it can have been. */
export function unknownWords(unknownMs: Ms): string {
  return `At least: nobody reported when they left, and they may have been there for ${formatDuration(unknownMs)} longer.`;
}

/** The note beside a length that is a bound. */
export const AT_LEAST_TITLE =
  "At least: somebody was there before that was seen, or nobody reported when they came or left.";
