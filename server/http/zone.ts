import type { Database } from "#db/connection/client.ts";
import { installedZone, listenInstallation } from "#db/installation/installation.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";

/** The installation's zone, and where it is set: the first of these that sets one. */
export interface InstallationZone {
  zone: string;
  by: "variable" | "setting" | "server";
}

/*
 * The zone is needed wherever a day begins or a time is shown, and by both instances of every module in this
 * process. So it is stored here, and read again when it is set.
 */
const HOLDER = Symbol.for("rollcall.home");
const holder: typeof globalThis & { [HOLDER]?: InstallationZone } = globalThis;

export function installationZone(): InstallationZone {
  return holder[HOLDER] ?? homeOf(null, null);
}

/** The zone in which days begin and times are shown, unless the viewer or caller chose another. */
export function installationTimeZone(): string {
  return installationZone().zone;
}

/**
 * Reads the zone that is set in the database; the variable `ROLLCALL_TIME_ZONE`, where it is given or was before,
 * goes before that. Returns whether the zone has changed.
 */
export async function readInstallationZone(
  { orm }: Pick<Database, "orm">,
  variable: string | null = installationZone().by === "variable" ? installationTimeZone() : null,
): Promise<boolean> {
  const before = installationTimeZone();
  holder[HOLDER] = homeOf(variable, await installedZone(orm));
  return installationTimeZone() !== before;
}

/** Reads it now, and whenever a process sets it; calls `changed` after a change. The returned function stops this. */
export async function followInstallationZone(
  database: Pick<Database, "orm" | "sql">,
  variable: string | null,
  { log, changed }: { log: { error(about: object, message: string): void }; changed?: () => void },
): Promise<() => Promise<void>> {
  await readInstallationZone(database, variable);
  return listenInstallation(database.sql, () => {
    readInstallationZone(database, variable).then(
      (isOther) => {
        if (isOther) changed?.();
      },
      (error: unknown) => {
        log.error({ err: error }, "the installation's zone could not be read");
      },
    );
  });
}

function homeOf(variable: string | null, setting: string | null): InstallationZone {
  if (variable !== null) return { zone: variable, by: "variable" };
  // A zone that one machine set may be missing in another's list of zones.
  if (setting !== null && isTimeZone(setting)) return { zone: setting, by: "setting" };
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, by: "server" };
}
