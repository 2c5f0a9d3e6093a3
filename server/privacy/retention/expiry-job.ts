import type { Database } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { RepeatedJob } from "#server/runtime/jobs/repeated-job.ts";
import { ExpiryStopped, expire } from "./expire.ts";

/** A change of a source's limits is noticed after that; what is old goes once a day. */
const LOOK_EVERY_MS: Ms = 30_000;
/** What failed is tried again after this. */
const RETRY_MS: Ms = 3_600_000;

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** As `expire`, at once and then twice a minute; stops after the transaction that is under way. */
export function expiryJob(database: Database, secret: string, log: Log): RepeatedJob {
  const work = async (stop: AbortSignal): Promise<void> => {
    try {
      const how = { secret, now: Date.now, isStopped: () => stop.aborted };
      const sources = await expire(database, how);
      if (sources > 0) log.info({ sources }, "what sources keep no longer is gone");
    } catch (error) {
      if (!(error instanceof ExpiryStopped)) throw error;
    }
  };
  const failed = "what sources keep no longer is not gone";
  const often = { everyMs: LOOK_EVERY_MS, isAtOnce: true, retryMs: RETRY_MS };
  return new RepeatedJob({ ...often, failed, work }, log);
}
