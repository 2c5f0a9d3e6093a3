import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ROLLCALL } from "#server/runtime/audit.ts";
import type { BackupsEnv } from "#server/runtime/env.ts";
import { RepeatedJob } from "#server/runtime/jobs/repeated-job.ts";
import { keptBackups, prune, scheduledPath } from "./kept-backups.ts";
import { makeBackup } from "./make.ts";

/** Held by the process that makes a scheduled backup. */
export const BACKUP_LOCK = 0x42_41_43_4b;
const LOOK_EVERY_MS: Ms = 60_000;
/** A backup that failed is tried again after this. */
const RETRY_MS: Ms = 3_600_000;

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

export interface ScheduledBackup {
  backups: BackupsEnv;
  secret: string;
  settings: Readonly<Record<string, string>>;
  passphrase: () => string | null;
}

/**
 * Makes a backup where the newest in the folder is old enough, and deletes those that are too many. Of several processes
 * one at a time does it. Returns the file; `null` where it is not time, or another process is at it.
 */
export async function backUpIfDue(
  database: Database,
  { backups: { folder, everyMs, keep }, secret, settings, passphrase }: ScheduledBackup,
  now: () => Ms,
  stop?: AbortSignal,
): Promise<string | null> {
  if (!(await isDue(folder, everyMs, now()))) return null;
  return withAdvisoryLock(database, BACKUP_LOCK, async () => {
    // Another process may have made one meanwhile.
    if (!(await isDue(folder, everyMs, now()))) return null;
    const path = scheduledPath(folder, now());
    const how = {
      secret,
      settings,
      by: ROLLCALL,
      isScheduled: true,
      now,
      say: () => undefined,
      stop,
    };
    await makeBackup(database, path, { ...how, passphrase: passphrase() });
    await prune(folder, keep);
    return path;
  });
}

/** A folder that is not there, or cannot be read, has none: making one says why. */
async function isDue(folder: string, everyMs: Ms, now: Ms): Promise<boolean> {
  const [newest] = await keptBackups(folder).catch(() => []);
  return newest === undefined || newest.at + everyMs <= now;
}

/**
 * As `backUpIfDue`, looking every minute. What fails is in the log and in the audit log, and tried again in an hour. One
 * that is under way when it is stopped is broken off: the next start makes another.
 */
export function scheduledBackups(
  database: Database,
  scheduled: ScheduledBackup,
  log: Log,
): RepeatedJob {
  const work = async (stop: AbortSignal): Promise<void> => {
    const path = await backUpIfDue(database, scheduled, Date.now, stop);
    if (path !== null) log.info({ path }, "a scheduled backup is made");
  };
  const failed = "a scheduled backup could not be made";
  const often = { everyMs: LOOK_EVERY_MS, isAtOnce: false, retryMs: RETRY_MS };
  return new RepeatedJob({ ...often, failed, work }, log);
}
