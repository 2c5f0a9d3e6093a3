import type { Interval } from "./interval.ts";
import type { Visit } from "./participant.ts";
import type { PersonView } from "./person-view.ts";

/** Somebody's visits, and where they are now. */
export interface PresenceSoFar {
  visits: readonly Pick<Visit, "leftAt" | "leftBy">[];
  status: PersonView["status"];
}

/**
 * When it is not known whether somebody was still in: from when they were last heard of to the latest they can
 * have been; without end of whom it is not known yet.
 */
export function unheardOf({ visits, status }: PresenceSoFar): Interval[] {
  return visits.flatMap(({ leftAt, leftBy }) =>
    leftAt === null || leftBy === undefined
      ? []
      : { from: leftAt, to: status === "not_known" ? null : leftBy },
  );
}
