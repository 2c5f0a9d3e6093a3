import { trimEntries } from "#db/access/audit.ts";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database } from "#db/connection/client.ts";
import { keptDays } from "#db/installation/installation.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { audit, ROLLCALL } from "#server/runtime/audit.ts";
import { RepeatedJob } from "./repeated-job.ts";

/** Held by the process that deletes old entries. */
const TRIMMING_LOCK = 0x41554454;
/** Entries in one transaction: some milliseconds. */
const AT_ONCE = 1_000;
const DAY_MS: Ms = 86_400_000;
const EVERY_MS: Ms = 3_600_000;

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/**
 * Deletes the entries of the audit log that are older than it is kept, in small batches, and notes in the log how many
 * those were; what it deleted before it was stopped too. Returns how many. Several processes do it in turn.
 */
export async function trimAudit(
  database: Database,
  now: Ms,
  log: Log,
  isStopped: () => boolean = () => false,
  atOnce = AT_ONCE,
): Promise<number> {
  const days = await keptDays(database.orm);
  if (days === null) return 0;
  const before = now - days * DAY_MS;
  const trimmed = await withAdvisoryLock(database, TRIMMING_LOCK, async () => {
    let entries = 0;
    try {
      for (;;) {
        const count = isStopped()
          ? 0
          : await database.transaction((tx) => trimEntries(tx, before, atOnce));
        if (count === 0) return entries;
        entries += count;
      }
    } finally {
      if (entries > 0) {
        const details = { entries, before: toWireTime(before) };
        log.info(details, "old entries of the audit log are deleted");
        await audit(database.orm, ROLLCALL, { action: "audit.trimmed", about: null, details });
      }
    }
  });
  return trimmed ?? 0;
}

/** As `trimAudit`, at once and then every hour; stops after the batch that is under way. */
export function auditTrimming(database: Database, log: Log): RepeatedJob {
  const work = (stop: AbortSignal) => trimAudit(database, Date.now(), log, () => stop.aborted);
  const failed = "old entries of the audit log could not be deleted";
  return new RepeatedJob({ everyMs: EVERY_MS, isAtOnce: true, failed, work }, log);
}
