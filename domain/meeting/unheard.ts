import type { Visit } from "#domain/participant/visit.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { PersonStatus } from "./person-status.ts";

/** A person's visits, and their status now. */
export interface PresenceSoFar {
  visits: readonly Pick<Visit, "leftAt" | "leftBy">[];
  status: PersonStatus;
}

/**
 * When it is not known whether a person was still in: from their last event to the latest they can have
 * been in; without end while that is not known yet.
 */
export function uncertainPresenceOf({ visits, status }: PresenceSoFar): Interval[] {
  return visits.flatMap(({ leftAt, leftBy }) =>
    leftAt === null || leftBy === undefined
      ? []
      : { from: leftAt, to: status === "not_known" ? null : leftBy },
  );
}
