import { type SQL, sql } from "drizzle-orm";

/*
 * What `domain/history/wait-count.ts` says of one wait, said of a row of `waits`. Written out, so that the
 * planner sees which partial index holds just these.
 */

/** Left before admitted, short leaves apart, as `isLeftBeforeAdmitted`. */
export function leftBeforeAdmitted(alias: string): SQL {
  return sql.raw(`(${alias}.outcome in ('left', 'came_back') or ${alias}.returned)`);
}

/** Really lost, as `isReallyLost`. */
export function reallyLost(alias: string): SQL {
  return sql.raw(`(${alias}.outcome = 'left' and not ${alias}.returned)`);
}
