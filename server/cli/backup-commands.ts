import { resolve } from "node:path";
import type { Command } from "commander";
import { unlockWith } from "#server/backup/backup-file.ts";
import { makeBackup } from "#server/backup/make.ts";
import {
  type CheckedBackup,
  checkBackup,
  RESTORED_SETTINGS,
  restoreBackup,
} from "#server/backup/restore.ts";
import { makeExport } from "#server/privacy/made-up/make.ts";
import { givenSettings, readEnv } from "#server/runtime/env.ts";
import { bytesInWords } from "./bytes.ts";
import { type CliContext, CommandError, commandActor, note, withCliContext } from "./command.ts";
import { PASSPHRASE_FLAG, passphraseToMake, passphraseToOpen } from "./passphrase.ts";
import { JSON_FLAG, show } from "./show.ts";
import { withSignals } from "./signals.ts";

const BACKUP_HELP = `
One file with everything as it is at one moment: the database, the key of its secrets, and the settings that this
command sees as environment variables. The server may run meanwhile. With a passphrase the file is encrypted; without
one, whoever has it has everything.`;

const RESTORE_HELP = `
The file is read to its end before anything is changed. The place, a data folder or the database of DATABASE_URL, must
be empty, and no server may run on it. The backup may be of an earlier version, not of a later one. Without --yes it
only says what it would restore.`;

const EXPORT_HELP = `
What was received and what was read from it, with names, ids, rooms, titles and texts made up: the same for the same,
so that every number stays. restore puts it into an empty place, and the server projects it again at its start. Left out
are secrets, keys, members, the audit log, what operators entered beside corrections in meetings (joined people,
rosters, class lists, statements, imports), the lines of imported files, and bodies that could not be read.`;

interface MadeShown {
  file: string;
  made_at: string;
  bytes: number;
  rows: number;
  encrypted: boolean;
}

interface RestoredShown {
  file: string;
  made_at: string;
  rows: number;
  /** Where the settings are that the backup has; `null` where it has none. */
  settings_file: string | null;
}

export function addBackupCommands(program: Command): void {
  program
    .command("backup")
    .description("write everything to one file, while the server may run")
    .argument("<file>", "a new file")
    .option(...PASSPHRASE_FLAG)
    .addHelpText("after", BACKUP_HELP)
    .option(...JSON_FLAG)
    .action(
      async (file: string, { json, passphrase }: { json?: boolean; passphrase?: boolean }) => {
        const made = await withSignals(({ stop }) =>
          withCliContext((context) =>
            runBackup(context, file, { asked: passphrase ?? false, stop }),
          ),
        );
        show(json, made, [
          `${made.file}: ${made.rows.toLocaleString("en")} rows, ${bytesInWords(made.bytes)}.`,
        ]);
      },
    );
  program
    .command("export")
    .description("write everything with made-up names to one file, for a bug report")
    .argument("<file>", "a new file")
    .addHelpText("after", EXPORT_HELP)
    .option(...JSON_FLAG)
    .action(async (file: string, { json }: { json?: boolean }) => {
      const made = await withSignals(({ stop }) =>
        withCliContext((context) => runExport(context, file, stop)),
      );
      show(json, made, exportLines(made));
    });
  program
    .command("restore")
    .description("put a backup into an empty place")
    .argument("<file>", "a file of `backup` or `export`")
    .option("--yes", "do it")
    .addHelpText("after", RESTORE_HELP)
    .option(...JSON_FLAG)
    .action(async (file: string, { json, yes }: { json?: boolean; yes?: boolean }) => {
      const restored = await runRestore(process.env, file, yes ?? false);
      show(json, restored, restoredLines(restored));
    });
}

export async function runBackup(
  { database, env, secret, by }: CliContext,
  file: string,
  { asked, stop }: { asked: boolean; stop?: AbortSignal },
): Promise<MadeShown> {
  const path = resolve(file);
  const passphrase = await passphraseToMake(env, asked);
  if (passphrase === null) {
    note("Not encrypted: whoever reads this file can sign in as anybody, and reads every secret.");
  }
  const made = await makeBackup(database, path, {
    ...{ secret, settings: givenSettings(process.env), passphrase, by },
    ...{ isScheduled: false, now: Date.now, say: note, stop },
  });
  return {
    file: path,
    made_at: new Date(made.madeAt).toISOString(),
    bytes: made.bytes,
    rows: made.rows,
    encrypted: passphrase !== null,
  };
}

interface ExportShown {
  file: string;
  bytes: number;
  rows: number;
  bodies: number;
  bodies_left_out: number;
}

/** Writes the file with made-up names. */
async function runExport(
  { database, by }: CliContext,
  file: string,
  stop?: AbortSignal,
): Promise<ExportShown> {
  const path = resolve(file);
  const { rows, bytes, bodies, bodiesLeftOut } = await makeExport(database, path, {
    ...{ by, now: Date.now, say: note, stop },
  });
  return { file: path, bytes, rows, bodies, bodies_left_out: bodiesLeftOut };
}

function exportLines({ file, bytes, rows, bodies, bodies_left_out: left }: ExportShown): string[] {
  return [
    `${file}: ${rows.toLocaleString("en")} rows, ${bytesInWords(bytes)}, with ${bodies.toLocaleString("en")} bodies of webhooks.`,
    ...(left === 0
      ? []
      : [`${left.toLocaleString("en")} bodies are left out: they could not be read as they are.`]),
    "Look through it before you hand it on: a provider may say something where nobody expects it.",
  ];
}

/** Restores a backup into the place that these variables name. Throws `CommandError` without `--yes`. */
async function runRestore(
  vars: Readonly<Record<string, string | undefined>>,
  file: string,
  yes: boolean,
): Promise<RestoredShown> {
  const env = readEnv(vars);
  const reporter = { say: note, now: Date.now };
  const checked = await checkBackup(resolve(file), unlockWith(passphraseToOpen(env)), reporter);
  if (!yes) throw new CommandError(`${wordsOf(checked)} would be restored: say --yes.`);
  await restoreBackup(env, checked, commandActor(), reporter);
  const hasSettings = Object.keys(checked.head.settings).length > 0;
  return {
    file: checked.path,
    made_at: checked.head.made_at,
    rows: checked.rows,
    settings_file: hasSettings ? resolve(env.dataDir, RESTORED_SETTINGS) : null,
  };
}

function wordsOf({ head, rows }: CheckedBackup): string {
  return `The backup is whole: ${rows.toLocaleString("en")} rows of ${head.made_at}, which`;
}

function restoredLines({ rows, made_at: at, settings_file: settings }: RestoredShown): string[] {
  return [
    `Restored ${rows.toLocaleString("en")} rows of ${at}.`,
    ...(settings === null
      ? []
      : [`The settings that were set then are in ${settings}: set those that are to stay.`]),
  ];
}
