import { listEntries } from "#db/access/audit.ts";
import { lastApplied, migrations } from "#db/connection/migrate.ts";
import type { AuditRow } from "#domain/access/audit/audit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { keptBackups } from "#server/backup/kept-backups.ts";
import type { BackupsEnv } from "#server/runtime/env.ts";
import { bad, type Check, good } from "./check.ts";
import type { CliContext } from "./command.ts";

/** So much later than it should have been made, a scheduled backup is missed. */
const LATE_MS: Ms = 2 * 3_600_000;
const BACKUPS = {
  action: "backup.made",
  who: null,
  about: null,
  q: null,
  from: null,
  to: null,
} as const;

/** Whether this is the version that the database was last brought up to date by. */
export async function schema({ database: { sql } }: CliContext): Promise<Check> {
  const known = migrations();
  const last = known.at(-1);
  if (((await lastApplied(sql)) ?? 0) <= (last?.when ?? 0)) {
    return good("schema", `${known.length} migrations, the last is ${last?.tag}`);
  }
  const advice = "Run that version: this one does not know all that is in the database.";
  return bad("schema", "a later version of Rollcall has changed the database", advice);
}

/** When the last backup was made, and whether the scheduled ones are. */
export async function backup({ database: { orm }, env }: CliContext): Promise<Check> {
  const [last] = await listEntries(orm, BACKUPS, null, 1);
  if (last !== undefined && last.outcome !== "done") {
    const advice = "Nothing was saved since: mend that, or make one by `backup FILE`.";
    return bad(
      "backup",
      `the last one failed at ${toWireTime(last.at)}: ${failureOf(last)}`,
      advice,
    );
  }
  const made = last === undefined ? "none was made" : `the last was made at ${toWireTime(last.at)}`;
  if (env.backups !== null) return scheduled(env.backups, made);
  const advice = "Set ROLLCALL_BACKUPS to a folder, or run `backup FILE` by a clock of your own.";
  return good("backup", made, last === undefined ? advice : null);
}

async function scheduled({ folder, everyMs, keep }: BackupsEnv, made: string): Promise<Check> {
  const kept = await keptBackups(folder).catch(() => []);
  const detail = `${made}; ${kept.length} of at most ${keep} in ${folder}`;
  const [newest] = kept;
  if (newest !== undefined && newest.at + everyMs + LATE_MS > Date.now()) {
    return good("backup", detail);
  }
  const advice =
    "A running server makes them: start it with the same ROLLCALL_BACKUPS, and look at its log.";
  return bad("backup", newest === undefined ? detail : `${detail}, and the next is late`, advice);
}

function failureOf({ details }: AuditRow): string {
  const { failure } = details;
  return typeof failure === "string" ? failure : "see the log";
}
