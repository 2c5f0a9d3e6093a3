import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { waits } from "#db/schema/projected.ts";
import { OUTCOMES, type Outcome } from "#domain/meeting/wait.ts";
import { isLeftBeforeAdmitted, isReallyLost } from "#domain/waits/wait-count.ts";

/*
 * What the domain says of how a wait ended, asked of rows of `waits`: each condition lists the outcomes of which
 * the domain's own function is true. Written out, so that the planner sees which partial index holds just these.
 */

/** `waits`, or what stands for it. */
type Ended = Record<"outcome" | "returned", PgColumn>;
type Says = (wait: { outcome: Outcome }) => boolean;

/** How a wait ended, its person's return to a later meeting of the day considered. */
export const OUTCOME = sql<Outcome>`case when ${waits.returned} then 'came_back' else ${waits.outcome} end`;

/** The outcomes of which something is true, as what stands behind `in`. */
export function outcomesOf(isTrue: Says): string {
  const all = OUTCOMES.filter((outcome) => isTrue({ outcome }));
  return `(${all.map((outcome) => `'${outcome}'`).join(", ")})`;
}

/** Left before admitted, short leaves apart. */
export function leftBeforeAdmitted(row: Ended = waits): SQL<boolean> {
  return endedSo(isLeftBeforeAdmitted, row);
}

/** Really lost. */
export function reallyLost(row: Ended = waits): SQL<boolean> {
  return endedSo(isReallyLost, row);
}

/** Whoever returned came back, whatever `outcome` says. */
export function endedSo(isTrue: Says, { outcome, returned }: Ended = waits): SQL<boolean> {
  const ended = sql`${outcome} in ${sql.raw(outcomesOf(isTrue))}`;
  return isTrue({ outcome: "came_back" })
    ? sql`(${ended} or ${returned})`
    : sql`(${ended} and not ${returned})`;
}
