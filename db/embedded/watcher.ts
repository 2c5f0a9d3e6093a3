import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { POSTGRES_ENV, type ProgramAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type ServerSettings, serverSettings } from "./cluster.ts";
import type { DataLayout } from "./data-layout.ts";
import { openWatchersEnd } from "./hold.ts";

/**
 * The watcher between a Rollcall process and PostgreSQL, in a session of its own: Ctrl-C does not reach the
 * database before the server has drained, and `kill -9` of the server does not leave it running.
 *
 * It makes a file for each holder in its working directory. When the pipe ends no holder is left, and it asks
 * for a fast shutdown. Signals to a whole control group are left to PostgreSQL.
 */
const SCRIPT = `
trap '' HUP INT TERM
exec 3<&0 </dev/null
"$@" 3<&- &
postgres=$!
(
  while read -r holder; do true >"./$holder"; done <&3
  exec 3<&-
  kill -INT "$postgres"
) &
reader=$!
exec 3<&-
wait "$postgres"
status=$?
kill -9 "$reader" 2>/dev/null
exit "$status"
`;

export interface Launch {
  place: DataLayout;
  account: ProgramAccount;
  binaries: Binaries;
  port: number;
  settings: ServerSettings | undefined;
}

/** A launched database, before it is ready. `process` is the watcher, which ends when PostgreSQL ends. */
export interface Launched {
  process: ChildProcess;
  /** Closes the launcher's own end of the pipe; called once a hold has been taken. */
  settle(): void;
}

export function launch({ place: layout, account, binaries, port, settings }: Launch): Launched {
  const command = [
    ...account.prefix,
    binaries.postgres,
    "-D",
    layout.cluster,
    ...serverSettings(port, settings),
  ];
  const log = openSync(layout.log, "a", 0o600);
  if (process.platform === "win32") {
    const [program = "", ...args] = command;
    const child = spawn(program, args, { stdio: ["ignore", log, log], windowsHide: true });
    closeSync(log);
    return { process: child, settle() {} };
  }
  const end = openWatchersEnd(layout);
  const child = spawn("/bin/sh", ["-c", SCRIPT, "rollcall-postgres", ...command], {
    ...account.identity,
    cwd: layout.holders,
    detached: true,
    env: POSTGRES_ENV,
    stdio: [end.fd, log, log],
  });
  closeSync(log);
  child.unref();
  return { process: child, settle: end.close };
}
