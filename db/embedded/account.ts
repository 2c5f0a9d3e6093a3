import { execFileSync, spawnSync } from "node:child_process";
import type { Binaries } from "./binaries.ts";
import type { DataLayout } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";

/** How PostgreSQL's programs are run so that they do not run as root. */
export interface ProgramAccount {
  /** Put before the command. */
  prefix: string[];
  /** Given to `spawn`. */
  identity: { uid?: number; gid?: number };
  /** Whose the cluster's files are; `null`: whoever we are. */
  owner: User | null;
}

interface User {
  uid: number;
  gid: number;
}

const OURSELVES: ProgramAccount = { prefix: [], identity: {}, owner: null };

/** Environment of PostgreSQL's programs: nothing of ours, and messages in English. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LC_ALL: "C",
};

/**
 * The first way of running PostgreSQL that works here.
 *
 * PostgreSQL refuses to run as root, so root lends it another account. Where that account cannot
 * reach our folders (a clone below a folder that only root may enter), it is lent the right to pass
 * through, or else a namespace in which root has another number.
 */
export function findAccount(layout: DataLayout, binaries: Binaries): ProgramAccount {
  if (process.getuid?.() !== 0) return OURSELVES;
  const user = findUser("postgres") ?? findUser("_postgres") ?? findUser("nobody");
  const account = user && waysToRun(user).find((way) => works(way, layout, binaries));
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

/** Tried for real: modes alone do not tell, for there are ACLs, mount options and security modules. */
function works(account: ProgramAccount, layout: DataLayout, binaries: Binaries): boolean {
  // It only shows what it would do, and finds all of PostgreSQL's files on the way.
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
