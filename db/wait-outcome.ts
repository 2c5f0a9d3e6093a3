import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { waits } from "./schema/told.ts";

/*
 * What `domain/history/wait-count.ts` says of one wait, said of a row of `waits`. Written out, so that the
 * planner sees which partial index holds just these.
 */

/** `waits`, or what stands for it. */
type Ended = Record<"outcome" | "returned", PgColumn>;

/** Left before admitted, short leaves apart, as `isLeftBeforeAdmitted`. */
export function leftBeforeAdmitted({ outcome, returned }: Ended = waits): SQL<boolean> {
  return sql`(${outcome} in ('left', 'came_back') or ${returned})`;
}

/** Really lost, as `isReallyLost`. */
export function reallyLost({ outcome, returned }: Ended = waits): SQL<boolean> {
  return sql`(${outcome} = 'left' and not ${returned})`;
}
