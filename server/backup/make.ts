import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { inSnapshot } from "#db/backup/snapshot.ts";
import type { Database } from "#db/connection/client.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { audit } from "#server/runtime/audit.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { BackupError } from "./backup-error.ts";
import { writeBackupFile } from "./backup-file.ts";

/** What a backup is made of besides the database, and how. */
export interface BackupOptions {
  /** The key with which secrets are encrypted. */
  secret: string;
  /** The environment variables of Rollcall that are set. */
  settings: Readonly<Record<string, string>>;
  passphrase: string | null;
  by: AuditActor;
  isScheduled: boolean;
  now: () => Ms;
  say: (line: string) => void;
  /** Ends it before it is whole; nothing is left of it then. */
  stop?: AbortSignal | undefined;
}

export interface MadeBackup {
  madeAt: Ms;
  rows: number;
  bytes: number;
}

/**
 * Writes everything to one file, as it is at one moment, while the server may run. What came of it is noted in the audit
 * log. Throws `BackupError` where it cannot be written, and where there is such a file.
 */
export async function makeBackup(
  database: Database,
  path: string,
  { secret, settings, passphrase, by, isScheduled, now, say, stop }: BackupOptions,
): Promise<MadeBackup> {
  if (existsSync(path)) throw new BackupError(`${path} is there already: name another file.`);
  const details = { scheduled: isScheduled, encrypted: passphrase !== null };
  const entry = { action: "backup.made", about: null } as const;
  try {
    if (isScheduled) await makeFolder(dirname(path));
    const made = await inSnapshot(database, async (snapshot) => {
      const madeAt = now();
      const { schema, postgres, months, sequences, tables, estimatedRows } = snapshot;
      const head = { made_at: toWireTime(madeAt), schema, postgres, months, sequences };
      let rows = 0;
      const bytes = await withProgress(estimatedRows, "rows", { say, now }, (progress) =>
        writeBackupFile(path, passphrase, {
          head: { ...head, secret, settings: { ...settings } },
          tables: tables.values().map((table) => ({ table, rows: snapshot.rowsOf(table) })),
          heard(count) {
            if (stop?.aborted) throw new BackupError("Stopped: no backup was made.");
            rows += count;
            progress.add(count);
          },
        }),
      );
      return { madeAt, rows, bytes };
    });
    await audit(database.orm, by, { ...entry, details });
    return made;
  } catch (error) {
    // Why it could not be made matters more than that this cannot be noted.
    const failure = error instanceof BackupError ? error.message : "see the log";
    await audit(database.orm, by, {
      ...entry,
      details: { ...details, failure },
      outcome: "broken_off",
    }).catch(() => undefined);
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new BackupError(`The folder ${folder} cannot be made.`, { cause });
  }
}
