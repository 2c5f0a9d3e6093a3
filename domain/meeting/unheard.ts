import type { Visit } from "#domain/participant/participant.ts";
import type { Interval } from "#domain/time/interval.ts";
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
