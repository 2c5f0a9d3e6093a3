import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSnapshot } from "#db/backup/load.ts";
import { notEmpty, othersConnected } from "#db/backup/place.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { lastApplied, migrate, migrations } from "#db/connection/migrate.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { audit } from "#server/runtime/audit.ts";
import type { Env } from "#server/runtime/env.ts";
import { withElapsed, withProgress } from "#server/runtime/jobs/progress.ts";
import { runningServer } from "#server/runtime/running.ts";
import { openPlace, putSecret } from "#server/runtime/storage.ts";
import { BackupError, DamagedBackup } from "./backup-error.ts";
import { readBackupFile, type Unlock } from "./backup-file.ts";
import type { BackupHead } from "./frames.ts";

/** A backup that was read from its beginning to its end, and is as it was written. */
export interface CheckedBackup {
  path: string;
  unlock: Unlock;
  head: BackupHead;
  rows: number;
}

interface Reporter {
  say: (line: string) => void;
  now: () => Ms;
}

/**
 * Reads a whole backup, and changes nothing. Throws `BackupError` where it is damaged, and where this version cannot
 * restore it.
 */
export async function checkBackup(
  path: string,
  unlock: Unlock,
  reporter: Reporter,
): Promise<CheckedBackup> {
  let rows = 0;
  const heard = (count: number) => {
    rows += count;
  };
  const head = await withElapsed("Checking the backup", reporter, () =>
    readBackupFile(path, unlock, ({ head: found, tables }) => drained(found, tables), heard),
  );
  const known = migrations();
  if (!known.some(({ when }) => when === head.schema)) {
    const made = head.schema > (known.at(-1)?.when ?? 0) ? "a later version" : "another version";
    throw new BackupError(`The backup was made by ${made} of Rollcall: restore it with that one.`);
  }
  return { path, unlock, head, rows };
}

async function drained(
  head: BackupHead,
  tables: AsyncIterable<{ rows: AsyncIterable<Uint8Array> }>,
): Promise<BackupHead> {
  for await (const { rows } of tables) for await (const _ of rows);
  return head;
}

/**
 * Puts a checked backup into the empty place of `env`: the database, and the key in the data folder. The database is as
 * it was at first, or restored whole. Throws `BackupError` where the place is not empty.
 */
export async function restoreBackup(
  env: Env,
  checked: CheckedBackup,
  by: AuditActor,
  reporter: Reporter,
): Promise<void> {
  const { head } = checked;
  if (env.secret !== null && env.secret !== head.secret) {
    throw new BackupError(
      "ROLLCALL_SECRET is another key than the backup's: leave it out, or set the one it was made with.",
    );
  }
  if (runningServer(env.dataDir) !== null) {
    throw new BackupError(`A server runs on ${env.dataDir}: stop it first.`);
  }
  const { say } = reporter;
  const place = await openPlace(env, { info: say, error: say });
  try {
    const database = openDatabase(place.url, { max: 2 });
    try {
      await mustBeEmpty(database, head);
      await migrate(place.url, { upTo: head.schema });
      await load(database, env, checked, reporter);
      await withElapsed("Bringing it up to date", reporter, async () => {
        await migrate(place.url);
        await database.sql`analyze`;
      });
      const details = { made: head.made_at };
      await audit(database.orm, by, { action: "backup.restored", about: null, details });
    } finally {
      await database.close();
    }
  } finally {
    await place.close();
  }
}

async function mustBeEmpty({ sql }: Database, { schema }: BackupHead): Promise<void> {
  const others = await othersConnected(sql);
  if (others > 0) {
    throw new BackupError("Another Rollcall uses this database: stop it first.");
  }
  const why = await notEmpty(sql);
  if (why !== null) {
    throw new BackupError(
      `The database ${why}: a backup is restored into an empty place only. Nothing was changed; set ` +
        "ROLLCALL_DATA to another folder, or DATABASE_URL to another database.",
    );
  }
  const applied = await lastApplied(sql);
  if (applied !== null && applied > schema) {
    throw new BackupError(
      "A later version than the backup's was started on this database: restore into one where none was yet.",
    );
  }
}

async function load(
  database: Database,
  { dataDir }: Env,
  { path, unlock, head, rows }: CheckedBackup,
  reporter: Reporter,
): Promise<void> {
  await withProgress(rows, "rows restored", reporter, (progress) =>
    readBackupFile(
      path,
      unlock,
      async (content) => {
        if (content.head.made_at !== head.made_at)
          throw new DamagedBackup("it is another file now");
        await loadSnapshot(database, head, content.tables, async () => {
          putSecret(dataDir, head.secret, reporter.now());
          putSettings(dataDir, head.settings);
        });
      },
      (count) => progress.add(count),
    ),
  );
}

/** The file in the data folder with the settings of a restored installation, for whoever sets them again. */
export const RESTORED_SETTINGS = "restored.env";

function putSettings(dataDir: string, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name}=${quotedWhereNeeded(value)}`,
  );
  if (lines.length === 0) return;
  writeFileSync(join(dataDir, RESTORED_SETTINGS), `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** As systemd and Compose read a file of variables. */
function quotedWhereNeeded(value: string): string {
  if (/^[\w.:/@,+=-]*$/.test(value)) return value;
  return `"${value.replace(/[\\"$`]/g, "\\$&")}"`;
}
