import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { waits } from "#db/schema/projected.ts";
import { OUTCOMES, type Outcome } from "#domain/meeting/wait.ts";
import { isLeftBeforeAdmitted, isReallyLost } from "#domain/waits/wait-count.ts";

/*
 * The domain's functions of how a wait ended, as conditions on rows of `waits`: each condition lists the
 * outcomes for which the function is true. They are written out, so that the planner sees which partial index
 * fits.
 */

/** `waits`, or an alias of it. */
type Ended = Record<"outcome" | "returned", PgColumn>;
type OutcomePredicate = (wait: { outcome: Outcome }) => boolean;

/** The outcome of a wait, with a return to a later meeting of the day considered. */
export const OUTCOME = outcomeOf(waits);

export function outcomeOf({ outcome, returned }: Ended): SQL<Outcome> {
  return sql`case when ${returned} then 'came_back' else ${outcome} end`;
}

/** The outcomes for which a function is true, as a list for `in`. */
export function outcomesOf(isTrue: OutcomePredicate): string {
  const all = OUTCOMES.filter((outcome) => isTrue({ outcome }));
  return `(${all.map((outcome) => `'${outcome}'`).join(", ")})`;
}

/** Whether a wait was left before admission, short leaves excluded. */
export function leftBeforeAdmitted(row: Ended = waits): SQL<boolean> {
  return hasOutcome(isLeftBeforeAdmitted, row);
}

/** Whether a wait was really lost. */
export function reallyLost(row: Ended = waits): SQL<boolean> {
  return hasOutcome(isReallyLost, row);
}

/** Whether a function is true of how a wait ended. A returned wait counts as `came_back`, whatever its `outcome`. */
export function hasOutcome(
  isTrue: OutcomePredicate,
  { outcome, returned }: Ended = waits,
): SQL<boolean> {
  const ended = sql`${outcome} in ${sql.raw(outcomesOf(isTrue))}`;
  return isTrue({ outcome: "came_back" })
    ? sql`(${ended} or ${returned})`
    : sql`(${ended} and not ${returned})`;
}
