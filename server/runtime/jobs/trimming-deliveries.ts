import type { Database } from "#db/connection/client.ts";
import { monthBefore } from "#db/recording/months.ts";
import { trimProjections } from "#db/recording/unprojected.ts";
import { trimHours } from "#db/sources/refusal-hours.ts";
import { REFUSALS_KEPT_MS } from "#domain/sources/deliveries/refused.ts";
import type { Ms } from "#domain/time/ms.ts";
import { RepeatedJob } from "./repeated-job.ts";

/** Rows in one statement: some milliseconds. */
const AT_ONCE = 5_000;
const EVERY_MS: Ms = 3_600_000;

/**
 * Deletes what is remembered of deliveries for some weeks only: when each was projected, for its month and the one after,
 * and how many were refused in which hour. Any number of processes may do it at once.
 */
export async function trimDeliveries(
  { orm }: Pick<Database, "orm">,
  now: Ms,
  isStopped: () => boolean = () => false,
  atOnce = AT_ONCE,
): Promise<void> {
  await trimHours(orm, now - REFUSALS_KEPT_MS);
  const before = monthBefore(now, 1);
  while (!isStopped() && (await trimProjections(orm, before, atOnce)) > 0);
}

/** As `trimDeliveries`, at once and then every hour; stops after the statement that is under way. */
export function deliveryTrimming(
  database: Database,
  log: { error: (about: object, message: string) => void },
): RepeatedJob {
  const work = (stop: AbortSignal) => trimDeliveries(database, Date.now(), () => stop.aborted);
  const failed = "what is old of deliveries could not be deleted";
  return new RepeatedJob({ everyMs: EVERY_MS, isAtOnce: true, failed, work }, log);
}
