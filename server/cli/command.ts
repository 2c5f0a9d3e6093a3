import { userInfo } from "node:os";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { EmbeddedDatabaseError } from "#db/embedded/error.ts";
import { MonthInUse, MonthNotProjected } from "#db/recording/dropping.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { BackupError } from "#server/backup/backup-error.ts";
import { AnotherRemoval } from "#server/demo/remove.ts";
import { AlreadySeeded } from "#server/demo/seed/seed.ts";
import { readInstallationZone } from "#server/http/zone.ts";
import { awayFor, whileAnswering } from "#server/runtime/database-away.ts";
import { ConfigurationError, type Env, readEnv } from "#server/runtime/env.ts";
import { MonthNotOver, UnreadableKept } from "#server/runtime/jobs/drop-months.ts";
import { AnotherReplay, UnknownMeeting } from "#server/runtime/jobs/replay.ts";
import { StartFailure } from "#server/runtime/start-failure.ts";
import { openStorage } from "#server/runtime/storage.ts";
import { bringUpToDate } from "#server/runtime/up-to-date.ts";
import { LinesDropped } from "#server/sources/imports/inherited-lines.ts";

/** A mistake that the person at the keyboard can correct: one line, and exit status 2. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** What a command needs: settings, database and key. */
export interface CliContext {
  env: Env;
  database: Database;
  url: string;
  /** Key for secrets at rest. */
  secret: string;
  /** Who runs the command. */
  by: AuditActor;
}

/**
 * Runs a command on the database of this installation, whether or not the server runs. Rejects with `DatabaseAway`
 * where the database is not there, or no longer answers.
 */
export async function withCliContext<T>(work: (context: CliContext) => Promise<T>): Promise<T> {
  const env = readEnv(process.env);
  const storage = await openStorage(env, { info: () => undefined, error: note });
  try {
    const database = openDatabase(storage.url, { max: 4 });
    try {
      await bringUpToDate(storage, database);
      return await whileAnswering(database, async () => {
        await readInstallationZone(database, env.timeZone);
        const { url, secret } = storage;
        return work({ env, database, url, secret, by: commandActor() });
      });
    } finally {
      await database.close();
    }
  } catch (error) {
    throw awayFor(error, storage) ?? error;
  } finally {
    await storage.close();
  }
}

/** Who runs a command: the user of this system, by their number where they have no name. */
export function commandActor(): AuditActor {
  return { kind: "command", id: null, label: userName(), address: null, userAgent: null };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Whether an error's message is meant for people, as one line. */
export function isForPeople(error: unknown): error is Error {
  return (
    error instanceof CommandError ||
    error instanceof BackupError ||
    error instanceof ConfigurationError ||
    error instanceof EmbeddedDatabaseError ||
    error instanceof StartFailure ||
    error instanceof UnknownMeeting ||
    error instanceof AlreadySeeded ||
    error instanceof AnotherReplay ||
    error instanceof AnotherRemoval ||
    error instanceof MonthNotOver ||
    error instanceof UnreadableKept ||
    error instanceof MonthInUse ||
    error instanceof MonthNotProjected ||
    error instanceof LinesDropped
  );
}

/** Progress and remarks; standard output is for results only. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
