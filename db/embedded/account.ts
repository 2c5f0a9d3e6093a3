import { execFileSync, spawnSync } from "node:child_process";
import type { Binaries } from "./binaries.ts";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";

/** How PostgreSQL's programs are run as another user than root. */
export interface ProgramAccount {
  /** Put before the command. */
  prefix: string[];
  /** Given to `spawn`. */
  identity: { uid?: number; gid?: number };
  /** The owner of the cluster's files; `null` for the current user. */
  owner: User | null;
}

interface User {
  uid: number;
  gid: number;
}

const CURRENT_USER: ProgramAccount = { prefix: [], identity: {}, owner: null };

/** Environment of PostgreSQL's programs: no variable of ours, and messages in English. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LC_ALL: "C",
};

/**
 * The first way of running PostgreSQL that works on this machine.
 *
 * PostgreSQL refuses to run as root, so as root another account is used. Where that account cannot reach our
 * folders (a clone below a folder that only root may enter), it gets a capability to pass through, or a user
 * namespace in which root has another number. Throws `EmbeddedDatabaseError` where no way works.
 */
export function findAccount(layout: DataLayout, binaries: Binaries): ProgramAccount {
  if (process.getuid?.() !== 0) return CURRENT_USER;
  const user = findUser("postgres") ?? findUser("_postgres") ?? findUser("nobody");
  const account = user && waysToRun(user).find((way) => isWorking(way, layout, binaries));
  if (account) return account;
  throw new EmbeddedDatabaseError(
    "PostgreSQL does not run as root, and no other account of this machine can reach " +
      `${layout.dataDir}: start Rollcall as an ordinary user, set ROLLCALL_DATA to a folder ` +
      "everybody may enter, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

/** From the least to the most privilege. */
function waysToRun(user: User): ProgramAccount[] {
  const { uid, gid } = user;
  const withCapability = (capability: string): ProgramAccount => ({
    prefix: [
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      // Without it access(2), by which PostgreSQL finds its own programs, leaves the capability out.
      "--securebits=+no_setuid_fixup",
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
    ],
    identity: {},
    owner: user,
  });
  return [
    { prefix: [], identity: { uid, gid }, owner: user },
    withCapability("dac_read_search"),
    withCapability("dac_override"),
    {
      prefix: ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`],
      identity: {},
      owner: { uid: 0, gid: 0 },
    },
  ];
}

/**
 * Tried with the real program: file modes alone are not enough, for there are ACLs, mount options and
 * security modules.
 */
function isWorking(account: ProgramAccount, layout: DataLayout, binaries: Binaries): boolean {
  // `initdb --show` changes nothing, and looks up all of PostgreSQL's files.
  const script = 'cd "$1" && exec "$2" --show --pgdata="$3"';
  const [command = "", ...args] = [
    ...account.prefix,
    "/bin/sh",
    "-c",
    script,
    "sh",
    layout.dataDir,
    binaries.initdb,
    layout.initializing,
  ];
  const options = { ...account.identity, cwd: "/", env: POSTGRES_ENV };
  return spawnSync(command, args, options).status === 0;
}

function findUser(name: string): User | null {
  const ask = (flag: string) =>
    Number(
      execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  try {
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return null;
  }
}
