import type { Difference } from "./differences.ts";

/** The check of a statement that is presented. */
export interface CheckedStatement {
  /** What was altered after it was issued: in the presented or the stored copy. Empty: the hash is right. */
  altered: readonly Difference[];
  isHashRight: boolean;
  /** What differs from today's facts; `null` where nothing is stored to compare with. */
  corrected: readonly Difference[] | null;
}

/**
 * - `altered`: it is not what was issued.
 * - `corrected`: it is what was issued, and the facts have changed since.
 * - `erased`: it is what was issued, and its facts are no longer stored.
 * - `unaltered`: it is what was issued, and still true.
 */
export type CheckResult = "altered" | "corrected" | "erased" | "unaltered";

export function checkResultOf({ altered, isHashRight, corrected }: CheckedStatement): CheckResult {
  if (!isHashRight || altered.length > 0) return "altered";
  if (corrected === null) return "erased";
  return corrected.length > 0 ? "corrected" : "unaltered";
}
