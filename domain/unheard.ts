import type { Interval } from "./interval.ts";
import type { Visit } from "./participant.ts";
import type { PersonStory } from "./story.ts";

/** Somebody's visits, and where they are now. */
export interface Heard {
  visits: readonly Pick<Visit, "leftAt" | "leftBy">[];
  status: PersonStory["status"];
}

/**
 * When it is not known whether somebody was still in: from when they were last heard of to the latest they can
 * have been; without end of whom it is not known yet.
 */
export function unheardOf({ visits, status }: Heard): Interval[] {
  return visits.flatMap(({ leftAt, leftBy }) =>
    leftAt === null || leftBy === undefined
      ? []
      : { from: leftAt, to: status === "not_known" ? null : leftBy },
  );
}
