import type { Difference } from "./differences.ts";

/** What is known of a statement whose number somebody shows. */
export interface CheckedStatement {
  /** What was altered after it was issued: in what is shown, or in what is kept. Empty: the hash is right. */
  altered: readonly Difference[];
  isHashRight: boolean;
  /** What is told otherwise today; `null` where nothing is kept to compare with. */
  corrected: readonly Difference[] | null;
}

/**
 * - `altered`: what is shown is not what was issued.
 * - `corrected`: it is what was issued, and the facts are told otherwise by now.
 * - `erased`: it is what was issued, and its facts are no longer kept.
 * - `unaltered`: it is what was issued, and still true.
 */
export type CheckResult = "altered" | "corrected" | "erased" | "unaltered";

export function checkResultOf({ altered, isHashRight, corrected }: CheckedStatement): CheckResult {
  if (!isHashRight || altered.length > 0) return "altered";
  if (corrected === null) return "erased";
  return corrected.length > 0 ? "corrected" : "unaltered";
}
