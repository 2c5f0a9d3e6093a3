import type { Ms } from "#domain/time/ms.ts";

/** One stay in the meeting, as one connection. */
export interface Visit {
  participantId: string;
  joinedAt: Ms;
  /** Where it was not reported: the last moment they were known to be there. `null` while open. */
  leftAt: Ms | null;
  /** Where the end was not reported: the latest it can have been. It never counts. */
  leftBy?: Ms;
  /**
   * `inferred` where only the leave was reported, so the visit has no known length. `first_seen` where the
   * observer found the person there as it came in: they may have been there for longer.
   */
  start: "reported" | "first_seen" | "inferred";
  /** `inferred` where it was not reported, `operator` where an operator entered it; `null` while open. */
  end: "reported" | "inferred" | "operator" | null;
  /** The correction by which it ended. */
  ruling?: string;
}
