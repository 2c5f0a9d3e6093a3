import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { POSTGRES_ENV, type ProgramAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";

/** The role and the database that Rollcall uses. */
export const ROLE = "rollcall";
export const DATABASE = "rollcall";

export type ServerSettings = Readonly<Record<string, string>>;

/** The settings that every start passes to PostgreSQL, whatever its own files say. */
export function serverSettings(port: number, settings: ServerSettings = {}): string[] {
  const all: ServerSettings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
    shared_buffers: "128MB",
    // An acknowledged delivery is on the disk. Only tests may change this.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    // Parallel workers need /dev/shm, which is tiny in containers, and short queries gain nothing from them.
    max_parallel_workers_per_gather: "0",
    jit: "off",
    logging_collector: "off",
    log_destination: "stderr",
    log_line_prefix: "%m [%p] ",
    log_checkpoints: "off",
    // A failed statement may contain names of people: the log shows the failure without its values.
    log_min_error_statement: "panic",
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Makes the cluster if there is none and answers its password.
 *
 * It is made in a folder that is renamed when it is complete: if it is killed in the middle, the next start
 * begins again.
 */
export function ensureCluster(
  layout: DataLayout,
  account: ProgramAccount,
  binaries: Binaries,
): string {
  if (existsSync(join(layout.cluster, "PG_VERSION"))) {
    lend(layout.cluster, account);
    return readPassword(layout);
  }
  rmSync(layout.initializing, { recursive: true, force: true });
  mkdirSync(layout.initializing, { mode: 0o700 });
  lend(layout.initializing, account);
  run(layout, account, binaries.initdb, [
    `--pgdata=${layout.initializing}`,
    `--username=${ROLE}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ]);
  const access = "host all all 127.0.0.1/32 scram-sha-256\n";
  writeFileSync(join(layout.initializing, "pg_hba.conf"), access);
  const password = randomBytes(24).toString("base64url");
  run(
    layout,
    account,
    binaries.postgres,
    ["--single", "-D", layout.initializing, "-c", "exit_on_error=on", "template1"],
    `ALTER ROLE ${ROLE} PASSWORD '${password}'\nCREATE DATABASE ${DATABASE}\n`,
  );
  writeFileSync(layout.password, `${password}\n`, { mode: 0o600 });
  renameSync(layout.initializing, layout.cluster);
  return password;
}

/** The password of a cluster that exists. */
export function readPassword(layout: DataLayout): string {
  try {
    return readFileSync(layout.password, "utf8").trim();
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `${layout.password} cannot be read, but the database in ${layout.cluster} needs it: put it ` +
        "back from your backup, or start as the user it belongs to.",
      { cause },
    );
  }
}

/** Gives the cluster's files to the account that runs it, where it does not own them already. */
function lend(folder: string, account: ProgramAccount): void {
  const { owner } = account;
  if (!owner || statSync(folder).uid === owner.uid) return;
  chownSync(folder, owner.uid, owner.gid);
  execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, folder]);
}

function run(
  layout: DataLayout,
  account: ProgramAccount,
  program: string,
  args: string[],
  input = "",
): void {
  const [command = "", ...rest] = [...account.prefix, program, ...args];
  const done = spawnSync(command, rest, {
    ...account.identity,
    cwd: "/",
    env: POSTGRES_ENV,
    encoding: "utf8",
    input,
  });
  if (done.status === 0) return;
  const output = `${done.stdout ?? ""}${done.stderr ?? ""}${done.error?.message ?? ""}`;
  try {
    writeFileSync(layout.log, output, { flag: "a", mode: 0o600 });
  } catch {
    // A full disk takes no log either; the error below still names the reason.
  }
  throw new EmbeddedDatabaseError(explain("could not be made", output, layout));
}

/** One line from PostgreSQL's output, and what to do about it. */
export function explain(failure: string, output: string, layout: DataLayout): string {
  if (/No space left on device|free disk space/.test(output)) {
    return `The embedded database ${failure}: the disk with ${layout.dataDir} is full. Make room, or set ROLLCALL_DATA to another disk.`;
  }
  const reason = /(?:FATAL|PANIC|ERROR|error):\s+(.*)/.exec(output)?.[1]?.trim();
  return `The embedded database ${failure}${reason ? `: ${reason}` : ""}. More is in ${layout.log}; set DATABASE_URL to use a PostgreSQL of your own.`;
}
