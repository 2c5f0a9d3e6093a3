import { existsSync } from "node:fs";
import { inSnapshot } from "#db/backup/snapshot.ts";
import type { Database } from "#db/connection/client.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { BackupError } from "#server/backup/backup-error.ts";
import { unsealedBackup, writeBackupFile } from "#server/backup/backup-file.ts";
import { audit } from "#server/runtime/audit.ts";
import { type JobProgress, withProgress } from "#server/runtime/jobs/progress.ts";
import { madeUpExport } from "./export.ts";

export interface ExportOptions {
  by: AuditActor;
  now: () => Ms;
  say: (line: string) => void;
  /** Ends it before it is whole; nothing is left of it then. */
  stop?: AbortSignal | undefined;
}

/** What is in a file with made-up names. */
export interface MadeExport {
  rows: number;
  bytes: number;
  /** Bodies of deliveries that are made up, and those that are not in it. */
  bodies: number;
  bodiesLeftOut: number;
}

/**
 * Writes what was received and read, with everything made up that says who or where, to a file that `restore` puts into
 * an empty place; noted in the audit log. Throws `BackupError` where it cannot be written, and where there is a file.
 */
export async function makeExport(
  database: Database,
  path: string,
  { by, now, say, stop }: ExportOptions,
): Promise<MadeExport> {
  if (existsSync(path)) throw new BackupError(`${path} is there already: name another file.`);
  await noteExport(database, by);
  return inSnapshot(database, async (snapshot) => {
    const { head, tables, counts } = await madeUpExport(snapshot, now());
    let rows = 0;
    const bytes = await withProgress(snapshot.estimatedRows, "rows", { say, now }, (progress) =>
      writeBackupFile(path, null, { head, tables, heard: counting(progress) }),
    );
    return { rows, bytes, ...counts };

    function counting(progress: JobProgress) {
      return (count: number) => {
        if (stop?.aborted) throw new BackupError("Stopped: no file was written.");
        rows += count;
        progress.add(count);
      };
    }
  });
}

/** The same, as bytes while they are made. Whoever stops reading ends it. */
export async function* exportBytes(database: Database, now: () => Ms): AsyncGenerator<Buffer> {
  const whole = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<AsyncGenerator<Buffer>>();
  const snapshot = inSnapshot(database, async (own) => {
    const { head, tables } = await madeUpExport(own, now());
    begun.resolve(unsealedBackup({ head, tables, heard: () => undefined }));
    await whole.promise;
  });
  snapshot.catch((error: unknown) => begun.reject(error));
  try {
    yield* await begun.promise;
    whole.resolve();
  } finally {
    // In the middle of a table the connection has to be ended.
    whole.reject(new BackupError("The file was not read to its end."));
    await snapshot.catch(() => undefined);
  }
}

export async function noteExport({ orm }: Database, by: AuditActor): Promise<void> {
  await audit(orm, by, { action: "export.made", about: null, details: {} });
}
